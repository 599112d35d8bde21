/** The shortest window of a queue's rate. */
const shortestMs = 20

/**
 * A rate in BullMQ's terms: a number of starts per window, which opens with the first start. Uses one start per window
 * where the window is long enough, so that starts are evenly spaced and never faster than asked.
 */
export function rateOf(startsPerSecond: number): { readonly starts: number; readonly everyMs: number } {
  const starts = Math.max(1, Math.floor((startsPerSecond * shortestMs) / 1000))
  return { starts, everyMs: Math.ceil((starts * 1000) / startsPerSecond) }
}
