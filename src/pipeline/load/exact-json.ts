import { asWritten, escapedKey } from '../../domain/exact-number.js'
import type { Places } from './places.js'

/**
 * The JSON value at a key of a suite, with numbers of as many digits as are written.
 *
 * @param isSent  It is sent as it is written: 1.10 stays 1.10.
 */
export function exactJson(container: object, key: string, places: Pick<Places, 'written'>, isSent = false): unknown {
  const value: unknown = (container as Readonly<Record<string, unknown>>)[key]
  if (typeof value === 'number') {
    const written = places.written(container, key)
    return written === undefined ? value : asWritten(value, written, isSent)
  }
  if (Array.isArray(value)) return value.map((_, index) => exactJson(value, String(index), places, isSent))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.keys(value).map(name => [escapedKey(name), exactJson(value, name, places, isSent)]))
}
