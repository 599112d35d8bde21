import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import type { Place } from '../../../domain/place.js'
import { excerpt } from '../../../domain/excerpt.js'
import type { Mask } from '../../../domain/mask.js'
import { pointerSegments, valueAt } from '../../../domain/json-pointer.js'
import { saysSomething } from '../../../domain/wire/fields.js'

/** A compiled JSON Pointer. */
export interface Pointer {
  /** The value it points to; `undefined` if there is none. @throws {FaultError} where a `*` meets something else than a list. */
  find(json: unknown): unknown
  /** Whether there is a value, of any item where it has a `*`. An empty list is a value, `null` is none. */
  isIn(json: unknown): boolean
}

/** The pointer of a setting that is not given: it finds nothing. */
export const nowhere: Pointer = { find: () => undefined, isIn: () => false }

/**
 * Compiles a JSON Pointer (RFC 6901), in which `*` stands for every item of a list: it then finds a list of what there is, in
 * order.
 *
 * @param isLost  Whether an item in which there is nothing at its place would be lost. The answer is unreadable then. Default: no.
 */
export function compilePointer(pointer: string, place: Place, isLost: (item: unknown) => boolean = () => false): Pointer {
  const segments = pointerSegments(pointer)
  if (!segments.includes(every)) {
    return { find: json => valueAt(json, segments), isIn: json => (valueAt(json, segments) ?? undefined) !== undefined }
  }
  return { find: json => itemsAt(json, segments), isIn: json => isAt(json, segments) }

  function itemsAt(json: unknown, path: readonly string[]): unknown {
    const at = path.indexOf(every)
    if (at === -1) return valueAt(json, path)
    const list = valueAt(json, path.slice(0, at)) ?? undefined
    if (list === undefined) return undefined
    if (!Array.isArray(list)) {
      throw new FaultError(replyFaults.starNotList({ place, pointer, seen: outline(list, place.mask) }))
    }
    const rest = path.slice(at + 1)
    return list.flatMap(item => {
      const found = itemsAt(item, rest)
      if (rest.length > 0 && !saysSomething(found) && isLost(item)) {
        throw new FaultError(replyFaults.itemMissed({ place, pointer, seen: outline(item, place.mask) }))
      }
      return found ?? []
    })
  }
}

function isAt(json: unknown, path: readonly string[]): boolean {
  const at = path.indexOf(every)
  if (at === -1) return (valueAt(json, path) ?? undefined) !== undefined
  const list = valueAt(json, path.slice(0, at))
  const rest = path.slice(at + 1)
  return Array.isArray(list) && (rest.length === 0 || list.some(item => isAt(item, rest)))
}

const every = '*'

/**
 * How many words a pointer passes over that stand where it points to, but in other items of a list: one for `/0/text` and
 * `[{ text }, { text }]`.
 */
export function countLeftOut(json: unknown, pointer: string): number {
  // Only a list has other items.
  if (!/\/\d/.test(pointer)) return 0
  const segments = pointerSegments(pointer)
  if (segments.includes(every)) return 0
  const at = segments.findIndex((segment, i) => /^\d+$/.test(segment) && Array.isArray(valueAt(json, segments.slice(0, i))))
  if (at === -1) return 0
  const rest = segments.slice(at + 1)
  return (valueAt(json, segments.slice(0, at)) as readonly unknown[]).filter(
    (item, i) => String(i) !== segments[at] && isWords(valueAt(item, rest)),
  ).length
}

function isWords(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== ''
}

/** Describes, for a message, what the JSON contains where the pointer finds nothing: the keys at that level. */
export function describeMiss(json: unknown, pointer: string, mask: Mask): string {
  let parent = json
  let place = ''
  for (const segment of pointerSegments(pointer)) {
    const child = valueAt(parent, [segment])
    if (child === undefined || child === null) break
    parent = child
    place += `/${segment}`
  }
  return `${place || 'the answer'} is ${outline(parent, mask)}`
}

function outline(value: unknown, mask: Mask): string {
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value !== 'object' || value === null) return value === null ? 'null' : `a ${typeof value}`
  const keys = Object.keys(value)
  if (keys.length === 0) return 'an object without keys'
  return `an object with the keys ${excerpt(mask.text(keys.slice(0, 12).join(', ')), 200)}${keys.length > 12 ? ' and more' : ''}`
}
