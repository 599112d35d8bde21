import type { Context } from '../context.js'

const form = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)$/
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** The longest delay of a timer; longer ones would fire at once. */
const longestMs = 2 ** 31 - 1

/**
 * Parses a duration: `250ms`, `10s`, `5m`, `1h`.
 *
 * @returns Milliseconds, rounded to the nearest; `undefined` if the text is not a duration.
 */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = form.exec(text) ?? []
  return number === undefined ? undefined : Math.round(Number(number) * unitMs[unit as keyof typeof unitMs])
}

/**
 * A duration of a map, in milliseconds; `undefined` if it is absent or had a wrong shape.
 *
 * @param least  The minimum: 1 for something that must take time.
 */
export function readDuration<Key extends string>(
  map: { readonly [Name in Key]?: string | undefined },
  key: Key,
  { places, problems }: Context,
  least: 0 | 1 = 1,
): number | undefined {
  const text = map[key]
  const ms = text === undefined ? undefined : parseDuration(text)
  if (ms === undefined) return undefined
  if (ms > longestMs) {
    problems.report('DURATION_TOO_LONG', { key, longestDays: Math.floor(longestMs / 86_400_000) }, places.value(map, key))
  }
  if (ms < least) problems.report('DURATION_ZERO', { key }, places.value(map, key))
  return ms
}
