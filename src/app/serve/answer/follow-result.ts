import type { RunTurn, SuiteEvent } from '../../../domain/event.js'
import type { Project } from '../catalogue/catalogue.js'
import { notFound } from '../refusal.js'
import type { Service } from '../service.js'

/** An event of a result. Turns are not stored, so they have no sequence number to continue from. */
export interface FollowedEvent {
  readonly sequence?: number
  readonly event: SuiteEvent
}

export interface ResultToFollow {
  readonly project: Project
  readonly id: number
  /** Sequence number of the last event that the reader has; 0 for none. */
  readonly after: number
}

type FollowUse = Pick<Service, 'database' | 'live' | 'clock'>

/** Events read from the database at once. */
const batch = 100
/** A reader that falls further behind than this misses turns. They come again with the ends of their runs. */
const mostTurns = 500
/** How often an idle stream checks the database and sends a sign of life. */
const heartbeatMs = 15_000

/**
 * Follows a result until it is over, from its beginning or after a given event. Reads stored events when the reader asks for
 * more: a slow reader costs nothing, and a gap loses nothing.
 *
 * @param signal  Ends the stream early.
 * @returns Events in batches; an empty batch is a sign of life.
 * @throws {Refusal} 404
 */
export async function followResult(
  { project, id, after }: ResultToFollow,
  use: FollowUse,
  signal: AbortSignal,
): Promise<AsyncGenerator<readonly FollowedEvent[]>> {
  if (!(await use.database.result(project.key, id))) throw notFound()
  return follow(use, id, after, signal)
}

async function* follow(
  { database, live, clock }: FollowUse,
  id: number,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<readonly FollowedEvent[]> {
  const news = createNews(clock)
  const unwatch = live.watch(id, news.take)
  signal.addEventListener('abort', news.wake)
  try {
    for (let seen = after; !signal.aborted;) {
      // Turns are taken before the database is read, so the start of their run is in it.
      const turns = news.turns()
      const stored = await database.events(id, seen, batch)
      seen = stored.at(-1)?.sequence ?? seen
      const over = new Set(stored.flatMap(({ event }) => (event.type === 'run.ended' ? [event.index] : [])))
      news.forget(over)
      const hasCaughtUp = stored.length < batch
      const going = hasCaughtUp ? turns.filter(({ index }) => !over.has(index)) : []
      const events = [...stored.map(({ sequence, event }) => ({ sequence, event: shown(event) })), ...going.map(event => ({ event }))]
      if (events.length > 0) yield events
      if (stored.some(({ event }) => event.type === 'suite.ended')) return
      if (hasCaughtUp && !signal.aborted && !(await news.wait()) && !signal.aborted) yield []
    }
  } finally {
    signal.removeEventListener('abort', news.wake)
    unwatch()
  }
}

/** The options may contain a request's headers, which other readers must not see. */
function shown(event: SuiteEvent): SuiteEvent {
  return event.type === 'suite.started' ? { ...event, options: {} } : event
}

/** Live events since the reader's last request: whether the database has news, and turns of runs in progress. */
function createNews(clock: FollowUse['clock']) {
  let turns: RunTurn[] = []
  let hasCome = false
  let goOn = nothing

  return {
    take(events: readonly SuiteEvent[]): void {
      const over = new Set(events.flatMap(event => (event.type === 'run.ended' ? [event.index] : [])))
      const fresh = events.filter(event => event.type === 'run.turn').filter(({ index }) => !over.has(index))
      turns = turns.length + fresh.length > mostTurns ? [] : [...turns, ...fresh]
      hasCome = true
      goOn()
    },
    turns: () => turns.splice(0),
    /** Drops the turns of runs that are over: they would come after the ends of their runs. */
    forget(over: ReadonlySet<number>): void {
      turns = turns.filter(({ index }) => !over.has(index))
    },
    wake: () => goOn(),
    /** @returns `false` if nothing has happened for the length of a heartbeat. */
    async wait(): Promise<boolean> {
      if (!hasCome) {
        await new Promise<void>(resolve => {
          const cancel = clock.after(heartbeatMs, resolve)
          goOn = () => {
            cancel()
            resolve()
          }
        })
      }
      goOn = nothing
      const came = hasCome
      hasCome = false
      return came
    },
  }
}

function nothing(): void {
  // Nothing is waiting.
}
