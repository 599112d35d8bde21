import { get, pointerSegments, type Json } from '@hyperjump/json-pointer'
import { excerpt } from '../../../domain/excerpt.js'

/** Finds a value in JSON; `undefined` where there is none. */
export type Find = (json: unknown) => unknown

/**
 * Compiles a JSON Pointer (RFC 6901); without one, nothing is ever found.
 *
 * @throws {Error} when it is no pointer.
 */
export function compilePointer(pointer: string | undefined): Find {
  if (pointer === undefined) return () => undefined
  const find = get(pointer)
  return json => {
    try {
      return find(json as Json)
    } catch (error) {
      // It leads through something that holds nothing.
      if (error instanceof TypeError) return undefined
      throw error
    }
  }
}

/** What there is instead of what a pointer was to find, for a message: the keys beside which it should be. */
export function describeMiss(json: unknown, pointer: string): string {
  let parent = json
  let place = ''
  for (const segment of pointerSegments(pointer)) {
    const child = compilePointer(`/${segment.replaceAll('~', '~0').replaceAll('/', '~1')}`)(parent)
    if (child === undefined || child === null) break
    parent = child
    place += `/${segment}`
  }
  return `${place || 'the answer'} is ${outline(parent)}`
}

function outline(value: unknown): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : `a ${typeof value}`
  const keys = Object.keys(value)
  if (keys.length === 0) return 'an object without keys'
  return `an object with the keys ${excerpt(keys.slice(0, 12).join(', '), 200)}${keys.length > 12 ? ' and more' : ''}`
}
