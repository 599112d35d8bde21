import type { RunWaiting, SuiteEvent } from '../../../domain/event.js'

/** What the runs of one result wait for at present. It is not stored, so whoever comes late learns it here. */
export interface LiveWaits {
  readonly all: readonly RunWaiting[]
  /** Grows with each change. */
  readonly version: number
  add(events: readonly SuiteEvent[]): void
}

export function createLiveWaits(): LiveWaits {
  /** By the run's index. */
  const waiting = new Map<number, RunWaiting>()
  let version = 0
  const end = (index: number): void => {
    if (waiting.delete(index)) version += 1
  }
  return {
    get all() {
      return [...waiting.values()]
    },
    get version() {
      return version
    },
    add(events) {
      for (const event of events) {
        if (event.type === 'run.ended' || event.type === 'run.retrying') end(event.index)
        else if (event.type === 'run.waiting' && !event.lacks) end(event.index)
        else if (event.type === 'run.waiting') {
          waiting.set(event.index, event)
          version += 1
        }
      }
    },
  }
}
