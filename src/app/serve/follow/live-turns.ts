import type { RunTurn, SuiteEvent } from '../../../domain/event.js'

/** A turn that is not stored, ready to send. */
export interface LiveTurn {
  /** Grows from turn to turn. */
  readonly place: number
  /** The version of the stored events that contains the start of its run. */
  readonly version: number
  readonly bytes: Buffer
}

/** The newest turns of a result's runs in progress. */
export interface LiveTurns {
  /** The place of the newest turn. */
  readonly last: number
  add(events: readonly SuiteEvent[], version: number): void
  /** Drops the turns of runs that are over: they would come after the ends of their runs, which contain them. */
  forget(over: ReadonlySet<number>): void
  /** The turns after a place, oldest first, of those that need no later version of the stored events. */
  after(place: number, version: number): Iterable<LiveTurn>
}

/** A reader that falls further behind than this misses turns. They come again with the ends of their runs. */
const mostTurns = 500

export function createLiveTurns(encode: (event: RunTurn) => Buffer): LiveTurns {
  let kept: (LiveTurn & { readonly index: number })[] = []
  let last = 0

  return {
    get last() {
      return last
    },
    add(events, version) {
      const over = new Set(events.flatMap(event => (event.type === 'run.ended' ? [event.index] : [])))
      for (const event of events) {
        if (event.type !== 'run.turn' || over.has(event.index)) continue
        last += 1
        kept.push({ place: last, version, index: event.index, bytes: encode(event) })
      }
      if (kept.length > mostTurns) kept = kept.slice(-mostTurns)
    },
    forget(over) {
      if (over.size > 0) kept = kept.filter(({ index }) => !over.has(index))
    },
    *after(place, version) {
      for (const turn of kept) if (turn.place > place && turn.version <= version) yield turn
    },
  }
}
