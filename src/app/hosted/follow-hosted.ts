import type { RunEvent } from '../../domain/event.js'
import type { HostedResult } from '../../domain/hosted.js'
import type { NotRunReason, Outcome } from '../../domain/outcome.js'
import { runsOf, type PlannedEntry, type RunSpec } from '../../domain/plan.js'
import { runEnded } from '../../domain/run-ended.js'
import { maskEvent } from '../../domain/mask-event.js'
import type { Holds } from '../../domain/verdict.js'
import { HostedServiceError, type HostedService, type HostedStanding } from '../../ports/hosted-service.js'
import type { Order } from '../executor.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import type { Fault } from '../../domain/fault.js'
import { serviceFaults } from '../../domain/faults/service-faults.js'
import { TurnEvents } from '../../pipeline/run/turn-events.js'
import { askedFor } from './contradictions.js'
import { broke, type HostedEnd, type ScoreHosted } from './hosted-outcome.js'
import type { Adapters } from '../registry.js'

/** Between two polls, how often the follower checks whether the runs are still wanted. */
const glanceMs = 250
/** The poll interval, as a share of the result's age. A result's end is noticed at most this share late. */
const share = 0.1
const longestPauseMs = 10_000
/** How long the service may take to end calls. */
const endPatienceMs = 8000
/** How long runs may lack an end after their result is over. */
const loosePatienceMs = 30_000
/** Refused polls in a row that are tolerated: the service may not list a new result at once. */
const mostRefusals = 4

interface HostedUse extends Pick<Adapters, 'clock'> {
  readonly service: HostedService
  readonly score: ScoreHosted
}

/**
 * Polls the hosted result of a run entry, less and less often, until each run has an end. Ends the calls once no run is
 * wanted any more. The service's verdicts count only once its result is over and the service stands by it. Otherwise the
 * follower reports them as those of a judge that cannot be relied on.
 */
export async function followHosted(entry: PlannedEntry, order: Order, { service, score, clock }: HostedUse): Promise<void> {
  const { signal } = order
  const result = order.prepared.request.options.hosted?.[entry.slug]
  if (!result) throw new RangeError(`Nothing has begun for ${entry.slug}.`)
  const where = `result ${result.id} at ${service.place}`
  const { connection } = entry.agent
  const asked = askedFor(result.cases, connection.type === 'hosted' ? connection.agentId : undefined)
  const runs = createOpenRuns(entry, result, order, () => clock.date().toISOString())
  let stopped: NotRunReason | undefined
  const reportJudge = (holds: Holds, because: string): void =>
    order.emit({
      type: 'judge.controlled',
      at: clock.date().toISOString(),
      control: where,
      isElsewhere: true,
      holds,
      because: order.prepared.mask.text(because),
    })
  /** Ends all open runs, since nothing more can be learned. */
  const giveUp = (fault: Fault, outcomeOf: (isBegun: boolean) => Outcome = () => broke(fault)): void => {
    if (runs.areOpen()) runs.endAll(outcomeOf)
    else reportJudge('unknown', fault.message)
  }

  const endCalls = (): Promise<void> => service.endCalls(result.id, AbortSignal.timeout(endPatienceMs)).catch(() => undefined)
  /** @returns Whether it stopped them just now. */
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
  let hasNoSuccess = false
  let showsSuccess = false
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
      if (standing) hasNoSuccess = standing.hasNoSuccess
      if (standing?.showsSuccess) showsSuccess = true
      trouble = undefined
      refusals = 0
      const over = runs.over()
      for (const run of over.length > 0 ? await service.runs(over, signal) : []) {
        if (run.success) showsSuccess = true
        runs.end(run.id, (spec, isBegun) => score(run, spec, { isBegun, stopped, asked: asked.get(run.id) }))
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
  if (isUnreliable) reportJudge('unknown', 'The service marked it as failed although its runs finished. See failed_reasons there.')
  else if (hasNoSuccess && showsSuccess)
    reportJudge('unknown', 'The service reports a success_rate of 0, but some of its runs as a success. Look at the result there.')
  // Before the resume, the journal may have said otherwise. What a rate of 0 contradicts was seen then.
  else if (wasDone && !hasNoSuccess) reportJudge('yes', '')
}

/** Tracks an entry's runs that have no end yet, and emits their events. */
function createOpenRuns(entry: PlannedEntry, { id: result, cases }: HostedResult, order: Order, now: () => string) {
  const ids = cases.flatMap(({ runs }) => runs)
  const open = new Map(
    [...runsOf(entry)].map((spec, i): [number, RunSpec] => [ids[i] ?? 0, spec]).filter(([, { index }]) => !order.hasEnded(index)),
  )
  const begun = new Set<number>()
  const states = new Map<number, string>()
  const emit = (event: RunEvent): void => order.emit(maskEvent(event, order.prepared.mask))

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
    const turns = new TurnEvents({ index, attempt: 1 }, order.prepared.mask, emit)
    if ('transcript' in outcome) for (const moment of outcome.transcript.moments) turns.note(moment)
    turns.end()
    const at = now()
    const last = { outcome, ...(outcome.status !== 'not_run' && { startedAt: startedAt ?? at }), durationMs }
    emit(runEnded(spec, { at, last, ...before }))
  }
  return {
    areOpen: () => open.size > 0,
    /** Updates the runs from a poll. @returns Whether anything changed. */
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
    /** Ids of runs that are over at the service but have no end here. */
    over: () => [...open.keys()].filter(id => states.get(id) === 'over'),
    /** Why no run is wanted any more, if so. */
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

/** Adds the service's ids, by which people find the run there. */
function traced(outcome: Outcome, hosted: { readonly result: number; readonly run: number }): Outcome {
  if (!('transcript' in outcome)) return outcome
  const { transcript } = outcome
  return { ...outcome, transcript: { ...transcript, metadata: { ...transcript.metadata, hosted } } }
}
