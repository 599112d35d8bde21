/**
 * What a JSON Pointer (RFC 6901) points to.
 *
 * @returns `undefined` where there is nothing; JSON itself has no such value.
 */
export function resolvePointer(document: unknown, pointer: string): unknown {
  let value = document
  for (const token of pointer.split('/').slice(1)) {
    const key = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    if (Array.isArray(value) && !/^(0|[1-9][0-9]*)$/.test(key)) return undefined
    value = (value as Record<string, unknown>)[key]
  }
  return value
}
