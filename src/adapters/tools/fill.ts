import { placeholder } from '../../domain/placeholder.js'

/** What the placeholders in a table are filled from, by the first part of their name: `input`, `test_profile`. */
export type Fillings = Readonly<Record<string, unknown>>

/**
 * A JSON value with its placeholders filled in: `{{input.patient.id}}`. A text that is one placeholder alone becomes
 * the value itself, `null` where there is none; elsewhere a placeholder becomes text. What has another root stays as it is.
 */
export function fillIn(value: unknown, fillings: Fillings): unknown {
  if (typeof value === 'string') return fillText(value, fillings)
  if (Array.isArray(value)) return value.map(item => fillIn(item, fillings))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, fillIn(item, fillings)]))
}

function fillText(text: string, fillings: Fillings): unknown {
  const [first] = text.matchAll(placeholder)
  if (!first) return text
  if (first[0] === text) return lookUp(first[1] ?? '', text, fillings) ?? null
  return text.replaceAll(placeholder, (written, name: string) => textOf(lookUp(name, written, fillings)))
}

/** @param written  The placeholder, which is what comes of it where nobody knows its root. */
function lookUp(name: string, written: string, fillings: Fillings): unknown {
  const [root = '', ...rest] = name.split('.')
  if (!Object.hasOwn(fillings, root) || rest.length === 0) return written
  const holder = fillings[root]
  // Names may have dots themselves.
  return own(holder, rest.join('.')) ?? rest.reduce(own, holder)
}

function own(value: unknown, key: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
  return (value as Readonly<Record<string, unknown>>)[key]
}

function textOf(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}
