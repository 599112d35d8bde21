const longestMs = 24 * 60 * 60 * 1000

/**
 * How long a Retry-After header asks to wait: seconds (some servers send fractions of them), or a date.
 *
 * @param header  The header's value; where it was sent several times, the first counts.
 * @param now  The time of day, for a date.
 * @returns Whole milliseconds, at most a day; 0 for a date in the past. `undefined` where there is no header that can be read.
 * @see RFC 9110, 10.2.3 and 5.6.7
 */
export function readRetryAfter(header: string | readonly string[] | null | undefined, now: Date): number | undefined {
  const value = (typeof header === 'string' ? header : header?.[0])?.trim()
  if (!value) return undefined
  const ms = /^\d+(\.\d+)?$/.test(value) ? Number(value) * 1000 : timeOf(value) - now.getTime()
  return Number.isNaN(ms) ? undefined : Math.min(longestMs, Math.max(0, Math.ceil(ms)))
}

/** Milliseconds since 1970 of a date as HTTP writes it, or NaN. */
function timeOf(date: string): number {
  // All three forms begin with the name of a day; `Date.parse` alone would take `-5` for a date.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(date)) return Number.NaN
  // The form of asctime() leaves its time zone, GMT, out.
  return Date.parse(date.endsWith('GMT') ? date : `${date} GMT`)
}
