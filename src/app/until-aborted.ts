/**
 * Resolves once the signal is aborted; never, where there is none.
 *
 * @param over  Aborted when nobody waits any more: a signal that outlives many who wait is then rid of each of them.
 */
export function untilAborted(signal: AbortSignal | undefined, over?: AbortSignal): Promise<void> {
  return new Promise(resolve => {
    if (signal?.aborted) resolve()
    signal?.addEventListener('abort', () => resolve(), { once: true, ...(over && { signal: over }) })
  })
}
