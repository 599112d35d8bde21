import type { Clock } from '../../ports/clock.js'

/**
 * Keeps requests to a model or a speech engine within the limits that its suite sets. Everyone who asks it shares the limiter. First come,
 * first served.
 */
export interface Limiter {
  /**
   * Waits until a request can be sent.
   *
   * @param tokens  An estimate of what the request uses.
   * @throws the signal's reason, if it aborts.
   */
  enter(tokens: number, signal: AbortSignal): Promise<Pass>
  /** Stops sending for this long, because the endpoint asked for it. */
  pause(ms: number): void
}

/** A request in progress. */
export interface Pass {
  /** Ends the request. @param tokens  What the endpoint counted; without it, the estimate counts. */
  leave(tokens?: number): void
}

const minuteMs = 60_000

/** What a suite sets. */
export interface RequestLimits {
  readonly concurrency?: number
  readonly requestsPerMinute?: number
  readonly tokensPerMinute?: number
}

export function createLimiter({ concurrency = Infinity, requestsPerMinute, tokensPerMinute }: RequestLimits, clock: Clock): Limiter {
  const waiting: { tokens: number; admit: () => void }[] = []
  /** Requests of the last minute, oldest first; kept only if the model has a limit per minute. */
  const sent: { atMs: number; tokens: number }[] = []
  const isMetered = requestsPerMinute !== undefined || tokensPerMinute !== undefined
  let inProgress = 0
  let pausedUntilMs = -Infinity
  let cancelAlarm: (() => void) | undefined

  /** The clock's time at which the limits per minute allow the request. */
  const roomAtMs = (tokens: number): number => {
    const nowMs = clock.now()
    while (sent[0] && sent[0].atMs <= nowMs - minuteMs) sent.shift()
    let requestsOver = sent.length + 1 - (requestsPerMinute ?? Infinity)
    let tokensOver = sent.reduce((sum, each) => sum + each.tokens, tokens) - (tokensPerMinute ?? Infinity)
    let atMs = Math.max(nowMs, pausedUntilMs)
    // A request larger than a minute's tokens goes alone.
    for (const each of sent) {
      if (requestsOver <= 0 && tokensOver <= 0) break
      requestsOver -= 1
      tokensOver -= each.tokens
      atMs = Math.max(atMs, each.atMs + minuteMs)
    }
    return atMs
  }

  const admitAll = (): void => {
    cancelAlarm?.()
    cancelAlarm = undefined
    for (let next = waiting[0]; next && inProgress < concurrency; next = waiting[0]) {
      const inMs = roomAtMs(next.tokens) - clock.now()
      if (inMs > 0) {
        cancelAlarm = clock.after(inMs, admitAll)
        return
      }
      waiting.shift()
      next.admit()
    }
  }

  const admit = (tokens: number): Pass => {
    const own = { atMs: clock.now(), tokens }
    inProgress += 1
    if (isMetered) sent.push(own)
    let isOver = false
    return {
      leave(taken) {
        if (isOver) return
        isOver = true
        inProgress -= 1
        own.tokens = taken ?? tokens
        admitAll()
      },
    }
  }

  /** Nobody waits, and there is no limit that the request could exceed. */
  const hasRoom = (): boolean => waiting.length === 0 && inProgress < concurrency && !isMetered && pausedUntilMs <= clock.now()

  return {
    enter(tokens, signal) {
      return new Promise((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason as Error)
        if (hasRoom()) return resolve(admit(tokens))
        const own = {
          tokens,
          admit: () => {
            signal.removeEventListener('abort', giveUp)
            resolve(admit(tokens))
          },
        }
        const giveUp = (): void => {
          waiting.splice(waiting.indexOf(own), 1)
          reject(signal.reason as Error)
          admitAll()
        }
        signal.addEventListener('abort', giveUp, { once: true })
        waiting.push(own)
        admitAll()
      })
    },
    pause(ms) {
      pausedUntilMs = Math.max(pausedUntilMs, clock.now() + ms)
    },
  }
}
