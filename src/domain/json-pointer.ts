/** The keys in a JSON Pointer (RFC 6901), outermost first. */
export function pointerSegments(pointer: string): string[] {
  return pointer
    .split('/')
    .slice(1)
    .map(token => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/**
 * The value at a path of keys in a JSON value.
 *
 * @returns `undefined` if there is nothing; JSON itself has no such value.
 */
export function valueAt(json: unknown, segments: readonly string[]): unknown {
  let value = json
  for (const key of segments) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    if (Array.isArray(value) && !/^(0|[1-9][0-9]*)$/.test(key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}

/** The value at a JSON Pointer (RFC 6901); `undefined` if there is nothing. */
export function resolvePointer(json: unknown, pointer: string): unknown {
  return valueAt(json, pointerSegments(pointer))
}
