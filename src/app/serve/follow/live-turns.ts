import type { RunTurn, RunWaiting, SuiteEvent } from '../../../domain/event.js'

/** An event that is not stored, ready to send: a turn, or what a run waits for. */
export interface LiveTurn {
  /** Grows from one to the next. */
  readonly place: number
  /** The version of the stored events that contains the start of its run. */
  readonly version: number
  readonly bytes: Buffer
}

/** How far a reader has come, and where it began: it is not told of turns from before. */
export interface TurnReader {
  readonly turn: number
  readonly joined: number
}

/** The newest turns of a result's runs in progress, and what they wait for. */
export interface LiveTurns {
  /** The place of the newest. */
  readonly last: number
  add(events: readonly SuiteEvent[], version: number): void
  /** Drops those of runs that are over: they would come after the ends of their runs, which contain them. */
  forget(over: ReadonlySet<number>): void
  /** Those that a reader does not have, oldest first, of those that need no later version of the stored events. */
  after(reader: TurnReader, version: number): Iterable<LiveTurn>
}

/** A reader that falls further behind than this misses turns. They come again with the ends of their runs. */
const mostTurns = 500

interface Kept extends LiveTurn {
  readonly index: number
  /** Whether it still holds: then it is for those who join later, too. */
  readonly isWait: boolean
}

export function createLiveTurns(encode: (event: RunTurn | RunWaiting) => Buffer): LiveTurns {
  let kept: Kept[] = []
  let last = 0
  const endWait = (index: number): void => void (kept = kept.filter(each => !each.isWait || each.index !== index))

  return {
    get last() {
      return last
    },
    add(events, version) {
      const over = new Set(events.flatMap(event => (event.type === 'run.ended' ? [event.index] : [])))
      for (const event of events) {
        if (event.type === 'run.waiting' || event.type === 'run.retrying') endWait(event.index)
        if ((event.type !== 'run.turn' && event.type !== 'run.waiting') || over.has(event.index)) continue
        last += 1
        const isWait = event.type === 'run.waiting' && event.lacks !== undefined
        kept.push({ place: last, version, index: event.index, bytes: encode(event), isWait })
      }
      if (kept.length > mostTurns) kept = newest(kept)
    },
    forget(over) {
      if (over.size > 0) kept = kept.filter(({ index }) => !over.has(index))
    },
    *after({ turn, joined }, version) {
      for (const each of kept) if (each.place > turn && (each.place > joined || each.isWait) && each.version <= version) yield each
    },
  }
}

/** What still holds, and the newest of the rest. */
function newest(kept: readonly Kept[]): Kept[] {
  let spare = kept.length - mostTurns
  return kept.filter(({ isWait }) => isWait || (spare -= 1) < 0)
}
