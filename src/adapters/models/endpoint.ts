import type { Clock } from '../../ports/clock.js'
import { createBeginnings } from './beginnings.js'
import { createCeiling } from './ceiling.js'
import { createLatency, type Latency } from './latency.js'

/**
 * How many requests an endpoint serves at once, found by trying. Everyone who asks the endpoint shares it, whatever the role.
 *
 * The limit doubles at first, one more for each answer, until the endpoint is slower than before or overloaded. From then on it grows by
 * one for each round of answers, shrinks in the same way while answers are slower, though not below its start, and halves when the
 * endpoint is overloaded (additive increase, multiplicative decrease, as in TCP). A limit that overloaded the endpoint is not tried again
 * soon; see {@link createCeiling}.
 */
export interface Endpoint {
  /** Waits for a place; first come, first served. @throws the signal's reason, if it aborts. */
  enter(signal: AbortSignal): Promise<Place>
  /**
   * Waits until fewer requests wait than half of those that are served at once, or than could be served now, so that another conversation can
   * begin. What begins counts as waiting until a request is made, a second at most.
   *
   * @returns `undefined` if it can begin now. @throws the signal's reason, if it aborts.
   */
  room(signal: AbortSignal): Promise<void> | undefined
}

/** A request in progress. */
export interface Place {
  /** Whether no other request has been in progress since it began, nor waited. */
  wasAlone(): boolean
  /**
   * Ends the request. Only the first call counts.
   *
   * @param kind  What was asked: answers are only compared with others of their kind.
   */
  leave(end: 'answered' | 'overloaded' | 'failed', kind: string): void
}

/** @param at  Where the limit starts, and how far it may grow. */
export function createEndpoint(at: { readonly start: number; readonly cap: number }, clock: Clock): Endpoint {
  const waiting: (() => void)[] = []
  const beginning = createBeginnings(clock, () => Math.max(Math.ceil(limit / 2), Math.floor(limit) - inProgress) - waiting.length)
  const latencies = new Map<string, Latency>()
  const ceiling = createCeiling()
  let limit = at.start
  let isSearching = true
  let inProgress = 0
  /** How many requests there have been. */
  let entered = 0
  let halvedAtMs = -Infinity

  const admitAll = (): void => {
    while (waiting.length > 0 && inProgress < Math.floor(limit)) waiting.shift()?.()
    beginning.look()
  }

  const learn = (end: 'answered' | 'overloaded', kind: string, startedMs: number): void => {
    if (end === 'overloaded') {
      isSearching = false
      // What was sent before the last cut says nothing about the new limit.
      if (startedMs < halvedAtMs) return
      halvedAtMs = clock.now()
      ceiling.overloaded(Math.floor(limit))
      limit = Math.max(1, limit / 2)
      return
    }
    ceiling.answered()
    const wasFull = inProgress >= Math.floor(limit)
    const latency = latencies.get(kind) ?? createLatency()
    latencies.set(kind, latency)
    const isSlower = latency.add(clock.now() - startedMs)
    if (isSlower) {
      limit = Math.max(Math.min(at.start, limit), isSearching ? limit / 2 : limit - 1 / limit)
      isSearching = false
    } else if (wasFull) limit = Math.min(at.cap, ceiling.most(), limit + (isSearching ? 1 : 1 / limit))
  }

  const admit = (): Place => {
    const startedMs = clock.now()
    const isAlone = inProgress === 0 && waiting.length === 0
    const before = entered
    let isOver = false
    inProgress += 1
    return {
      wasAlone: () => isAlone && entered === before,
      leave(end, kind) {
        if (isOver) return
        isOver = true
        if (end !== 'failed') learn(end, kind, startedMs)
        inProgress -= 1
        admitAll()
      },
    }
  }

  return {
    enter(signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error)
        beginning.asked()
        entered += 1
        if (waiting.length === 0 && inProgress < Math.floor(limit)) {
          resolve(admit())
          return beginning.look()
        }
        const own = (): void => {
          signal.removeEventListener('abort', giveUp)
          resolve(admit())
        }
        const giveUp = (): void => {
          waiting.splice(waiting.indexOf(own), 1)
          beginning.look()
          reject(signal.reason as Error)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.push(own)
        admitAll()
      })
    },
    room: beginning.room,
  }
}
