import type { ResultId } from '../../domain/ids.js'
import { FaultError, interrupted } from '../../domain/outcome.js'
import type { Database } from '../../ports/database.js'
import type { Journal } from '../../ports/store.js'
import type { Executor } from '../executor.js'
import type { Prepared } from '../prepare.js'
import type { Adapters } from '../registry.js'
import { runSuite } from '../run-suite.js'
import type { LiveEvents } from './live-events.js'

/** Brings results to their ends: many at once, each along the same way as a suite on the command line. */
export interface Conductor extends AsyncDisposable {
  /** Begins a result, or goes on with it; returns at once. @param firstRun  Id of its first run. */
  conduct(result: number, firstRun: number, prepared: Prepared): void
  /** Ends a result's calls: no run is started any more, and what is under way is cut off. @returns Whether it was under way. */
  stop(result: number): boolean
  /** Ends one run's call, by its index; if it has not started it never will. @returns Whether its result was under way. */
  stopRun(result: number, index: number): boolean
  /** Resolves when the result is not under way any more. */
  settled(result: number): Promise<void>
}

export interface ConductorUse {
  readonly database: Database
  readonly executor: Executor
  readonly live: LiveEvents
  readonly clock: Adapters['clock']
  /** Told of what goes wrong with a result as a whole; it stays unfinished, and is gone on with at the next start. */
  onFailure(result: number, cause: unknown): void
}

/** The server stops: results under way are left as they are. */
class Closing extends Error {}

interface UnderWay {
  readonly stop: AbortController
  readonly stoppedRuns: Set<number>
  /** By index of the run: what cuts its call off. */
  readonly calls: Map<number, (cause: unknown) => void>
  readonly done: Promise<void>
}

export function createConductor({ database, executor, live, clock, onFailure }: ConductorUse): Conductor {
  const underWay = new Map<number, UnderWay>()
  const closing = new AbortController()

  const follow = async (result: number, firstRun: number, prepared: Prepared, own: Omit<UnderWay, 'done'>): Promise<void> => {
    await using stored = await database.journal(result)
    const journal: Journal = {
      ...stored,
      append(event) {
        // What is cut off now is not written down: the next start finds it as after a crash.
        if (closing.signal.aborted) throw new Closing()
        stored.append(event)
      },
    }
    const stop = { gently: own.stop.signal, now: own.stop.signal }
    const events = runSuite(prepared, String(result) as ResultId, journal, { clock }, stop, executor, {
      admit: spec => (own.stoppedRuns.has(spec.index) ? 'cancelled' : undefined),
      onCall: (index, cut) => own.calls.set(index, cut),
      // Each attempt is a conversation of its own to the agent.
      runId: (index, attempt) => (attempt === 1 ? `${firstRun + index}` : `${firstRun + index}-${attempt}`),
    })
    for await (const batch of events) {
      await journal.flush()
      for (const event of batch) if (event.type === 'run.ended') own.calls.delete(event.index)
      live.tell(result, batch)
    }
  }

  return {
    conduct(result, firstRun, prepared) {
      if (underWay.has(result) || closing.signal.aborted) return
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
      own?.calls.get(index)?.(new FaultError(interrupted))
      return own !== undefined
    },
    settled: async result => await underWay.get(result)?.done,
    async [Symbol.asyncDispose]() {
      closing.abort()
      for (const { stop } of underWay.values()) stop.abort()
      await Promise.all([...underWay.values()].map(({ done }) => done))
    },
  }
}
