import { stringifyExact } from '../../domain/exact-number.js'
import { placeholder } from '../../domain/placeholder.js'

/** The values for a table's placeholders, by the first part of their names: `input`, `test_profile`. */
export type Fillings = Readonly<Record<string, unknown>>

/**
 * Fills in a JSON value's placeholders: `{{input.patient.id}}`. A text that is exactly one placeholder becomes the
 * value itself, `null` if there is none; otherwise the placeholder becomes text. Placeholders with an unknown root
 * stay.
 */
export function fillIn(value: unknown, fillings: Fillings): unknown {
  if (typeof value === 'string') return fillText(value, fillings)
  if (Array.isArray(value)) return value.map(item => fillIn(item, fillings))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [textOf(fillText(key, fillings)), fillIn(item, fillings)]))
}

function fillText(text: string, fillings: Fillings): unknown {
  const [first] = text.matchAll(placeholder)
  if (!first) return text
  if (first[0] === text) return lookUp(first[1] ?? '', text, fillings) ?? null
  return text.replaceAll(placeholder, (written, name: string) => textOf(lookUp(name, written, fillings)))
}

/** @param written  The placeholder itself, which stays if its root is unknown. */
function lookUp(name: string, written: string, fillings: Fillings): unknown {
  const [root = '', ...rest] = name.split('.')
  if (!Object.hasOwn(fillings, root) || rest.length === 0) return written
  const holder = fillings[root]
  // Names can contain dots.
  return own(holder, rest.join('.')) ?? rest.reduce(own, holder)
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Readonly<Record<string, unknown>>)[key]
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : stringifyExact(value)
}
