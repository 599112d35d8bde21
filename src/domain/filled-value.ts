import { canonicalNumber, writtenOf } from './exact-number.js'
import type { Scalar } from './document.js'

/**
 * The value of a variable that fills in a whole text of JSON. Variables are written as texts and as numbers for the same thing
 * (`01002`, `"1002"`, 1002), so it has two readings: the value as it is given, and any text or number that reads the same.
 */
export class FilledValue {
  constructor(readonly value: Scalar) {}

  /** Whether a JSON value reads like it: the same text, or a number or text of the same value. */
  readsLike(value: unknown): boolean {
    const text = textOf(value)
    if (text === undefined) return false
    return canonicalNumber(text) === canonicalNumber(textOf(this.value) ?? '') || (this.value === null && text === '')
  }
}

/** What a variable's text, or a JSON value, says as a text; `undefined` for lists, maps and what is missing. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value.trim()
  if (typeof value === 'boolean' || value === null) return String(value)
  return writtenOf(value)
}

/** A JSON value with each filled-in value as it is given. */
export function asGiven(value: unknown): unknown {
  if (value instanceof FilledValue) return value.value
  if (Array.isArray(value)) return value.map(asGiven)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, asGiven(part)]))
}
