import { setMaxListeners } from 'node:events'
import { FaultError, type Fault } from '../../domain/fault.js'
import { usualConcurrency, type SpeechSettings } from '../../domain/speech-settings.js'
import { waitFor, type Clock, type Random } from '../../ports/clock.js'
import { isLocal } from '../network/base-address.js'
import { boundedBy } from '../network/bounded.js'
import { createLimiter } from '../network/limiter.js'

/** How an engine is asked once. */
export interface Attempt {
  /** Aborts when its time is over, or nobody needs the answer any more. */
  readonly signal: AbortSignal
  /** A part of the answer came: the time-out begins anew. */
  heard(): void
}

/** Asks an engine, within its limits, with its time-out and its retries. */
export interface Requests {
  /**
   * @param over  Called after each attempt that may have cost something, with what it made, if it made anything.
   * @throws {FaultError} when the last attempt does. When the signal aborts, its reason.
   */
  send<T>(once: (attempt: Attempt) => Promise<T>, signal: AbortSignal, over: (made?: T) => void): Promise<T>
}

export interface RequestsUse {
  readonly clock: Clock
  /** Spreads retries over time. */
  readonly random?: Random
  /** The fault of an attempt that took too long. */
  timedOut(how: { readonly withinMs: number; readonly hasBegun: boolean }): Fault
}

/** How many requests an engine gets at once. */
export function mostAtOnce(settings: SpeechSettings): number {
  const { engine, limits } = settings
  return limits.concurrency ?? usualConcurrency(engine, engine === 'openai' && isLocal(settings.baseUrl))
}

const firstDelayMs = 500
const longestDelayMs = 30_000
/** If a server asks for a longer wait, the request fails: a call cannot wait that long. */
export const longestWaitMs = 120_000

export function createRequests(settings: SpeechSettings, { clock, random = Math.random, timedOut }: RequestsUse): Requests {
  const { retries, timeoutMs } = settings
  const limiter = createLimiter({ ...settings.limits, concurrency: mostAtOnce(settings) }, clock)

  const sendOnce: Requests['send'] = async (once, signal, over) => {
    const pass = await limiter.enter(0, signal)
    const bounded = boundedBy(signal, timeoutMs, clock)
    try {
      const made = await once({ signal: bounded.signal, heard: bounded.renew })
      over(made)
      return made
    } catch (cause) {
      // What was asked for is paid, even if nobody waits for it any more.
      if (bounded.signal.aborted) over()
      signal.throwIfAborted()
      if (bounded.signal.aborted) throw new FaultError(timedOut(bounded.passed()))
      throw cause
    } finally {
      bounded.release()
      pass.leave()
    }
  }

  return {
    async send(once, signal, over) {
      // All words of a suite may wait with one signal. Node warns of more than ten.
      setMaxListeners(0, signal)
      for (let retry = 0; ; retry += 1) {
        try {
          return await sendOnce(once, signal, over)
        } catch (cause) {
          signal.throwIfAborted()
          if (!(cause instanceof FaultError)) throw cause
          const { isFinal, retryAfterMs = 0 } = cause.fault
          if (isFinal || retry >= retries || retryAfterMs > longestWaitMs) throw cause
          const delayMs = Math.min(longestDelayMs, firstDelayMs * 2 ** retry) * (0.5 + random() / 2)
          if (retryAfterMs > 0) limiter.pause(retryAfterMs)
          await waitFor(Math.max(delayMs, retryAfterMs), clock, signal)
        }
      }
    },
  }
}
