import { HostedServiceError } from '../../ports/hosted-service.js'
import type { Clock } from '../../ports/clock.js'
import { ApiFailure } from './api-client.js'

/** Waits double from the first to the longest, but for what the service asks for. */
const firstWaitMs = 500
const longestWaitMs = 10_000
/** A service that wants to be left alone for longer is not waited for. */
const mostAskedForMs = 300_000

export interface RetryLimits {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** How long it is tried. */
  readonly forMs: number
}

/**
 * Asks for something that may be asked for more than once, until there is an answer, or no use in going on.
 *
 * @throws {HostedServiceError} When the signal aborted, the abort's reason.
 */
export async function tryAgain<Answer>(ask: () => Promise<Answer>, { clock, signal, forMs }: RetryLimits): Promise<Answer> {
  const startedMs = clock.now()
  for (let tries = 0; ; tries += 1) {
    try {
      return await ask()
    } catch (cause) {
      signal.throwIfAborted()
      const waitMs = waitBefore(cause, tries)
      if (waitMs === undefined || clock.now() + waitMs - startedMs > forMs) throw asServiceError(cause)
      await pause(waitMs, clock, signal)
    }
  }
}

/** How long to wait before another try; `undefined` where that is of no use. */
export function waitBefore(cause: unknown, tries: number): number | undefined {
  if (!(cause instanceof ApiFailure) || isRefusal(cause)) return undefined
  const askedForMs = cause.trouble.retryAfterMs ?? 0
  return askedForMs > mostAskedForMs ? undefined : Math.max(askedForMs, Math.min(firstWaitMs * 2 ** tries, longestWaitMs))
}

/** The failure, as who uses the service hears of it. */
export function asServiceError(cause: unknown): unknown {
  if (!(cause instanceof ApiFailure)) return cause
  return new HostedServiceError(isRefusal(cause) ? 'refused' : 'unavailable', cause.message, cause.trouble.retryAfterMs)
}

/** Resolves after a time, or rejects with the abort's reason. */
export async function pause(ms: number, clock: Clock, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  await new Promise<void>(resolve => {
    const done = (): void => {
      cancel()
      signal.removeEventListener('abort', done)
      resolve()
    }
    const cancel = clock.after(ms, done)
    signal.addEventListener('abort', done)
  })
  signal.throwIfAborted()
}

/** The same would be answered again. */
function isRefusal({ trouble: { kind, status = 0 } }: ApiFailure): boolean {
  return kind === 'answered' && status < 500 && status !== 429
}
