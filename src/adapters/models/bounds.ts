type Schema = Readonly<Record<string, unknown>>

/** Lengths in a schema. Not every endpoint takes them, and an answer beyond them is still an answer. */
const bounds = new Set(['maxLength', 'maxItems', 'minItems'])

/** Whether a schema bounds the length of anything. */
export function hasBounds(schema: Schema): boolean {
  return JSON.stringify(schema) !== JSON.stringify(withoutBounds(schema))
}

/** The schema without its bounds on lengths. */
export function withoutBounds<Of extends Schema>(schema: Of): Of {
  return strip(schema) as Of
}

function strip(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strip)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]) => (bounds.has(key) && typeof inner === 'number' ? [] : [[key, strip(inner)]])),
  )
}
