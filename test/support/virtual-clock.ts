import type { Clock } from '../../src/ports/clock.js'

/**
 * Time that jumps to the next timer as soon as nothing else is left to do: hours pass in milliseconds, and always in the
 * same order.
 */
export function virtualClock(): Clock {
  let nowMs = 0
  let isTicking = false
  const timers: { dueMs: number; call: () => void }[] = []

  const tick = (): void => {
    let [next] = timers
    if (!next) {
      isTicking = false
      return
    }
    // The first of those that are due at once.
    for (const timer of timers) if (timer.dueMs < next.dueMs) next = timer
    timers.splice(timers.indexOf(next), 1)
    nowMs = Math.max(nowMs, next.dueMs)
    next.call()
    settle(tick)
  }
  return {
    now: () => nowMs,
    date: () => new Date(Date.UTC(2026, 0, 1) + nowMs),
    after(ms, call) {
      const timer = { dueMs: nowMs + ms, call }
      timers.push(timer)
      if (!isTicking) {
        isTicking = true
        settle(tick)
      }
      return () => {
        const at = timers.indexOf(timer)
        if (at !== -1) timers.splice(at, 1)
      }
    },
  }
}

/** Calls back once promises have had the time to settle, and nothing is being read from or written to a disk. */
function settle(call: () => void): void {
  setImmediate(() => setImmediate(() => (isAtDisk() ? settle(call) : call())))
}

function isAtDisk(): boolean {
  return process.getActiveResourcesInfo().some(name => /^(?:FSReq|FileHandle|CloseReq)/.test(name))
}
