import type { Clock } from '../../ports/clock.js'

/** Resolves when the next start is due: starts are spread evenly, never faster than the rate. */
export type Pace = () => Promise<void> | undefined

/** @param perSecond  Starts in a second at most; `undefined` for no bound. */
export function createPace(perSecond: number | undefined, clock: Clock): Pace {
  if (perSecond === undefined) return () => undefined
  const gapMs = 1000 / perSecond
  let nextMs = clock.now()
  return () => {
    const now = clock.now()
    const startMs = Math.max(now, nextMs)
    nextMs = startMs + gapMs
    return startMs === now ? undefined : new Promise(resolve => void clock.after(startMs - now, resolve))
  }
}
