const longestMs = 24 * 60 * 60 * 1000

/**
 * How long a Retry-After header asks to wait: seconds (some servers send fractions), or a date.
 *
 * @param header  The header's value; if it occurs several times, the first counts.
 * @param now  The time of day, for a date.
 * @returns Whole milliseconds, at most a day; 0 for a date in the past. `undefined` without a readable header.
 * @see RFC 9110, 10.2.3 and 5.6.7
 */
export function readRetryAfter(header: string | readonly string[] | null | undefined, now: Date): number | undefined {
  const value = (typeof header === 'string' ? header : header?.[0])?.trim()
  if (!value) return undefined
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : timeOf(value) - now.getTime()
  return Number.isNaN(ms) ? undefined : Math.min(longestMs, Math.max(0, Math.ceil(ms)))
}

/** Milliseconds since 1970 of an HTTP date, or NaN. */
function timeOf(date: string): number {
  // All three forms begin with a day name; `Date.parse` alone would accept `-5` as a date.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(date)) return Number.NaN
  // The asctime() form omits its time zone, GMT.
  return Date.parse(date.endsWith('GMT') ? date : `${date} GMT`)
}
