import { setImmediate as nextTurn } from 'node:timers/promises'
import pLimit from 'p-limit'
import type { Project } from '../catalogue/catalogue.js'
import { notFound, Refusal } from '../refusal.js'
import type { Service } from '../service.js'
import { createResultFeed, type EventText, type ResultFeed, type Watcher } from './result-feed.js'
import { Serving } from './serving.js'

export interface ResultToWatch {
  readonly project: Project
  readonly id: number
  /** Sequence number of the last event that the watcher has; 0 for none. */
  readonly after: number
}

/** A watcher's place. It is given nothing before it first calls {@link Seat.resume}. */
export interface Seat {
  /** The watcher takes more. */
  resume(): void
  leave(): void
}

/** The feeds of all results that are watched. */
export interface ResultFeeds extends Disposable {
  /**
   * Watches a result until it is over, from its beginning or after a given event.
   *
   * @throws {Refusal} 404, and 503 while too many watch.
   */
  watch(wanted: ResultToWatch, watcher: Watcher): Promise<Seat>
}

/** How often an idle stream checks the database and sends a sign of life. */
const heartbeatMs = 15_000
/** Pages of events in memory for watchers who are not served yet. */
const pagesAtOnce = 8
/** When those who find no seat may try again. */
const retryAfterS = 5
/** Seats of one result, as a part of all. */
const partOfOne = 0.5

/** @param mostWatchers  How many may watch at once; one result may have half of them. */
export function createResultFeeds(
  { database, live, clock }: Pick<Service, 'database' | 'live' | 'clock'>,
  text: EventText,
  mostWatchers: number,
): ResultFeeds {
  const feeds = new Map<number, ResultFeed & { readonly unwatch: () => void }>()
  const serving = new Serving()
  const reading = pLimit(pagesAtOnce)
  const inTurn = createTurns()
  const comeInTurn = createTurns()
  let seats = 0
  let cancelBeat: (() => void) | undefined

  const beat = (): void => {
    for (const feed of feeds.values()) {
      feed.noteNews()
      for (const state of feed.watchers) state.isBeatDue = true
      serving.serveSoon(feed, feed.watchers)
    }
    cancelBeat = feeds.size > 0 ? clock.after(heartbeatMs, beat) : undefined
  }
  const feedOf = (id: number): ResultFeed => {
    const known = feeds.get(id)
    if (known) return known
    const feed = createResultFeed({
      events: (after, limit) => inTurn(() => database.events(id, after, limit)),
      text,
      reading,
      onReady: states => serving.serveSoon(feed, states),
    })
    feed.publish(live.waits(id))
    const unwatch = live.watch(id, events => {
      feed.publish(events)
      serving.serveSoon(feed, feed.watchers)
    })
    feeds.set(id, { ...feed, unwatch })
    cancelBeat ??= clock.after(heartbeatMs, beat)
    return feed
  }
  const takeSeat = (id: number): void => {
    const own = feeds.get(id)?.watchers.size ?? 0
    const mostOfOne = Math.max(1, Math.floor(mostWatchers * partOfOne))
    if (own >= mostOfOne) throw tooMany(`${mostOfOne} clients watch this result already.`)
    if (seats >= mostWatchers) throw tooMany(`${mostWatchers} clients watch results of this server already.`)
    seats += 1
  }

  return {
    async watch({ project, id, after }, watcher) {
      if ((await comeInTurn(() => database.revision(project.key, id))) === undefined) throw notFound()
      takeSeat(id)
      serving.noteComer()
      const feed = feedOf(id)
      let isThere = true
      const leave = (): void => {
        if (!isThere) return
        isThere = false
        seats -= 1
        feed.watchers.delete(state)
        if (feed.watchers.size > 0) return
        feeds.get(id)?.unwatch()
        feeds.delete(id)
      }
      const end = (): void => {
        leave()
        watcher.end()
      }
      const state = feed.join({ ...watcher, end }, after)
      return {
        resume() {
          state.hasRoom = true
          if (isThere) serving.serveSoon(feed, [state])
        },
        leave,
      }
    },
    [Symbol.dispose]() {
      cancelBeat?.()
      for (const { watchers } of Array.from(feeds.values())) for (const { watcher } of Array.from(watchers)) watcher.end()
    },
  }
}

/**
 * Makes what asks one question at a time, with a turn for everybody else in between: the embedded database answers at once, so that
 * page after page would be read, or hundreds of watchers seated, in one go.
 */
function createTurns(): <Answer>(ask: () => Promise<Answer>) => Promise<Answer> {
  const oneByOne = pLimit(1)
  return async ask =>
    new Promise(resolve => {
      void oneByOne(async () => {
        const answer = ask()
        resolve(answer)
        await Promise.allSettled([answer, nextTurn()])
      })
    })
}

function tooMany(why: string): Refusal {
  return new Refusal(503, { detail: `${why} Try again later, or poll the result.` }, retryAfterS)
}
