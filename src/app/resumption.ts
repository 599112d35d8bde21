import { cutAttempt } from '../domain/cut-attempt.js'
import type { Attempt, ModelReady, RunEnded, SuiteStarted } from '../domain/event.js'
import { wasInterrupted } from '../domain/outcome.js'
import { createSpending } from '../pipeline/tally/spending.js'
import type { StoredJournal } from '../ports/store.js'
import { unamendedRuns } from './amend-runs.js'

/** What a resumed result already contains. */
export interface Resumption {
  /** Indexes of runs that are over and do not run again. */
  readonly ended: ReadonlySet<number>
  /** Earlier attempts of runs that are not over, by index. */
  readonly earlier: ReadonlyMap<number, readonly Attempt[]>
  /** Runs that were amended when the result stopped, as they had ended before. */
  readonly unamended: ReadonlyMap<number, RunEnded>
}

/** The result cannot be resumed under this plan. */
export class ResumeRefused extends Error {
  override readonly name = 'ResumeRefused'
}

/** @throws {ResumeRefused} when the plan has changed since the result started, or the result is a rescored one. */
export function refuseAnotherPlan(then: SuiteStarted, now: SuiteStarted): void {
  if (then.rescoredFrom !== undefined) {
    throw new ResumeRefused(
      `${then.result} has no calls of its own: it was rescored from ${then.rescoredFrom}. Resume that one, then rescore it again.`,
    )
  }
  if (then.mergedFrom !== undefined) {
    throw new ResumeRefused(`${then.result} has no calls of its own: it was merged. Resume its parts, then merge them again.`)
  }
  refuseOtherAnswers(then, now)
  if (then.digests.plan === now.digests.plan) return
  throw new ResumeRefused(
    `The plan has changed since ${then.result} was started: ${differenceOf(then, now)}. ` +
      'Restore the suite, or start a new run instead of resuming.',
  )
}

/** A result records once whether its models were asked or replayed. */
function refuseOtherAnswers({ result, cassette: before }: SuiteStarted, { cassette: today }: SuiteStarted): void {
  const isReplayed = before?.mode === 'replayed'
  if (isReplayed === (today?.mode === 'replayed')) return
  throw new ResumeRefused(
    isReplayed
      ? `${result} replays the models' answers from ${before.file}. Replay ${before.file} again to resume it.`
      : `${result} called the models themselves. Resume it without a replay.`,
  )
}

function differenceOf(then: SuiteStarted, now: SuiteStarted): string {
  const [before, after] = [then.plan.totalRuns, now.plan.totalRuns]
  return before === after ? 'its scenarios, agents, thresholds or options differ' : `it had ${before} runs and now has ${after}`
}

/**
 * Reads which runs of a journal are over. Runs that did not start or were cut off run again, unless their ends are final. A
 * cut attempt stays with its run as an inconclusive one.
 *
 * @param onEnded  Called with each run that is over.
 */
export async function resumptionOf(stored: StoredJournal, onEnded: (run: RunEnded) => void): Promise<Resumption> {
  const ended = new Set<number>()
  const earlier = new Map<number, readonly Attempt[]>()
  const unamended = await unamendedRuns(stored)
  for await (const runs of stored.runs()) {
    for (const last of runs) {
      const run = unamended.get(last.index) ?? last
      const { outcome, startedAt = run.at, durationMs } = run
      if (outcome.status === 'not_run' && !stored.endsStand) continue
      if (wasInterrupted(outcome) && !stored.endsStand) {
        earlier.set(run.index, [...run.earlier, { startedAt, durationMs, outcome, ...(run.usage && { usage: run.usage }) }])
      } else {
        ended.add(run.index)
        onEnded(run)
      }
    }
  }
  for (const index of stored.open.keys()) {
    if (ended.has(index)) continue
    earlier.set(index, stored.attempts?.get(index) ?? [...(earlier.get(index) ?? []), cutAttempt(stored.started.at)])
  }
  return { ended, earlier, unamended }
}

/**
 * The cost of the models when the result was left, in the suite's currency.
 *
 * @param onReady  Called with the cost of the check before the runs.
 */
export async function costSoFar(stored: StoredJournal, onReady: (event: ModelReady) => void): Promise<number> {
  const spending = createSpending()
  for await (const event of stored.events()) {
    spending.add(event)
    if (event.type === 'model.ready') onReady(event)
  }
  return (spending.report()?.total ?? []).reduce((sum, { cost = 0 }) => sum + cost, 0)
}
