import type { ExpectedOutcome, Scenario } from '../../../domain/document.js'
import { locate } from '../../../domain/source.js'
import type { Check, JudgedClaim, JudgedOutcome, MetricScore } from '../../../domain/verdict.js'
import { hasNoValue } from './unfilled.js'
import { isMoot } from './check-assertion.js'

/**
 * A check for each claim of an expected outcome; a single inconclusive check if there are no claims.
 *
 * @param unfilledText  A placeholder that is left in the expected outcome.
 */
export function outcomeChecks(
  { kind, texts }: ExpectedOutcome,
  judged: JudgedOutcome | undefined,
  unfilledText?: string,
): readonly Check[] {
  const lines = texts.map(({ at }) => locate(at.file, at.start).line)
  const [line = 1] = lines
  if (unfilledText !== undefined) return [inconclusive(hasNoValue(unfilledText), line)]
  if (!judged) return [inconclusive('there was no judge to decide whether the expected outcome was met', line)]
  if (judged.claims.length === 0) return [inconclusive('the judge found no claims in the expected outcome that it could judge', line)]
  const isWhole = judged.notSplit !== undefined
  return judged.claims.map((claim, i) => claimCheck(claim, kind === 'claims' ? (lines[i] ?? line) : line, isWhole))
}

/** @param isWhole  The claim is the whole outcome, because the judge's split of it could not be used. */
function claimCheck({ claim, kind = 'happens', holds, because, turn, votes }: JudgedClaim, line: number, isWhole: boolean): Check {
  const all = votes ? votes.yes + votes.no + votes.unknown : 0
  const share = votes && votes[holds] > 0 && votes[holds] < all ? ` (${votes[holds]} of ${all} votes)` : ''
  return {
    assertion: `expected outcome${isWhole ? ' (whole)' : kind === 'happens' ? '' : ` (${kind})`}: ${claim}`,
    holds,
    because: holds === 'yes' ? '' : `${because}${share}`,
    ...(turn !== undefined && { turn }),
    line,
    judged: true,
  }
}

function inconclusive(because: string, line: number): Check {
  return { assertion: 'expected outcome', holds: 'unknown', because, line }
}

/**
 * A check for conversations to which none of the scenario's assertions applies, or none of its metrics if it has no
 * assertions. A pass of such a conversation would prove nothing.
 *
 * @returns `undefined` if something applies, or nothing was asked for.
 */
export function somethingApplied(
  { expect, expectedOutcome, metrics }: Scenario,
  scores: ReadonlyMap<string, MetricScore>,
): Check | undefined {
  const moot = metrics.filter(key => scores.get(key)?.applies === false)
  if (expectedOutcome !== undefined || moot.length === 0) return undefined
  const isNothingLeft = expect.length > 0 ? expect.every(each => isMoot(each, scores)) : moot.length === metrics.length
  if (!isNothingLeft) return undefined
  return {
    assertion: 'some expectation applies',
    holds: 'unknown',
    because: `none applies to this conversation: ${moot.join(', ')}`,
  }
}
