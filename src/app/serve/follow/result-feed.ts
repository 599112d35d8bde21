import type { LimitFunction } from 'p-limit'
import type { SuiteEvent } from '../../../domain/event.js'
import type { SequencedEvent } from '../../../ports/database.js'
import { createEventPages, type EventPage } from './event-pages.js'
import { createLiveTurns } from './live-turns.js'
import { servedEvent } from './served-event.js'

/** Whoever watches a result. */
export interface Watcher {
  /** Takes a message. @returns Whether it takes more now; if not, it calls {@link Seat.resume} once it does. */
  take(message: Buffer): boolean
  /** Sends on what it was given. Called once it was given everything there is, so that all of it can go at once. */
  flush?(): void
  /** Called once: the result is over, or the server stops. */
  end(): void
}

/** How far a watcher has come. */
export interface WatcherState {
  readonly watcher: Watcher
  /** Sequence number of the last stored event that it has. */
  seen: number
  /** Place of the last turn that it has, and of the last before it came. */
  turn: number
  readonly joined: number
  hasRoom: boolean
  /** Whether it is to be told that the stream is alive. */
  isBeatDue: boolean
  /** Whether a page is being read for it. */
  isWaiting: boolean
  /** The page that was read for it, until it is served. */
  held?: HeldPage | undefined
}

interface HeldPage {
  readonly page: EventPage
  letGo(): void
}

/** How events are written. */
export interface EventText {
  stored(event: SequencedEvent): Buffer
  /** Turns and waits are not stored, so they have no sequence number to continue from. */
  turn(event: SuiteEvent): Buffer
  /** A sign of life. */
  readonly beat: Buffer
}

/** The events of one result, for everybody who watches it. */
export interface ResultFeed {
  readonly watchers: Set<WatcherState>
  join(watcher: Watcher, after: number): WatcherState
  /** Takes events that are stored already, and turns and waits that never are. */
  publish(events: readonly SuiteEvent[]): void
  /** Says that there may be stored events that nobody published. */
  noteNews(): void
  /**
   * Gives a watcher what there is, until it has no room. If something must be read first, the watcher is handed to `onReady`
   * once it is.
   */
  serve(state: WatcherState): void
}

export interface FeedUse {
  events(after: number, limit: number): Promise<readonly SequencedEvent[]>
  readonly text: EventText
  /** Bounds the pages that are in memory for watchers who are not served yet, over all feeds. */
  readonly reading: LimitFunction
  /** Called with watchers that can be served again. */
  onReady(states: Iterable<WatcherState>): void
}

/**
 * A feed reads each stored event once, however many watch. Watchers are served from the same pages, each at its own pace: a
 * slow one costs nothing, and a gap loses nothing.
 */
export function createResultFeed({ events, text, reading, onReady }: FeedUse): ResultFeed {
  const watchers = new Set<WatcherState>()
  const turns = createLiveTurns(text.turn)
  const pages = createEventPages({
    events,
    encode: stored => text.stored({ ...stored, event: servedEvent(stored.event) }),
    onRead: read => turns.forget(new Set(read.flatMap(({ event }) => (event.type === 'run.ended' ? [event.index] : [])))),
  })
  const waiting = new Map<EventPage, Set<WatcherState>>()

  const give = (state: WatcherState, message: Buffer): void => {
    state.hasRoom = state.watcher.take(message)
  }
  const waitFor = (page: EventPage, state: WatcherState): void => {
    state.isWaiting = true
    const already = waiting.get(page)
    if (already) return void already.add(state)
    const all = new Set([state])
    waiting.set(page, all)
    void reading(async () => {
      // A database that is lost has no news: the next sign of life looks again.
      const isRead = await pages.read(page).then(
        () => true,
        () => false,
      )
      waiting.delete(page)
      for (const each of all) each.isWaiting = false
      if (isRead) await serveFrom(page, all)
    })
  }
  /** Resolves when all of them are served, so that the page need not stay for them. */
  const serveFrom = async (page: EventPage, states: ReadonlySet<WatcherState>): Promise<void> =>
    new Promise(resolve => {
      let left = states.size
      const letGo = (): void => void ((left -= 1) === 0 && resolve())
      for (const state of states) state.held = { page, letGo }
      onReady(states)
    })
  const giveTurns = (state: WatcherState, version: number): void => {
    for (const { place, bytes } of turns.after(state, version)) {
      if (!state.hasRoom) return
      state.turn = place
      give(state, bytes)
    }
  }
  const giveAll = (state: WatcherState, held: EventPage | undefined): void => {
    while (state.hasRoom && watchers.has(state)) {
      const page = held?.contains(state.seen) ? held : pages.pageAfter(state.seen)
      const next = page.messages.find(({ sequence }) => sequence > state.seen)
      if (next) {
        state.seen = next.sequence
        give(state, next.bytes)
        if (next.isLast) return state.watcher.end()
      } else if (page.isFull) {
        state.seen = page.upTo
      } else {
        giveTurns(state, page.version)
        if (page.version < pages.version) waitFor(page, state)
        return
      }
    }
  }

  return {
    watchers,
    join(watcher, after) {
      const state = { watcher, seen: after, turn: 0, joined: turns.last, hasRoom: false, isBeatDue: false, isWaiting: false }
      watchers.add(state)
      return state
    },
    publish(published) {
      pages.noteNews()
      turns.add(published, pages.version)
    },
    noteNews: pages.noteNews,
    serve(state) {
      const { held } = state
      state.held = undefined
      if (state.isBeatDue && state.hasRoom) give(state, text.beat)
      state.isBeatDue = false
      if (!state.isWaiting) giveAll(state, held?.page)
      state.watcher.flush?.()
      held?.letGo()
    },
  }
}
