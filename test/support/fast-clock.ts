import type { Clock } from '../../src/ports/clock.js'

/** The machine's time, passing so many times as fast: for waits of seconds beside real sockets. */
export function fastClock(times: number): Clock {
  const startMs = Date.UTC(2026, 0, 1)
  const now = (): number => performance.now() * times
  const bornMs = now()
  return {
    now,
    date: () => new Date(startMs + now() - bornMs),
    after(ms, then) {
      const timer = setTimeout(then, ms / times)
      return () => clearTimeout(timer)
    },
  }
}
