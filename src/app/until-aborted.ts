/**
 * Resolves once the signal is aborted; never without a signal.
 *
 * @param over  Aborted when nobody waits any more. This removes the listener from a signal that outlives its waiters.
 */
export function untilAborted(signal: AbortSignal | undefined, over?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) resolve()
    signal?.addEventListener('abort', () => resolve(), { once: true, ...(over && { signal: over }) })
  })
}
