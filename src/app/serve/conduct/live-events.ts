import type { SuiteEvent } from '../../../domain/event.js'

/** Tells who watches a result what happens, once it is stored. Turns are told too, though they are not stored. */
export interface LiveEvents {
  tell(result: number, events: readonly SuiteEvent[]): void
  /** @returns What ends the watching. */
  watch(result: number, on: (events: readonly SuiteEvent[]) => void): () => void
}

export function createLiveEvents(): LiveEvents {
  const watchers = new Map<number, Set<(events: readonly SuiteEvent[]) => void>>()
  return {
    tell(result, events) {
      for (const on of watchers.get(result) ?? []) on(events)
    },
    watch(result, on) {
      const own = watchers.get(result) ?? new Set()
      watchers.set(result, own.add(on))
      return () => {
        own.delete(on)
        if (own.size === 0) watchers.delete(result)
      }
    },
  }
}
