import type { SuiteEvent } from '../../../domain/event.js'

/** Sends a result's events to its watchers, once they are stored. Turns are sent too, although they are not stored. */
export interface LiveEvents {
  publish(result: number, events: readonly SuiteEvent[]): void
  /** @returns A function that ends the watching. */
  watch(result: number, on: (events: readonly SuiteEvent[]) => void): () => void
}

export function createLiveEvents(): LiveEvents {
  const watchers = new Map<number, Set<(events: readonly SuiteEvent[]) => void>>()
  return {
    publish(result, events) {
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
