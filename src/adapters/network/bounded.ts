import type { Clock } from '../../ports/clock.js'

/** An answer that comes in parts may take this many times as long as a silence, as a whole. */
const longestStream = 5

/** A request with a bound on its time. */
export interface Bounded {
  readonly signal: AbortSignal
  /** What was exceeded, and whether there was no silence at first. */
  passed(): { readonly withinMs: number; readonly hasBegun: boolean }
  /** There was no silence until now. */
  renew(): void
  release(): void
}

/**
 * A signal that aborts with another signal, or when there was silence for so long, or when the whole took a few times as long. Release it,
 * because the other signal lives longer.
 */
export function boundedBy(signal: AbortSignal, silenceMs: number, clock: Clock): Bounded {
  const wholeMs = longestStream * silenceMs
  const startedMs = clock.now()
  const controller = new AbortController()
  let withinMs = 0
  let hasBegun = false
  const abort = (): void => controller.abort(signal.reason)
  const alarm = (ms: number, inMs = ms): (() => void) =>
    clock.after(inMs, () => {
      withinMs = ms
      controller.abort(new Error('timed out'))
    })
  let cancel = alarm(silenceMs)
  // Most answers come whole: a silence ends before the whole time does.
  let cancelWhole: (() => void) | undefined
  signal.addEventListener('abort', abort, { once: true })
  if (signal.aborted) abort()
  return {
    signal: controller.signal,
    passed: () => ({ withinMs, hasBegun }),
    renew() {
      hasBegun = true
      cancel()
      cancel = alarm(silenceMs)
      cancelWhole ??= alarm(wholeMs, startedMs + wholeMs - clock.now())
    },
    release() {
      cancel()
      cancelWhole?.()
      signal.removeEventListener('abort', abort)
    },
  }
}
