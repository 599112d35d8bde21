import type { SuiteEvent } from '../../../domain/event.js'
import type { ResultId } from '../../../domain/ids.js'
import { FaultError } from '../../../domain/fault.js'
import { callFaults } from '../../../domain/faults/call-faults.js'
import type { RunRequest } from '../../../domain/run-request.js'
import type { Database } from '../../../ports/database.js'
import type { Journal } from '../../../ports/store.js'
import type { Executor } from '../../executor.js'
import type { Prepared } from '../../plan-document.js'
import type { Adapters } from '../../registry.js'
import { runSuite, type SuiteRun } from '../../run-suite.js'
import { openModels } from '../../suite-models.js'
import { untilAborted } from '../../until-aborted.js'
import type { LiveEvents } from './live-events.js'

/** Brings results to their ends: many at once, each along the same way as a suite on the command line. */
export interface Conductor extends AsyncDisposable {
  /** Begins a result, or goes on with it; returns at once. @param firstRun  Id of its first run. */
  conduct(result: number, firstRun: number, prepared: Prepared): void
  /** Ends a result's calls: no run is started any more, and what is under way is cut off. @returns Whether it was under way. */
  stop(result: number): boolean
  /** Ends one run's call, by its index; if it has not started it never will. @returns Whether its result was under way. */
  stopRun(result: number, index: number): boolean
  isUnderWay(result: number): boolean
  /** Resolves when the result is not under way any more. */
  settled(result: number): Promise<void>
  /** Why a request cannot be carried out here, if so. */
  refusal(request: RunRequest): string | undefined
  /**
   * Leaves all results to the next start: no run is started any more, and those under way are finished. What has not
   * started, or could not be told, is as if it had never been tried.
   *
   * @param now  Aborted to cut off what is under way, too.
   */
  drain(now: AbortSignal): Promise<void>
}

export interface ConductorUse {
  readonly database: Database
  readonly executor: Executor
  readonly live: LiveEvents
  readonly adapters: Adapters
  /** Told of what goes wrong with a result as a whole; it stays unfinished, and is gone on with at the next start. */
  onFailure(result: number, cause: unknown): void
}

/** The server stops: a result under way is left as it is. */
class Closing extends Error {}

interface UnderWay {
  readonly stop: AbortController
  readonly stoppedRuns: Set<number>
  /** By index of the run: what cuts its call off. */
  readonly calls: Map<number, (cause: unknown) => void>
  readonly done: Promise<void>
}

export function createConductor({ database, executor, live, adapters, onFailure }: ConductorUse): Conductor {
  const underWay = new Map<number, UnderWay>()
  const closing = new AbortController()
  const draining = new AbortController()
  const cutAll = new AbortController()
  const allDone = async (): Promise<void> => void (await Promise.all([...underWay.values()].map(({ done }) => done)))

  const follow = async (result: number, firstRun: number, prepared: Prepared, own: Omit<UnderWay, 'done'>): Promise<void> => {
    await using stored = await database.journal(result)
    const told: SuiteEvent[] = []
    const journal: Journal = {
      ...stored,
      append(event) {
        // What is cut off now is not written down: the next start finds it as after a crash.
        const isLeft = draining.signal.aborted && !own.stop.signal.aborted
        if (closing.signal.aborted || (isLeft && event.type === 'suite.ended')) throw new Closing()
        if (isLeft && !outlastsDraining(event, own.stoppedRuns)) return
        stored.append(event)
        told.push(event)
      },
    }
    const signal = AbortSignal.any([own.stop.signal, cutAll.signal])
    const stop = { gently: signal, now: signal }
    using models = await openModels(prepared, { goesOn: true, check: false }, adapters, signal)
    const hooks: SuiteRun['hooks'] = {
      admit: spec => (own.stoppedRuns.has(spec.index) || draining.signal.aborted ? 'cancelled' : undefined),
      left: draining.signal,
      onCall(index, cut) {
        own.calls.set(index, cut)
        // It was ended while it waited to begin.
        if (own.stoppedRuns.has(index)) cut(new FaultError(callFaults.interrupted()))
      },
      runId: index => String(firstRun + index),
    }
    const events = runSuite({ prepared, result: String(result) as ResultId, journal, use: adapters, stop, models, executor, hooks })
    for await (const batch of events) {
      await journal.flush()
      for (const event of batch) if (event.type === 'run.ended') own.calls.delete(event.index)
      live.tell(result, told.splice(0))
    }
  }

  return {
    conduct(result, firstRun, prepared) {
      // What is begun while it drains is for the next start.
      if (underWay.has(result) || draining.signal.aborted) return
      const own = { stop: new AbortController(), stoppedRuns: new Set<number>(), calls: new Map<number, (cause: unknown) => void>() }
      const done = follow(result, firstRun, prepared, own)
        .catch((cause: unknown) => void (cause instanceof Closing || onFailure(result, cause)))
        .finally(() => underWay.delete(result))
      underWay.set(result, { ...own, done })
    },
    stop(result) {
      const own = underWay.get(result)
      own?.stop.abort()
      return own !== undefined
    },
    stopRun(result, index) {
      const own = underWay.get(result)
      own?.stoppedRuns.add(index)
      own?.calls.get(index)?.(new FaultError(callFaults.interrupted()))
      return own !== undefined
    },
    isUnderWay: result => underWay.has(result),
    settled: async result => await underWay.get(result)?.done,
    refusal: request => executor.refusal?.({ request }),
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
 * Whether it is true after the next start too: a run that was not started, or could not be told, is tried then, unless it
 * was called off.
 */
function outlastsDraining(event: SuiteEvent, stoppedRuns: ReadonlySet<number>): boolean {
  if (event.type === 'run.ended') return stoppedRuns.has(event.index) || !['not_run', 'infra_error'].includes(event.outcome.status)
  return event.type === 'run.turn' || event.type === 'run.started' || event.type === 'run.retrying' || event.type === 'agent.ready'
}
