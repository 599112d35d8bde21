import type { Clock } from '../../ports/clock.js'

/** Spreads starts evenly, so that they never exceed a rate. */
export interface Pace {
  /**
   * Reserves the next start.
   *
   * @returns When it is due, by the clock.
   */
  reserveMs(): number
}

/** @param perSecond  Maximum starts per second; `undefined` for no limit. */
export function createPace(perSecond: number | undefined, clock: Clock): Pace {
  if (perSecond === undefined) return { reserveMs: () => -Infinity }
  const gapMs = 1000 / perSecond
  let nextMs = clock.now()
  return {
    reserveMs() {
      const dueMs = Math.max(clock.now(), nextMs)
      nextMs = dueMs + gapMs
      return dueMs
    },
  }
}
