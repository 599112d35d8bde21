import type { RunWaiting, SuiteEvent } from '../../../domain/event.js'
import { createLiveWaits, type LiveWaits } from './live-waits.js'

/** Sends a result's events to its watchers, once they are stored. Turns and waits are sent too, although they are not stored. */
export interface LiveEvents {
  publish(result: number, events: readonly SuiteEvent[]): void
  /** @returns A function that ends the watching. */
  watch(result: number, on: (events: readonly SuiteEvent[]) => void): () => void
  /** What runs of a result wait for at present, as far as that was told since the server started. */
  waits(result: number): readonly RunWaiting[]
  /** Differs from what it was before whenever `waits` does. */
  waitsVersion(result: number): number
  /** A result is not conducted any more. */
  forget(result: number): void
}

export function createLiveEvents(): LiveEvents {
  const watchers = new Map<number, Set<(events: readonly SuiteEvent[]) => void>>()
  const waits = new Map<number, LiveWaits>()
  return {
    publish(result, events) {
      if (!waits.has(result) && events.some(({ type }) => type === 'run.waiting')) waits.set(result, createLiveWaits())
      waits.get(result)?.add(events)
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
    waits: result => waits.get(result)?.all ?? [],
    waitsVersion: result => waits.get(result)?.version ?? 0,
    forget: result => void waits.delete(result),
  }
}
