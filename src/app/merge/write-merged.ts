import type { CaseSummary, PlanSummary, RunEnded, SuiteEvent, SuiteStarted } from '../../domain/event.js'
import type { RunKey } from '../../domain/ids.js'
import type { NotRunReason, StopReason } from '../../domain/outcome.js'
import { runKey } from '../../domain/plan.js'
import type { Holds } from '../../domain/verdict.js'
import type { MergedPlan } from '../../pipeline/merge/merge-plans.js'
import { withRetry } from '../../pipeline/merge/merge-runs.js'
import { createTally } from '../../pipeline/tally/tally.js'
import type { Journal } from '../../ports/store.js'
import { amendRuns, unamendedRuns } from '../amend-runs.js'
import { lastEvents } from '../last-events.js'
import { isByChoice, leftOutStill, type ByChoice } from '../left-out.js'
import { openBaseline, readBaseline } from '../open-baseline.js'
import type { Adapters } from '../registry.js'
import { moveRecordings } from './move-recordings.js'
import type { MergePart } from './read-part.js'

interface Merging {
  readonly started: SuiteStarted
  readonly merged: MergedPlan
  readonly parts: readonly MergePart[]
  readonly journal: Journal
}

/** Writes the journal of a merged result: what each part tells besides its runs, their runs under new indexes, and the gate over all. */
export async function writeMerged({ started, merged, parts, journal }: Merging, use: Adapters): Promise<void> {
  const baseline = await readBaseline(started.plan.thresholds, journal.place, use)
  const totals = createTally(started, await openBaseline(started, baseline, use))
  const write = (event: SuiteEvent): void => {
    journal.append(event)
    totals.add(event)
  }
  write(started)
  for (const event of await preliminaries(parts, merged)) write(event)

  const leftOut: (RunEnded & { readonly reason: ByChoice })[] = []
  const stops = new Set<NotRunReason>()
  for await (const run of everyRun(parts, merged, journal.place)) {
    const { outcome } = run
    if (outcome.status === 'not_run') {
      stops.add(outcome.reason)
      if (isByChoice(outcome.reason)) {
        leftOut.push({ ...run, reason: outcome.reason })
        continue
      }
    }
    write(run)
  }

  const { plan } = started
  const still = leftOutStill(
    totals,
    plan.entries.map(({ index }) => index),
    plan.maxFailures,
  )
  const at = parts.map(({ report }) => report.endedAt).reduce((last, each) => (each > last ? each : last))
  const reason = parts.map(({ report }) => report.stopped).find(stopped => stopped !== undefined && isStillStopped(stopped, stops, still))
  if (reason !== undefined) write({ type: 'suite.stopping', at, reason })
  const placeOf = casePlaces(plan.entries)
  for (const { reason: because, ...run } of leftOut) {
    const stands = still.stands({ reason: because, entry: placeOf(run.index).entry, case: placeOf(run.index).case.index })
    write({ ...run, outcome: { status: 'not_run', reason: stands ? because : 'not_held' } })
  }
  for await (const amended of amendRuns(journal, totals, () => at)) amended.forEach(write)
  for (const event of lastEvents(totals, at)) write(event)
  await journal.flush()
}

/** Whether runs are still missing for this reason. A crash is told by the part that has it. */
function isStillStopped(
  reason: StopReason,
  stops: ReadonlySet<NotRunReason>,
  { tooManyFailed }: { readonly tooManyFailed: boolean },
): boolean {
  return reason === 'max_failures' ? tooManyFailed : stops.has(reason)
}

/** What the parts tell besides the ends of runs. Where they judged a control differently, the worst comes last, and counts. */
async function preliminaries(parts: readonly MergePart[], { places }: MergedPlan): Promise<SuiteEvent[]> {
  const events: SuiteEvent[] = []
  const controlled: Extract<SuiteEvent, { type: 'judge.controlled' }>[] = []
  for (const [part, { stored }] of parts.entries()) {
    for await (const event of stored.events()) {
      switch (event.type) {
        case 'suite.resumed':
        case 'agent.ready':
        case 'model.ready':
          events.push(event)
          break
        case 'run.retrying':
          events.push({ ...event, index: placeIn(places[part], event.index) })
          break
        case 'judge.controlled':
          controlled.push(event)
          break
      }
    }
  }
  return [...events, ...controlled.toSorted((a, b) => worst.indexOf(a.holds) - worst.indexOf(b.holds))]
}

const worst: readonly Holds[] = ['yes', 'unknown', 'no']

/** Every run of the parts that has an end. One that several parts have comes last, with its earlier ends as attempts. */
async function* everyRun(parts: readonly MergePart[], { plan, places, shared }: MergedPlan, place: string): AsyncGenerator<RunEnded> {
  const placeOf = casePlaces(plan.entries)
  const keyOf = (index: number): RunKey => {
    const { key, firstRun } = placeOf(index).case
    return runKey(key, index - firstRun + 1)
  }
  const again = new Map<number, RunEnded>()
  for (const [part, { stored, place: from }] of parts.entries()) {
    // What a part found of its agent's pointers, others may find otherwise.
    const unamended = await unamendedRuns(stored)
    for await (const batch of stored.runs()) {
      for (const end of batch) {
        const index = placeIn(places[part], end.index)
        const own = { ...(unamended.get(end.index) ?? end), index, run: keyOf(index) }
        const run = await moveRecordings(own, { from, to: place, part: part + 1 })
        const before = again.get(index)
        if (shared.has(index)) again.set(index, before ? withRetry(before, run) : run)
        else yield run
      }
    }
  }
  yield* [...again.values()].toSorted((a, b) => a.index - b.index)
}

function placeIn(places: Int32Array | undefined, index: number): number {
  const place = places?.[index]
  if (place === undefined) throw new RangeError(`Run ${index} is not in the plan.`)
  return place
}

/** Finds the case of a run, and its entry's index in the plan. */
function casePlaces(entries: PlanSummary['entries']): (run: number) => { readonly entry: number; readonly case: CaseSummary } {
  const cases = entries.flatMap(({ index: entry, cases: own }) => own.map(each => ({ entry, case: each })))
  return run => {
    let [from, to] = [0, cases.length - 1]
    while (from < to) {
      const middle = (from + to + 1) >> 1
      if (cases[middle]!.case.firstRun <= run) from = middle
      else to = middle - 1
    }
    const found = cases[from]
    if (!found) throw new RangeError(`Run ${run} is not in the plan.`)
    return found
  }
}
