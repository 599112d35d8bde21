import type { RunTurn, SuiteEvent } from '../../../domain/event.js'
import type { Project } from '../catalogue/catalogue.js'
import { notFound } from '../refusal.js'
import type { Service } from '../service.js'

/** Something that happened. Turns are not stored, so nothing can be followed from one: they have no sequence. */
export interface FollowedEvent {
  readonly sequence?: number
  readonly event: SuiteEvent
}

export interface ResultToFollow {
  readonly project: Project
  readonly id: number
  /** Sequence number of the last event that the reader has seen; 0 for none. */
  readonly after: number
}

type FollowUse = Pick<Service, 'database' | 'live' | 'clock'>

/** Read from the database at once. */
const batch = 100
/** A reader that has fallen behind by more turns than these is not told of them: they come again with the ends of their runs. */
const mostTurns = 500
/** How often the database is looked at although nothing was told, and the reader hears that it is not forgotten. */
const heartbeatMs = 15_000

/**
 * What happens to a result, from its beginning or from behind an event on, until it is over. What is stored is read from
 * the database when the reader asks for it, so that a slow one costs nothing, and a gap loses nothing.
 *
 * @param signal  Ends it early.
 * @returns Events in batches; an empty one says that nothing has happened for a while.
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
      // Told before the database is read: so what they belong to is in it.
      const turns = news.turns()
      const stored = await database.events(id, seen, batch)
      seen = stored.at(-1)?.sequence ?? seen
      const over = new Set(stored.flatMap(({ event }) => (event.type === 'run.ended' ? [event.index] : [])))
      news.forget(over)
      const hasCaughtUp = stored.length < batch
      const going = hasCaughtUp ? turns.filter(({ index }) => !over.has(index)) : []
      const told = [...stored.map(({ sequence, event }) => ({ sequence, event: shown(event) })), ...going.map(event => ({ event }))]
      if (told.length > 0) yield told
      if (stored.some(({ event }) => event.type === 'suite.ended')) return
      if (hasCaughtUp && !signal.aborted && !(await news.wait()) && !signal.aborted) yield []
    }
  } finally {
    signal.removeEventListener('abort', news.wake)
    unwatch()
  }
}

/** What was asked for may hold the headers of a request, which are nobody else's business. */
function shown(event: SuiteEvent): SuiteEvent {
  return event.type === 'suite.started' ? { ...event, options: {} } : event
}

/** What was told since the reader last asked: that something is in the database, and turns of runs that go on. */
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
    /** These runs are over: their turns would come after their ends. */
    forget(over: ReadonlySet<number>): void {
      turns = turns.filter(({ index }) => !over.has(index))
    },
    wake: () => goOn(),
    /** @returns Whether there is any, rather than that nothing has come for so long. */
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
  // Nobody waits.
}
