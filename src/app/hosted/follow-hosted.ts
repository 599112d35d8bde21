import type { HostedResult } from '../../domain/hosted.js'
import type { NotRunReason, Outcome } from '../../domain/outcome.js'
import { runsOf, type PlannedEntry, type RunSpec } from '../../domain/plan.js'
import { runEnded } from '../../domain/run-ended.js'
import type { Holds } from '../../domain/verdict.js'
import { HostedServiceError, type HostedService, type HostedStanding } from '../../ports/hosted-service.js'
import type { Order } from '../executor.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import type { Fault } from '../../domain/fault.js'
import { serviceFaults } from '../../domain/faults/service-faults.js'
import { broke, type HostedEnd, type ScoreHosted } from './hosted-outcome.js'
import type { Adapters } from '../registry.js'

/** Between two looks it is seen that often whether the runs are still wanted. */
const glanceMs = 250
/** A result is looked at again after a tenth of the time it has taken so far: so late, at most, is its end seen. */
const share = 0.1
const longestPauseMs = 10_000
/** How long the service may take to end calls. */
const endPatienceMs = 8000
/** How long runs of a result that is over may stay without an end. */
const loosePatienceMs = 30_000
/** So often in a row a look may be refused: what has just begun may not be listed yet. */
const mostRefusals = 4

interface HostedUse extends Pick<Adapters, 'clock'> {
  readonly service: HostedService
  readonly score: ScoreHosted
}

/**
 * Follows what a hosted service has begun for a run entry until each run has its end: looks how they stand, again and
 * again, less and less often, and has the calls ended once no run is wanted any more. What it says of runs counts once the
 * result is over there, and the service stands by it: else it is told as a judge that is not to be relied on.
 */
export async function followHosted(entry: PlannedEntry, order: Order, { service, score, clock }: HostedUse): Promise<void> {
  const { signal } = order
  const result = order.prepared.request.options.hosted?.[entry.slug]
  if (!result) throw new RangeError(`Nothing has begun for ${entry.slug}.`)
  const where = `result ${result.id} at ${service.place}`
  const runs = createOpenRuns(entry, result, order, () => clock.date().toISOString())
  let stopped: NotRunReason | undefined
  const tellOfJudge = (holds: Holds, because: string): void =>
    order.emit(
      order.prepared.redact({
        type: 'judge.controlled',
        at: clock.date().toISOString(),
        control: where,
        isElsewhere: true,
        holds,
        because,
      }),
    )
  /** There is no more to learn. */
  const giveUp = (fault: Fault, outcomeOf: (isBegun: boolean) => Outcome = () => broke(fault)): void => {
    if (runs.areOpen()) runs.endAll(outcomeOf)
    else tellOfJudge('unknown', fault.message)
  }

  const endCalls = (): Promise<void> => service.endCalls(result.id, AbortSignal.timeout(endPatienceMs)).catch(() => undefined)
  /** @returns Whether that was so just now. */
  const stopIfUnwanted = async (): Promise<boolean> => {
    const reason = stopped === undefined ? runs.unwanted() : undefined
    if (reason === undefined) return false
    stopped = reason
    await endCalls()
    return true
  }
  const wait = async (ms: number): Promise<void> => {
    const untilMs = clock.now() + ms
    for (let leftMs = ms; leftMs > 0 && !signal.aborted && !(await stopIfUnwanted()); leftMs = untilMs - clock.now()) {
      await new Promise<void>(resolve => void clock.after(Math.min(leftMs, glanceMs), resolve))
    }
  }

  const wasDone = !runs.areOpen()
  let sinceMs = clock.now()
  let newsMs = sinceMs
  let overMs: number | undefined
  let trouble: string | undefined
  let refusals = 0
  let isUnreliable = false
  while (runs.areOpen() || overMs === undefined) {
    if (await stopIfUnwanted()) sinceMs = clock.now()
    if (signal.aborted)
      return giveUp(serviceFaults.notOver(), isBegun =>
        isBegun ? broke(callFaults.interrupted()) : { status: 'not_run', reason: stopped ?? 'cancelled' },
      )
    let askedForMs = 0
    try {
      const standing = await service.look(result.id, signal)
      if (standing && runs.see(standing)) newsMs = clock.now()
      if (standing) overMs = standing.isOver ? (overMs ?? clock.now()) : undefined
      if (standing?.isUnreliable) isUnreliable = true
      trouble = undefined
      refusals = 0
      const over = runs.over()
      for (const run of over.length > 0 ? await service.runs(over, signal) : []) {
        runs.end(run.id, (spec, isBegun) => score(run, spec, { isBegun, stopped }))
      }
    } catch (cause) {
      if (signal.aborted) continue
      if (!(cause instanceof HostedServiceError)) throw cause
      if (cause.kind === 'refused' && (refusals += 1) > mostRefusals) return giveUp(serviceFaults.refused(cause))
      askedForMs = cause.retryAfterMs ?? 0
      trouble = cause.message
    }
    if (!runs.areOpen() && overMs !== undefined) break
    const nowMs = clock.now()
    if (overMs !== undefined && nowMs - overMs > loosePatienceMs) {
      return runs.endAll(() => broke(serviceFaults.noEnd({ where })))
    }
    if (nowMs - newsMs > entry.agent.silenceMs) {
      await endCalls()
      return giveUp(serviceFaults.noNews({ where, ms: entry.agent.silenceMs, trouble }))
    }
    await wait(Math.max(askedForMs, Math.min(longestPauseMs, Math.max(glanceMs, share * (nowMs - sinceMs)))))
  }
  if (isUnreliable) tellOfJudge('unknown', 'The service marked it as failed although its runs finished. See failed_reasons there.')
  // Before it was gone on with, that may have been told otherwise.
  else if (wasDone) tellOfJudge('yes', '')
}

/** The runs of an entry that have no end yet; tells what happens to them. */
function createOpenRuns(entry: PlannedEntry, { id: result, cases }: HostedResult, order: Order, now: () => string) {
  const ids = cases.flatMap(({ runs }) => runs)
  const open = new Map(
    [...runsOf(entry)].map((spec, i): [number, RunSpec] => [ids[i] ?? 0, spec]).filter(([, { index }]) => !order.hasEnded(index)),
  )
  const begun = new Set<number>()
  const states = new Map<number, string>()
  const emit: Order['emit'] = event => order.emit(order.prepared.redact(event))

  const begin = (id: number, { index, key: run }: RunSpec): void => {
    if (begun.has(id)) return
    begun.add(id)
    emit({ type: 'run.started', index, attempt: 1, at: now(), run })
  }
  const end = (id: number, spec: RunSpec, { outcome: ended, startedAt, durationMs, ...before }: HostedEnd): void => {
    const { index } = spec
    const outcome = traced(ended, { result, run: id })
    open.delete(id)
    if (outcome.status !== 'not_run') begin(id, spec)
    for (const said of 'transcript' in outcome ? outcome.transcript.moments : [])
      emit({ type: 'run.turn', index, attempt: 1, moment: said })
    const at = now()
    const last = { outcome, ...(outcome.status !== 'not_run' && { startedAt: startedAt ?? at }), durationMs }
    emit(runEnded(spec, { at, last, ...before }))
  }
  return {
    areOpen: () => open.size > 0,
    /** Takes in how they stand. @returns Whether that is news. */
    see({ runs }: HostedStanding): boolean {
      let isNews = false
      for (const [id, spec] of open) {
        const state = runs.get(id)
        if (state === undefined || states.get(id) === state) continue
        isNews = true
        states.set(id, state)
        if (state === 'under_way') begin(id, spec)
      }
      return isNews
    },
    /** Ids of those that are over there, and have no end here. */
    over: () => [...open.keys()].filter(id => states.get(id) === 'over'),
    /** Why none of them is wanted any more, if that is so. */
    unwanted(): NotRunReason | undefined {
      const reasons = [...open.values()].map(order.admit)
      return reasons.includes(undefined) ? undefined : reasons[0]
    },
    end(id: number, endOf: (spec: RunSpec, isBegun: boolean) => HostedEnd): void {
      const spec = open.get(id)
      if (spec) end(id, spec, endOf(spec, begun.has(id)))
    },
    endAll(outcomeOf: (isBegun: boolean) => Outcome): void {
      for (const [id, spec] of open) end(id, spec, { outcome: outcomeOf(begun.has(id)), durationMs: 0, earlier: [], flaky: false })
    },
  }
}

/** With what the service calls it, so that it is found there. */
function traced(outcome: Outcome, hosted: { readonly result: number; readonly run: number }): Outcome {
  if (!('transcript' in outcome)) return outcome
  const { transcript } = outcome
  return { ...outcome, transcript: { ...transcript, metadata: { ...transcript.metadata, hosted } } }
}
