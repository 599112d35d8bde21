import { haveSameValue, isExactNumber } from './exact-number.js'
import { FilledValue } from './filled-value.js'
import { foldForm, foldText } from './fold-text.js'
import { isRecord } from './json-value.js'

/**
 * How values are compared. `given`: as they are. `any`: a text equals all texts that fold to the same, a key all keys that look the same,
 * and a value that a variable filled in any text or number that reads the same.
 */
export type Reading = 'given' | 'any'

/**
 * Whether two JSON values are equal in depth, whatever the order of their keys. Numbers are compared by value, however
 * many digits they have, and never equal strings.
 *
 * @param b  May contain values that variables filled in.
 */
export function jsonEqual(a: unknown, b: unknown, reading: Reading = 'given'): boolean {
  if (b instanceof FilledValue) return jsonEqual(a, b.value, reading) || (reading === 'any' && b.readsLike(a))
  if (a === b) return true
  if (typeof a === 'string' && typeof b === 'string') return reading === 'any' && foldText(a).trim() === foldText(b).trim()
  if (isExactNumber(a) || isExactNumber(b)) return haveSameValue(a, b)
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) || Array.isArray(b)) {
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((each, i) => jsonEqual(each, b[i], reading))
  }
  const parts = Object.entries(b)
  return parts.length === Object.keys(a).length && parts.every(([key, part]) => jsonEqual(partOf(a, key, reading), part, reading))
}

/**
 * Whether a JSON value contains everything wanted: objects partially, in depth; everything else, lists too, exactly. `{ includes:
 * [...] }` matches a list partially: for each item wanted, the list has one that contains it.
 */
export function covers(value: unknown, wanted: unknown, reading: Reading = 'given'): boolean {
  return differences(value, wanted, reading).next().done === true
}

/** Where a value differs from what is wanted: a path for people (`patient.id`), and the value found there. */
export interface Difference {
  readonly path: string
  readonly found: unknown
  readonly wanted: unknown
}

/** Every place where a JSON value lacks something wanted, as {@link covers} compares. */
export function* differences(value: unknown, wanted: unknown, reading: Reading = 'given', path = ''): Generator<Difference> {
  const included = includedIn(wanted)
  if (included && Array.isArray(value)) {
    if (included.some(item => !value.some(each => covers(each, item, reading)))) yield { path, found: value, wanted }
    return
  }
  if (!isRecord(wanted) || !isRecord(value) || wanted instanceof FilledValue || isExactNumber(wanted) || isExactNumber(value)) {
    if (!jsonEqual(value, wanted, reading)) yield { path, found: value, wanted }
    return
  }
  for (const [key, part] of Object.entries(wanted)) {
    yield* differences(partOf(value, key, reading), part, reading, path === '' ? key : `${path}.${key}`)
  }
}

/** The items of `{ includes: [...] }`; `undefined` for anything else. */
function includedIn(wanted: unknown): readonly unknown[] | undefined {
  if (!isRecord(wanted) || Object.keys(wanted).length !== 1) return undefined
  const items = own(wanted, 'includes')
  return Array.isArray(items) ? items : undefined
}

function partOf(value: object, key: string, reading: Reading): unknown {
  if (reading === 'given' || Object.hasOwn(value, key)) return own(value, key)
  const alike = Object.keys(value).find(each => foldForm(each) === foldForm(key))
  return alike === undefined ? undefined : own(value, alike)
}

/** `undefined` if there is none; JSON has no such value. */
function own(value: object, key: string): unknown {
  return Object.hasOwn(value, key) ? (value as Record<string, unknown>)[key] : undefined
}
