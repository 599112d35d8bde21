import type { RunAmended, RunEnded } from './event.js'
import type { Overruled } from './overruled.js'
import { outcomeScoreOf } from './outcome-score.js'
import { scored } from './outcome.js'
import type { JudgedAnswer } from './review.js'
import { isFlaky } from './run-ended.js'
import type { Check, Holds, JudgedOutcome, MetricScore, Verdict } from './verdict.js'

/**
 * The end of a run as it would be if the judge had said what people say. A check of a metric whose new value only the suite could hold against
 * its bounds is inconclusive.
 */
export function reviewedRun<Ended extends RunEnded | RunAmended>(ended: Ended, overruled: Overruled): Ended {
  const { outcome } = ended
  if (!('verdict' in outcome)) return ended
  const reviewed = scored(outcome.transcript, reviewedVerdict(outcome.verdict, overruled))
  return { ...ended, outcome: reviewed, flaky: isFlaky(reviewed, ended.earlier) }
}

function reviewedVerdict(verdict: Verdict, { claims, metrics }: Overruled): Verdict {
  const outcome = verdict.outcome && reviewedOutcome(verdict.outcome, claims)
  const checks = verdict.checks.map(check => reviewedCheck(check, { claims, metrics }))
  const scores = verdict.metrics.map(score => reviewedScore(score, metrics.get(score.metric), { was: verdict.outcome, is: outcome }))
  const isSame = checks.every((check, i) => check === verdict.checks[i])
  return {
    ...verdict,
    holds: isSame ? verdict.holds : together(checks, scores),
    checks,
    ...(outcome && { outcome }),
    metrics: scores,
  }
}

function reviewedOutcome(outcome: JudgedOutcome, said: Overruled['claims']): JudgedOutcome {
  const claims = outcome.claims.map(claim => {
    const holds = said.get(claim.claim)
    return holds === undefined ? claim : { ...claim, holds: holdsOf(holds) }
  })
  return claims.every((claim, i) => claim === outcome.claims[i]) ? outcome : { ...outcome, claims, score: outcomeScoreOf(claims) }
}

/** @param outcomes  The expected outcome as the judge found it, and as people did. */
function reviewedScore(
  score: MetricScore,
  said: JudgedAnswer | undefined,
  outcomes: { readonly was: JudgedOutcome | undefined; readonly is: JudgedOutcome | undefined },
): MetricScore {
  if (said !== undefined) return { ...score, value: said }
  const { was, is } = outcomes
  // The judge explains every rating but that of the outcome, which its claims make.
  const isOfOutcome = score.type === 'rating' && score.explanation === undefined && was !== undefined && score.value === was.score
  return isOfOutcome && is ? { ...score, value: is.score } : score
}

function reviewedCheck(check: Check, { claims, metrics }: Overruled): Check {
  if (check.judged !== true) return check
  for (const [claim, said] of claims) {
    if (check.assertion.startsWith('expected outcome') && check.assertion.endsWith(`: ${claim}`)) return as(check, holdsOf(said))
  }
  for (const [metric, said] of metrics) {
    if (!check.assertion.includes(`metric ${metric}`)) continue
    const isYesOrNo = typeof said === 'boolean' && [`metric ${metric} is true`, `metric ${metric} is false`].includes(check.assertion)
    return as(check, isYesOrNo ? holdsOf(check.assertion.endsWith(String(said))) : 'unknown')
  }
  return check
}

function as(check: Check, holds: Holds): Check {
  return { ...check, holds, because: holds === 'yes' ? '' : 'people who reviewed it said otherwise than the judge' }
}

function holdsOf(said: boolean): Holds {
  return said ? 'yes' : 'no'
}

/** The first check is about the whole conversation: if it is inconclusive, so is everything. */
function together(checks: readonly Check[], scores: readonly MetricScore[]): Holds {
  if (checks[0]?.holds === 'unknown') return 'unknown'
  if (checks.some(({ holds }) => holds === 'no')) return 'no'
  const isMissing = scores.some(({ value, applies }) => value === null && applies !== false)
  return isMissing || checks.some(({ holds }) => holds === 'unknown') ? 'unknown' : 'yes'
}
