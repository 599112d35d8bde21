import { FaultError } from '../../../domain/fault.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import type { Place } from '../../../domain/place.js'
import { excerpt } from '../../../domain/excerpt.js'
import type { Mask } from '../../../domain/mask.js'
import { pointerSegments, valueAt } from '../../../domain/json-pointer.js'

/** Finds a value in JSON; `undefined` if there is none. */
export type Find = (json: unknown) => unknown

/**
 * Compiles a JSON Pointer (RFC 6901), in which `*` stands for every item of a list: it then finds a list of what there is, in
 * order. Without a pointer, it finds nothing.
 *
 * @returns A function that throws {FaultError} where a `*` meets something else than a list.
 */
export function compilePointer(pointer: string | undefined, place: Place): Find {
  if (pointer === undefined) return () => undefined
  const segments = pointerSegments(pointer)
  if (!segments.includes(every)) return json => valueAt(json, segments)
  return json => itemsAt(json, segments)

  function itemsAt(json: unknown, path: readonly string[]): unknown {
    const at = path.indexOf(every)
    if (at === -1) return valueAt(json, path)
    const list = valueAt(json, path.slice(0, at)) ?? undefined
    if (list === undefined) return undefined
    if (!Array.isArray(list)) {
      throw new FaultError(replyFaults.starNotList({ place, pointer: pointer!, seen: outline(list, place.mask) }))
    }
    return list.flatMap(item => itemsAt(item, path.slice(at + 1)) ?? [])
  }
}

const every = '*'

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
