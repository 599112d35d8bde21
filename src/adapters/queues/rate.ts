/** The shortest window that a queue's rate is held over. */
const shortestMs = 20

/**
 * A rate as BullMQ holds it: so many starts in a window that opens with the first. One start a window where that is long
 * enough, so that starts come evenly, and never faster than asked.
 */
export function rateOf(startsPerSecond: number): { readonly starts: number; readonly everyMs: number } {
  const starts = Math.max(1, Math.floor((startsPerSecond * shortestMs) / 1000))
  return { starts, everyMs: Math.ceil((starts * 1000) / startsPerSecond) }
}
