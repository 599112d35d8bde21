import { isDeepStrictEqual } from 'node:util'
import { isMap, isScalar, parseDocument, type Document, type Node, type Pair } from 'yaml'

/** An id for something that a section declares. */
export interface WantedId {
  readonly section: 'agents' | 'scenarios' | 'personalities' | 'test_profiles' | 'metrics'
  readonly key: string
  readonly id: number
}

export interface InsertedIds {
  readonly text: string
  /** The ids now in the text. The others cannot be written there: their place is behind an alias, or in another file. */
  readonly inserted: readonly WantedId[]
}

/** Writes ids into the text of a suite's file, each as the first key of its map. Changes nothing else. */
export function insertIds(text: string, wanted: readonly WantedId[]): InsertedIds {
  const before = parse(text)
  const places = wanted.flatMap(id => {
    const place = placeOf(before, id, text)
    return place ? [{ id, ...place }] : []
  })
  const together = spliced(text, places)
  if (
    addsOnly(
      together,
      before,
      places.map(({ id }) => id),
    )
  )
    return { text: together, inserted: places.map(({ id }) => id) }
  // One insertion changes too much: a map that an alias repeats would have its id twice.
  const good = places.filter(place => addsOnly(spliced(text, [place]), before, [place.id]))
  return { text: spliced(text, good), inserted: good.map(({ id }) => id) }
}

/** Whether a file's section declares a key. */
export function declares(text: string, { section, key }: Pick<WantedId, 'section' | 'key'>): boolean {
  return pairOf(pairOf(parse(text).contents, section)?.value, key) !== undefined
}

interface Insertion {
  readonly at: number
  readonly words: string
}

/** The place before the first key of the map, on a line of its own if that key has one. */
function placeOf(document: Document, { section, key, id }: WantedId, text: string): Insertion | undefined {
  const things = pairOf(document.contents, section)?.value
  const thing = pairOf(things, key)?.value
  if (!isMap(thing) || thing.has('id') || !thing.range) return undefined
  const [start] = thing.range
  if (thing.flow)
    return { at: start + 1, words: thing.items.length > 0 ? ` id: ${id},${text[start + 1] === ' ' ? '' : ' '}` : ` id: ${id} ` }
  const first = (thing.items[0]?.key as Node | undefined)?.range?.[0]
  if (first === undefined) return undefined
  const lineStart = text.lastIndexOf('\n', first - 1) + 1
  const indent = text.slice(lineStart, first)
  return /^ *$/.test(indent) ? { at: first, words: `id: ${id}${text.includes('\r\n') ? '\r\n' : '\n'}${indent}` } : undefined
}

function pairOf(node: unknown, key: string): Pair | undefined {
  if (!isMap(node)) return undefined
  return node.items.find(pair => isScalar(pair.key) && String(pair.key.value) === key)
}

function spliced(text: string, insertions: readonly Insertion[]): string {
  return insertions
    .toSorted((a, b) => b.at - a.at)
    .reduce((changed, { at, words }) => changed.slice(0, at) + words + changed.slice(at), text)
}

/** Whether a text means the same as before plus the ids, and nothing else. */
function addsOnly(text: string, before: Document, ids: readonly WantedId[]): boolean {
  const after = parse(text)
  if (after.errors.length > 0) return false
  const wanted = before.toJS() as Record<string, Record<string, object>>
  for (const { section, key, id } of ids) {
    const things = wanted[section]
    if (things) wanted[section] = { ...things, [key]: { ...things[key], id } }
  }
  return isDeepStrictEqual(after.toJS(), wanted)
}

function parse(text: string): Document.Parsed {
  return parseDocument(text, { version: '1.2', schema: 'core', logLevel: 'error' })
}
