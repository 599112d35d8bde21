import type { RunAmended, RunEnded } from './event.js'
import { scored } from './outcome.js'
import { isFlaky } from './run-ended.js'
import type { Check, MetricScore, Verdict } from './verdict.js'

/**
 * The run without what rests on pointers that found nothing in the whole result: that is inconclusive.
 *
 * @param unresolved  By setting, the sentence about its pointer.
 * @returns `undefined` if nothing of the run rests on them.
 */
export function amendRun(run: RunEnded, unresolved: ReadonlyMap<string, string>, at: string): RunAmended | undefined {
  const { outcome } = run
  if (!('verdict' in outcome) || unresolved.size === 0) return undefined
  const verdict = amendVerdict(outcome.verdict, unresolved)
  if (!verdict) return undefined
  const amended = scored(outcome.transcript, verdict)
  return { ...run, type: 'run.amended', at, outcome: amended, flaky: isFlaky(amended, run.earlier), was: outcome.status }
}

function amendVerdict(verdict: Verdict, unresolved: ReadonlyMap<string, string>): Verdict | undefined {
  const why = ({ relies = [] }: Check | MetricScore): string | undefined => {
    const sentences = relies.flatMap(setting => unresolved.get(setting) ?? [])
    return sentences.length === 0 ? undefined : sentences.join('; ')
  }
  const checks = verdict.checks.map(check => {
    const because = why(check)
    return because === undefined ? check : ({ ...without(check, 'judged'), holds: 'unknown', because } as const)
  })
  const metrics = verdict.metrics.map(score => {
    const because = why(score)
    if (because === undefined) return score
    const { metric, type, relies = [] } = score
    return { metric, type, value: null, because, relies }
  })
  if (!isAmended(verdict.checks, checks) && !isAmended(verdict.metrics, metrics)) return undefined
  const { outcome } = verdict
  const isJudgedBlind = outcome && checks.some((check, i) => verdict.checks[i]!.judged && check !== verdict.checks[i])
  return {
    ...verdict,
    // The first check is about the whole conversation: if it is inconclusive, so is everything.
    holds: checks[0]?.holds === 'unknown' || checks.every(({ holds }) => holds !== 'no') ? 'unknown' : 'no',
    checks,
    metrics,
    ...(isJudgedBlind && { outcome: { ...outcome, score: null } }),
  }
}

function isAmended(was: readonly unknown[], now: readonly unknown[]): boolean {
  return now.some((each, i) => each !== was[i])
}

function without<Whole extends object, Key extends keyof Whole>(whole: Whole, key: Key): Omit<Whole, Key> {
  const { [key]: _, ...rest } = whole
  return rest
}
