import type { Outcome } from '../../../../src/domain/outcome.js'
import type { Thresholds } from '../../../../src/domain/thresholds.js'
import type { Waiver } from '../../../../src/domain/waiver.js'
import type { FinishedResult } from '../../../../src/ports/reporter.js'
import { resultOf, runsWith, startedWith, transcriptOf } from './sample-result.js'

/** Words that are a link, a mention, HTML, a cell of a table or a command, if they are not made harmless. */
export const hostile =
  '</details> `x` <img src=x onerror=alert(1)> @admin #1 [a](http://evil) | x\n::error::stop\n```\nhttps://evil www.evil.com'

export interface FailedCase {
  /** Key of its scenario. */
  readonly key: string
  /** Of each run, the check that it fails; `undefined` for one that passes. */
  readonly checks: readonly (string | undefined)[]
}

/** A result with one case, whose runs each fail a check of their own. */
export function resultWith(checks: readonly string[], words = 'No.'): FinishedResult {
  return resultOfCases([{ key: 'a', checks }], { words })
}

/** A result of these cases. @param change  What its plan has besides. */
export function resultOfCases(
  cases: readonly FailedCase[],
  { words = 'No.', ...change }: { words?: string; thresholds?: Partial<Thresholds>; waivers?: readonly Waiver[] } = {},
): FinishedResult {
  const begun = startedWith([
    {
      name: 'Smoke',
      slug: 'smoke',
      scenarios: cases.map(({ key, checks }, i) => [
        { key, name: key.toUpperCase(), tags: [], metrics: [], file: 'suites/a,b.yaml', line: 7 + i },
        checks.length,
      ]),
    },
  ])
  const { plan } = begun
  const started = { ...begun, plan: { ...plan, ...change, thresholds: { ...plan.thresholds, ...change.thresholds } } }
  return resultOf(
    started,
    runsWith(
      started,
      cases.flatMap(({ checks }) => checks.map(assertion => outcomeOf(assertion, words))),
    ),
  )
}

function outcomeOf(assertion: string | undefined, words: string): Outcome {
  const transcript = { ...transcriptOf(words), dialogue: words }
  if (assertion === undefined) return { status: 'passed', transcript, verdict: { holds: 'yes', checks: [], metrics: [] } }
  const check = { assertion, holds: 'no', because: 'it was not', turn: 1, line: 9 } as const
  return { status: 'failed', transcript, verdict: { holds: 'no', checks: [check], metrics: [] } }
}
