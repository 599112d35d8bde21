import type { Clock } from '../../ports/clock.js'

/**
 * A clock for tests. Time moves only through waits, each of which ends exactly when it is due. A suite whose agent
 * answers at once takes 0 ms on any machine, so its reports are always the same bytes.
 *
 * @param start  The time of day at the start, ISO 8601.
 */
export function logicalClock(start: string): Clock {
  const startMs = Date.parse(start)
  if (Number.isNaN(startMs)) throw new RangeError(`"${start}" is no time of the form 2026-01-31T12:00:00Z`)
  let nowMs = 0
  return {
    now: () => nowMs,
    date: () => new Date(startMs + nowMs),
    after(ms, then) {
      const dueMs = nowMs + ms
      const timer = setTimeout(() => {
        nowMs = Math.max(nowMs, dueMs)
        then()
      }, ms)
      return () => clearTimeout(timer)
    },
  }
}
