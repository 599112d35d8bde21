import { HostedServiceError } from '../../ports/hosted-service.js'
import type { Clock } from '../../ports/clock.js'
import { ApiFailure } from './api-client.js'

/** Waits double from the first to the longest, unless the service asks for a time. */
const firstWaitMs = 500
const longestWaitMs = 10_000
/** If the service asks for a longer wait than this, the client gives up. */
const mostAskedForMs = 300_000

export interface RetryLimits {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** How long to keep trying. */
  readonly forMs: number
}

/**
 * Sends a request that is safe to repeat, until there is an answer or no point in retrying.
 *
 * @throws {HostedServiceError} When the signal aborted, the abort's reason.
 */
export async function retry<Answer>(ask: () => Promise<Answer>, { clock, signal, forMs }: RetryLimits): Promise<Answer> {
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

/** How long to wait before the next try; `undefined` if a retry is pointless. */
export function waitBefore(cause: unknown, tries: number): number | undefined {
  if (!(cause instanceof ApiFailure) || isRefusal(cause)) return undefined
  const askedForMs = cause.trouble.retryAfterMs ?? 0
  return askedForMs > mostAskedForMs ? undefined : Math.max(askedForMs, Math.min(firstWaitMs * 2 ** tries, longestWaitMs))
}

/** The failure in the terms of the hosted service's port. */
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

/** Whether a retry would get the same answer. */
function isRefusal({ trouble: { kind, status = 0, isFinal } }: ApiFailure): boolean {
  return isFinal === true || (kind === 'answered' && status < 500 && status !== 429)
}
