import type { Clock } from '../../ports/clock.js'

/** Conversations that want to begin, and those that have begun and not asked for anything yet. */
export interface Beginnings {
  /** As `room` of an endpoint. */
  room(signal: AbortSignal): Promise<void> | undefined
  /** A request was made, so that a conversation that has begun is now seen in the queue. */
  asked(): void
  /** Lets begin what there is room for. */
  look(): void
}

/** After this long without a request, a conversation is with its agent. */
const longestMs = 1000

/** @param free  How many more requests the endpoint's queue may have. */
export function createBeginnings(clock: Clock, free: () => number): Beginnings {
  const waiting: (() => void)[] = []
  /** When conversations began that have not asked yet, oldest first. */
  let begunAtMs: number[] = []
  let cancelAlarm: (() => void) | undefined

  const hasRoom = (): boolean => {
    begunAtMs = begunAtMs.filter(atMs => clock.now() - atMs < longestMs)
    return begunAtMs.length < free()
  }
  const begin = (): undefined => {
    begunAtMs.push(clock.now())
  }

  const look = (): void => {
    while (waiting.length > 0 && hasRoom()) {
      begin()
      waiting.shift()?.()
    }
    cancelAlarm?.()
    const [oldest] = begunAtMs
    cancelAlarm = waiting.length > 0 && oldest !== undefined ? clock.after(oldest + longestMs - clock.now(), look) : undefined
  }

  return {
    room(signal) {
      if (waiting.length === 0 && hasRoom()) return begin()
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error)
        const own = (): void => {
          signal.removeEventListener('abort', giveUp)
          resolve()
        }
        const giveUp = (): void => {
          waiting.splice(waiting.indexOf(own), 1)
          look()
          reject(signal.reason as Error)
        }
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.push(own)
        look()
      })
    },
    asked: () => void begunAtMs.shift(),
    look,
  }
}
