import type { Context } from '../context.js'

const form = /^([0-9]+(?:\.[0-9]+)?)(ms|s|m|h)$/
const unitMs = { ms: 1, s: 1000, m: 60_000, h: 3_600_000 } as const

/** What a timer can hold; longer ones would fire at once. */
const longestMs = 2 ** 31 - 1

/** @returns Milliseconds, to the nearest one; `undefined` for what is no duration: `250ms`, `10s`, `5m`, `1h`. */
export function parseDuration(text: string): number | undefined {
  const [, number, unit] = form.exec(text) ?? []
  return number === undefined ? undefined : Math.round(Number(number) * unitMs[unit as keyof typeof unitMs])
}

/**
 * A duration of a map, in milliseconds; `undefined` where there is none, or where its shape was wrong.
 *
 * @param least  For what has to take some time: 1.
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
