import type { SuiteEvent } from '../../../domain/event.js'
import type { ResultId } from '../../../domain/ids.js'
import { FaultError } from '../../../domain/fault.js'
import { callFaults } from '../../../domain/faults/call-faults.js'
import type { RunRequest } from '../../../domain/run-request.js'
import type { Database } from '../../../ports/database.js'
import type { Recordings } from '../../../ports/recordings.js'
import type { Journal } from '../../../ports/store.js'
import type { Executor } from '../../executor.js'
import type { Prepared } from '../../plan-document.js'
import type { Adapters } from '../../registry.js'
import { readBaseline } from '../../open-baseline.js'
import { runSuite, type SuiteRun } from '../../run-suite.js'
import { openModels } from '../../suite-models.js'
import { whySpeechless } from '../../suite-speech.js'
import { untilAborted } from '../../until-aborted.js'
import type { LiveEvents } from './live-events.js'

/** Runs many results at once to their ends, through the same pipeline as `callsheet run`. */
export interface Conductor extends AsyncDisposable {
  /** Starts or resumes a result; returns at once. @param firstRun  Id of the result's first run. */
  conduct(result: number, firstRun: number, prepared: Prepared): void
  /** Stops a result: no more runs start, and runs in progress are cut off. @returns Whether the result was in progress. */
  stop(result: number): boolean
  /** Stops one run, by index. A run that has not started never will. @returns Whether its result was in progress. */
  stopRun(result: number, index: number): boolean
  isActive(result: number): boolean
  /** Whether it starts no more runs, because the server stops. */
  isDraining(): boolean
  /** Resolves when the result is no longer in progress. */
  settled(result: number): Promise<void>
  /** Whether a request would have to wait for a queue that is lost. */
  isQueueLost(request: RunRequest): boolean
  /** Why a request cannot run here; `undefined` if it can. */
  refusal(request: RunRequest): string | undefined
  /** Why the calls of a plan cannot be spoken or heard here; `undefined` if they can, if there are none, or if workers place them. */
  speechRefusal(prepared: Prepared): Promise<string | undefined>
  /**
   * Leaves all results to the next start: no more runs start, and runs in progress finish. Runs that did not start, or were
   * inconclusive, leave no trace and run at the next start.
   *
   * @param now  When aborted, cuts off runs in progress too.
   */
  drain(now: AbortSignal): Promise<void>
}

export interface ConductorUse {
  readonly database: Database
  readonly executor: Executor
  readonly live: LiveEvents
  readonly recordings: Recordings
  readonly adapters: Adapters
  /** Called when a result as a whole fails. The result stays unfinished and resumes at the next start. */
  onFailure(result: number, cause: unknown): void
}

/** The server stops; the result stays in progress for the next start. */
class Closing extends Error {}

interface ActiveResult {
  readonly stop: AbortController
  readonly stoppedRuns: Set<number>
  /** Cuts off a run's call, by run index. */
  readonly calls: Map<number, (cause: unknown) => void>
  readonly done: Promise<void>
}

export function createConductor({ database, executor, live, recordings, adapters, onFailure }: ConductorUse): Conductor {
  const active = new Map<number, ActiveResult>()
  const closing = new AbortController()
  const draining = new AbortController()
  const cutAll = new AbortController()
  const allDone = async (): Promise<void> => void (await Promise.all([...active.values()].map(({ done }) => done)))

  const follow = async (result: number, firstRun: number, prepared: Prepared, own: Omit<ActiveResult, 'done'>): Promise<void> => {
    await using stored = await database.journal(result)
    const fresh: SuiteEvent[] = []
    const journal: Journal = {
      ...stored,
      append(event) {
        // A cut-off run is not journalled: the next start finds it as after a crash.
        const isLeft = draining.signal.aborted && !own.stop.signal.aborted
        if (closing.signal.aborted || (isLeft && event.type === 'suite.ended')) throw new Closing()
        if (isLeft && !outlastsDraining(event, own.stoppedRuns)) return
        stored.append(event)
        fresh.push(event)
      },
    }
    const signal = AbortSignal.any([own.stop.signal, cutAll.signal])
    const stop = { gently: signal, now: signal }
    const calls = !executor.isElsewhere?.(prepared.request.options)
    using models = await openModels(prepared, { isResumed: true, check: false, calls }, adapters, signal)
    const hooks: SuiteRun['hooks'] = {
      recordings: recordings.of(String(result)),
      admit: spec => (own.stoppedRuns.has(spec.index) || draining.signal.aborted ? 'cancelled' : undefined),
      left: draining.signal,
      onCall(index, cut) {
        own.calls.set(index, cut)
        // The run was stopped while it waited to start.
        if (own.stoppedRuns.has(index)) cut(new FaultError(callFaults.interrupted()))
      },
      runId: index => String(firstRun + index),
    }
    const baseline = await readBaseline(prepared.plan.thresholds, undefined, adapters)
    const subject = { prepared, result: String(result) as ResultId, journal, baseline }
    let publishing: Promise<void> | undefined
    const publish = async (): Promise<void> => {
      while (fresh.length > 0) {
        const written = fresh.length
        await journal.flush()
        live.publish(result, fresh.splice(0, written))
      }
      publishing = undefined
    }
    await runSuite({ ...subject, use: adapters, stop, models, executor, hooks }, event => {
      if (event.type === 'run.ended') own.calls.delete(event.index)
      // What cannot be written, the journal says with the next event.
      if (fresh.length > 0) publishing ??= publish().catch(() => undefined)
    })
    await publishing
  }

  return {
    conduct(result, firstRun, prepared) {
      // A result that starts during draining is for the next start.
      if (active.has(result) || draining.signal.aborted) return
      const own = { stop: new AbortController(), stoppedRuns: new Set<number>(), calls: new Map<number, (cause: unknown) => void>() }
      const done = follow(result, firstRun, prepared, own)
        .catch((cause: unknown) => void (cause instanceof Closing || onFailure(result, cause)))
        .finally(() => {
          active.delete(result)
          live.forget(result)
        })
      active.set(result, { ...own, done })
    },
    stop(result) {
      const own = active.get(result)
      own?.stop.abort()
      return own !== undefined
    },
    stopRun(result, index) {
      const own = active.get(result)
      own?.stoppedRuns.add(index)
      own?.calls.get(index)?.(new FaultError(callFaults.interrupted()))
      return own !== undefined
    },
    isActive: result => active.has(result),
    isDraining: () => draining.signal.aborted,
    settled: async result => await active.get(result)?.done,
    isQueueLost: request => executor.isQueueLost?.({ request }) === true,
    refusal: request => executor.refusal?.({ request }),
    async speechRefusal({ plan, mask, request }) {
      return executor.isElsewhere?.(request.options) ? undefined : whySpeechless(plan, mask, adapters)
    },
    async drain(now) {
      draining.abort()
      void untilAborted(now).then(() => cutAll.abort())
      await allDone()
    },
    async [Symbol.asyncDispose]() {
      draining.abort()
      closing.abort()
      cutAll.abort()
      await allDone()
    },
  }
}

/**
 * Whether an event still holds after the next start. A run that did not start, or was inconclusive, runs again then, unless a
 * client stopped it.
 */
function outlastsDraining(event: SuiteEvent, stoppedRuns: ReadonlySet<number>): boolean {
  if (event.type === 'run.ended') return stoppedRuns.has(event.index) || !['not_run', 'infra_error'].includes(event.outcome.status)
  return ['run.turn', 'run.started', 'run.awaiting', 'run.retrying', 'agent.ready'].includes(event.type)
}
