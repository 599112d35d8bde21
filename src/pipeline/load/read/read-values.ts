import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml'
import type { Alias, Document, Node, Pair, ScalarTag, YAMLMap, YAMLSeq } from 'yaml'
import type { SourceFile } from '../../../domain/source.js'
import { substitute } from './environment.js'
import type { Environment } from './environment.js'
import { nearest } from '../nearest.js'
import { partOf, spanOf } from '../places.js'
import type { PlacedPair, Places } from '../places.js'
import type { Problems } from '../problems.js'

/** Stands for a value that could not be read; its mistake is reported already. */
export const unreadable = Symbol('unreadable')

/** How many values of a file may come from its aliases: a file of a few lines can ask for billions. */
const mostAliased = 100_000

interface Anchored {
  readonly value: unknown
  /** Values it holds, itself included, with those of its own aliases. */
  readonly size: number
  /** Of a number that `String` would write otherwise: 02134. */
  readonly written: string | undefined
}

/**
 * Turns a YAML tree into plain values: reads the environment, follows aliases (an alias is the same object as its
 * anchor), merges `<<`, and notes where every map and list stands. One walk, because it is most of what loading costs.
 *
 * The library's own `toJS` would lose the places, and cannot read the environment.
 */
export function readValues(
  file: SourceFile,
  document: Document.Parsed,
  use: { readonly places: Places; readonly problems: Problems; readonly environment: Environment },
): unknown {
  const { places, problems, environment } = use
  const anchors = new Map<string, Anchored | 'open'>()
  const written = new Map<Node, string>()
  const scalarTags = document.schema.tags.filter((tag): tag is ScalarTag => !tag.collection && tag.default === true)
  let size = 0
  let aliased = 0
  /** The keys on the way to what is being read. */
  const path: string[] = []

  return document.contents === null ? null : read(document.contents)

  function read(node: Node): unknown {
    if (isAlias(node)) return readAlias(node)
    const { anchor, tag } = node
    if (tag && !coreTags.has(tag)) {
      problems.report('YAML_TAG', { tag: tag.replace('tag:yaml.org,2002:', '!!') }, spanOf(file, node))
    }
    if (anchor === undefined) return readContent(node)
    const sizeBefore = size
    anchors.set(anchor, 'open')
    const value = readContent(node)
    anchors.set(anchor, { value, size: size - sizeBefore, written: written.get(node) })
    return value
  }

  function readContent(node: Node): unknown {
    size += 1
    if (isMap(node)) return readMap(node)
    if (isSeq(node)) return readList(node)
    return isScalar(node) ? readScalar(node) : unreadable
  }

  function readAlias(alias: Alias): unknown {
    const anchored = anchors.get(alias.source)
    if (anchored === undefined) {
      const near = nearest(alias.source, anchors.keys())
      problems.report('ALIAS_UNKNOWN', { name: alias.source, nearest: near }, spanOf(file, alias))
      return unreadable
    }
    if (anchored === 'open') {
      problems.report('ALIAS_CIRCLE', { name: alias.source }, spanOf(file, alias))
      return unreadable
    }
    const wasWithin = aliased <= mostAliased
    aliased += anchored.size
    size += anchored.size
    if (anchored.written !== undefined) noteWritten(alias, anchored.written)
    if (aliased <= mostAliased) return anchored.value
    if (wasWithin) problems.report('ALIAS_BOMB', { most: mostAliased }, spanOf(file, alias))
    return unreadable
  }

  function readList(node: YAMLSeq): unknown[] {
    const list = node.items.map(item => read(item as Node))
    places.note(list, { file, node })
    return list
  }

  function readMap(node: YAMLMap): object {
    const own: Record<string, unknown> = {}
    const pairs = new Map<string, PlacedPair>()
    const merged: object[] = []
    for (const pair of node.items) {
      const key = pair.key as Node
      if (isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN) {
        merged.push(...readMerge(pair))
        continue
      }
      const name = readKey(key)
      if (name === undefined) continue
      const first = pairs.get(name)
      if (first) {
        const related = { note: 'It is first written here.', at: spanOf(file, first.pair.key as Node) }
        problems.report('KEY_TWICE', { key: name }, spanOf(file, key), related)
        continue
      }
      pairs.set(name, { file, pair })
      path.push(name)
      put(own, name, pair.value === null ? null : read(pair.value as Node))
      path.pop()
    }
    // What a map says itself comes before what it merges, and of that the first comes before the second.
    for (const source of merged) {
      for (const [name, value] of Object.entries(source)) {
        if (pairs.has(name)) continue
        pairs.set(name, places.pair(source, name))
        put(own, name, value)
      }
    }
    places.note(own, { file, node, pairs })
    return own
  }

  function readMerge(pair: Pair): object[] {
    const value = pair.value === null ? null : read(pair.value as Node)
    if (value === unreadable) return []
    const sources = Array.isArray(value) ? value : [value]
    if (sources.every(isPlainMap)) return sources
    problems.report('MERGE_NOT_MAP', {}, spanOf(file, (pair.value ?? pair.key) as Node))
    return []
  }

  function readKey(key: Node): string | undefined {
    const scalar = isAlias(key) ? key.resolve(document) : key
    if (isScalar(scalar)) {
      return scalar.type === Scalar.PLAIN ? (scalar.source ?? String(scalar.value)) : String(scalar.value)
    }
    problems.report('KEY_NOT_TEXT', {}, spanOf(file, key))
    return undefined
  }

  function readScalar(node: Scalar): unknown {
    const { value, tag, type, source } = node
    const isPlain = type === Scalar.PLAIN && tag === undefined
    if (typeof value !== 'string' || !value.includes('${')) return isPlain ? asWritten(node, value, source) : value
    const text = substitute(value, environment, problems, stretch => partOf(file, node, stretch), path)
    if (text === undefined) return unreadable
    // Quotes and block scalars keep a text a text; what is plain means what it would if it stood there itself.
    return isPlain ? asWritten(node, readPlain(text), text) : text
  }

  function asWritten(node: Scalar, value: unknown, text: string | undefined): unknown {
    if (typeof value === 'number' && text !== undefined && text !== String(value)) noteWritten(node, text)
    return value
  }

  function noteWritten(node: Node, text: string) {
    written.set(node, text)
    places.noteWritten(node, text)
  }

  function readPlain(text: string): unknown {
    const tag = scalarTags.find(({ test }) => test?.test(text))
    const value = tag ? tag.resolve(text, () => undefined, document.options) : text
    return isScalar(value) ? value.value : value
  }
}

const coreTags: ReadonlySet<string> = new Set([
  '!',
  ...['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map(name => `tag:yaml.org,2002:${name}`),
])

function isPlainMap(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A key may be `__proto__`. */
function put(map: Record<string, unknown>, key: string, value: unknown) {
  if (key === '__proto__') {
    Object.defineProperty(map, key, { value, writable: true, enumerable: true, configurable: true })
  } else map[key] = value
}
