import { cutAttempt } from '../domain/cut-attempt.js'
import type { Attempt, ModelReady, RunEnded, SuiteStarted } from '../domain/event.js'
import { wasInterrupted } from '../domain/outcome.js'
import { createSpending } from '../pipeline/tally/spending.js'
import type { StoredJournal } from '../ports/store.js'

/** What the result that is gone on with holds already. */
export interface Resumption {
  /** Indexes of runs that are over: nobody is called for them again. */
  readonly ended: ReadonlySet<number>
  /** Attempts of runs that are not over, by index. */
  readonly earlier: ReadonlyMap<number, readonly Attempt[]>
}

/** A result cannot be gone on with under this plan. */
export class ResumeRefused extends Error {
  override readonly name = 'ResumeRefused'
}

/** @throws {ResumeRefused} when the plan has changed since the result was begun, or the result was rescored from another. */
export function refuseAnotherPlan(then: SuiteStarted, now: SuiteStarted): void {
  if (then.rescoredFrom !== undefined) {
    throw new ResumeRefused(
      `${then.result} has no calls of its own: it was rescored from ${then.rescoredFrom}. Resume that one, then rescore it again.`,
    )
  }
  refuseOtherAnswers(then, now)
  if (then.digest === now.digest) return
  throw new ResumeRefused(
    `The plan has changed since ${then.result} was started: ${differenceOf(then, now)}. ` +
      'Restore the suite, or start a new run without --resume.',
  )
}

/** A result says once whether its models were asked. */
function refuseOtherAnswers({ result, cassette: before }: SuiteStarted, { cassette: today }: SuiteStarted): void {
  const isReplayed = before?.mode === 'replayed'
  if (isReplayed === (today?.mode === 'replayed')) return
  throw new ResumeRefused(
    isReplayed
      ? `${result} replays the models' answers from ${before.file}. Add --replay ${before.file}.`
      : `${result} called the models themselves. Remove --replay.`,
  )
}

function differenceOf(then: SuiteStarted, now: SuiteStarted): string {
  const [before, after] = [then.plan.totalRuns, now.plan.totalRuns]
  return before === after ? 'its scenarios, agents, thresholds or options differ' : `it had ${before} runs and now has ${after}`
}

/**
 * Sorts out what a journal holds. Runs that were not started, or were cut off, are to be held (again), unless their ends
 * are for good; a cut attempt stays with its run as one that could not be told.
 *
 * @param onEnded  Told of each run that is over.
 */
export async function resumptionOf(stored: StoredJournal, onEnded: (run: RunEnded) => void): Promise<Resumption> {
  const ended = new Set<number>()
  const earlier = new Map<number, readonly Attempt[]>()
  for await (const runs of stored.runs()) {
    for (const run of runs) {
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
  return { ended, earlier }
}

/** What models had cost when a result was left, in the suite's currency. @param onReady  Told what asking them beforehand took. */
export async function costSoFar(stored: StoredJournal, onReady: (event: ModelReady) => void): Promise<number> {
  const spending = createSpending()
  for await (const event of stored.events()) {
    spending.add(event)
    if (event.type === 'model.ready') onReady(event)
  }
  return (spending.report()?.total ?? []).reduce((sum, { cost = 0 }) => sum + cost, 0)
}
