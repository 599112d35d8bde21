import type { Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import type { SourceFile, Span } from '../../domain/source.js'

/**
 * The places of values in their files. Maps and lists are known by identity; their contents by key or index. Places are
 * computed on demand, because a suite without mistakes needs few.
 */
export interface Places {
  /** Records where a map or list was read. */
  note(container: object, place: PlacedNode): void
  /** Records that a map was merged from others: its keys have the places of theirs. */
  noteMerged(container: object, parts: readonly object[]): void
  /** Records how a number is written, if `String` would write it differently: 02134, 1.0. */
  noteWritten(node: Node, text: string): void
  /** The text of a number, if `String` would write it differently. */
  written(container: object, key: string): string | undefined
  /** The pair of a key in a map. */
  pair(container: object, key: string): PlacedPair
  /** The whole map or list. */
  whole(container: object): Span
  key(container: object, key: string): Span
  /** A value; if there is none, its container. */
  value(container: object, key: string | number): Span
  /** A stretch of a text value, in offsets of that text; the whole value if its place is unclear. */
  part(container: object, key: string | number, part: ScalarPart): Span
}

/** A part of a text. */
export interface ScalarPart {
  readonly text: string
  readonly start: number
  readonly end: number
}

export type PlacedNode = { readonly file: SourceFile } & (
  | { readonly node: YAMLMap; readonly pairs: ReadonlyMap<string, PlacedPair> }
  | { readonly node: YAMLSeq }
)

/** A pair, and its file. */
export interface PlacedPair {
  readonly file: SourceFile
  readonly pair: Pair
}

export function createPlaces(): Places {
  const known = new WeakMap<object, PlacedNode>()
  const texts = new WeakMap<Node, string>()

  function placeOf(container: object): PlacedNode {
    const place = known.get(container)
    if (!place) throw new Error('A map or list was never given its place.')
    return place
  }

  function nodeOf(container: object, key: string | number): { file: SourceFile; node: Node } | undefined {
    const place = placeOf(container)
    if (!('pairs' in place)) {
      const node = place.node.items[Number(key)] as Node | undefined
      return node && { file: place.file, node }
    }
    const placed = place.pairs.get(String(key))
    // A key without a value has no node of its own.
    return placed && { file: placed.file, node: (placed.pair.value ?? placed.pair.key) as Node }
  }

  function whole(container: object): Span {
    const { file, node } = placeOf(container)
    return spanOf(file, node)
  }

  function value(container: object, key: string | number): Span {
    const found = nodeOf(container, key)
    return found ? spanOf(found.file, found.node) : whole(container)
  }

  return {
    note: (container, place) => void known.set(container, place),
    noteMerged(container, parts) {
      const places = parts.map(placeOf)
      const pairs = new Map(places.flatMap(place => ('pairs' in place ? [...place.pairs] : [])))
      const [first] = places
      if (first && 'pairs' in first) known.set(container, { ...first, pairs })
    },
    noteWritten: (node, text) => void texts.set(node, text),
    written(container, key) {
      const found = nodeOf(container, key)
      return found && texts.get(found.node)
    },
    pair(container, key) {
      const place = placeOf(container)
      const placed = 'pairs' in place ? place.pairs.get(key) : undefined
      if (!placed) throw new Error(`No key "${key}" was given its place.`)
      return placed
    },
    whole,
    value,
    key(container, key) {
      const place = placeOf(container)
      const placed = 'pairs' in place ? place.pairs.get(key) : undefined
      return placed ? spanOf(placed.file, placed.pair.key as Node) : whole(container)
    },
    part(container, key, part) {
      const found = nodeOf(container, key)
      return found ? partOf(found.file, found.node, part) : whole(container)
    },
  }
}

export function spanOf(file: SourceFile, node: Node): Span {
  const [start, end] = node.range ?? [0, 0]
  return { file, start, end }
}

/**
 * The place of some words of a scalar in its file. Quotes, escapes, folding and the environment change a text as it is read,
 * so this searches for the words in the form that the scalar's quotes give them, and takes the nth occurrence.
 */
export function partOf(file: SourceFile, node: Node, { text, start, end }: ScalarPart): Span {
  const whole = spanOf(file, node)
  const words = text.slice(start, end)
  if (words === '') return whole
  const raw = file.text.slice(whole.start, whole.end)
  const written = raw.startsWith('"') ? JSON.stringify(words).slice(1, -1) : raw.startsWith("'") ? words.replaceAll("'", "''") : words
  let at = -1
  for (let before = text.indexOf(words); before !== -1 && before <= start; before = text.indexOf(words, before + 1)) {
    at = raw.indexOf(written, at + 1)
    if (at === -1) return whole
  }
  return { file, start: whole.start + at, end: whole.start + at + written.length }
}
