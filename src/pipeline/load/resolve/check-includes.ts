import type { Context } from '../context.js'

/** Reports every `{ includes: [] }` in the value at a key: it would match any list. */
export function checkIncludes(container: object, key: string, context: Context): void {
  const value: unknown = (container as Readonly<Record<string, unknown>>)[key]
  if (typeof value !== 'object' || value === null) return
  const names = Object.keys(value)
  if (
    names.length === 1 &&
    names[0] === 'includes' &&
    'includes' in value &&
    Array.isArray(value.includes) &&
    value.includes.length === 0
  ) {
    return context.problems.report('INCLUDES_EMPTY', {}, context.places.value(value, 'includes'))
  }
  for (const name of names) checkIncludes(value, name, context)
}
