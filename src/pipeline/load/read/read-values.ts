import { addAll } from '../../../domain/add-all.js'
import { isAlias, isMap, isScalar, isSeq, Scalar } from 'yaml'
import type { Alias, Document, Node, Pair, YAMLMap, YAMLSeq } from 'yaml'
import type { SourceFile } from '../../../domain/source.js'
import { spanOf } from '../places.js'
import type { PlacedPair } from '../places.js'
import { Anchors } from './anchors.js'
import { ScalarReader, type ReadingUse } from './scalar-reader.js'
import { unreadable } from './unreadable.js'

/**
 * Turns a YAML tree into plain values: reads the environment, follows aliases (an alias is the same object as its anchor),
 * merges `<<`, and records the place of every map and list. It does so in one walk, because that is most of the cost of
 * loading.
 *
 * The library's own `toJS` would lose the places, and cannot read the environment.
 */
export function readValues(file: SourceFile, document: Document.Parsed, use: ReadingUse): unknown {
  return document.contents === null ? null : new ValueReader(file, document, use).read(document.contents)
}

class ValueReader {
  readonly #file: SourceFile
  readonly #document: Document.Parsed
  readonly #use: ReadingUse
  readonly #anchors: Anchors
  readonly #scalars: ScalarReader
  /** The keys that lead to the value being read. */
  readonly #path: string[] = []
  /** Number of values read so far, those of aliases included. */
  #size = 0

  constructor(file: SourceFile, document: Document.Parsed, use: ReadingUse) {
    this.#file = file
    this.#document = document
    this.#use = use
    this.#anchors = new Anchors(file, use.problems)
    this.#scalars = new ScalarReader(file, document, use)
  }

  read(node: Node): unknown {
    if (isAlias(node)) return this.#readAlias(node)
    const { anchor, tag } = node
    if (tag && !coreTags.has(tag)) {
      this.#use.problems.report('YAML_TAG', { tag: tag.replace('tag:yaml.org,2002:', '!!') }, spanOf(this.#file, node))
    }
    if (anchor === undefined) return this.#readContent(node)
    const sizeBefore = this.#size
    this.#anchors.open(anchor)
    const value = this.#readContent(node)
    this.#anchors.set(anchor, { value, size: this.#size - sizeBefore, written: this.#scalars.writtenOf(node) })
    return value
  }

  #readContent(node: Node): unknown {
    this.#size += 1
    if (isMap(node)) return this.#readMap(node)
    if (isSeq(node)) return this.#readList(node)
    if (!isScalar(node)) return unreadable
    const value = this.#scalars.read(node, this.#path)
    // Of a tag that suites do not have, such as !!binary; that is reported.
    return typeof value === 'object' && value !== null ? unreadable : value
  }

  #readAlias(alias: Alias): unknown {
    const anchored = this.#anchors.follow(alias)
    if (anchored === unreadable) return unreadable
    this.#size += anchored.size
    if (anchored.written !== undefined) this.#scalars.noteWritten(alias, anchored.written)
    return this.#anchors.mayAdd(alias, anchored) ? anchored.value : unreadable
  }

  #readList(node: YAMLSeq): unknown[] {
    const list = node.items.map(item => this.read(item as Node))
    this.#use.places.note(list, { file: this.#file, node })
    return list
  }

  #readMap(node: YAMLMap): object {
    const own: Record<string, unknown> = {}
    const pairs = new Map<string, PlacedPair>()
    const merged: object[] = []
    for (const pair of node.items) {
      const key = pair.key as Node
      if (isScalar(key) && key.value === '<<' && key.type === Scalar.PLAIN) {
        addAll(merged, this.#readMerge(pair))
        continue
      }
      const name = this.#readKey(key)
      if (name === undefined || this.#isTwice(name, key, pairs)) continue
      pairs.set(name, { file: this.#file, pair })
      this.#path.push(name)
      put(own, name, pair.value === null ? null : this.read(pair.value as Node))
      this.#path.pop()
    }
    // A map's own keys take precedence over merged ones, and earlier merges over later ones.
    for (const source of merged) {
      for (const [name, value] of Object.entries(source)) {
        if (pairs.has(name)) continue
        pairs.set(name, this.#use.places.pair(source, name))
        put(own, name, value)
      }
    }
    this.#use.places.note(own, { file: this.#file, node, pairs })
    return own
  }

  #readMerge(pair: Pair): object[] {
    const value = pair.value === null ? null : this.read(pair.value as Node)
    if (value === unreadable) return []
    const sources = Array.isArray(value) ? value : [value]
    if (sources.every(isPlainMap)) return sources
    this.#use.problems.report('MERGE_NOT_MAP', {}, spanOf(this.#file, (pair.value ?? pair.key) as Node))
    return []
  }

  #readKey(key: Node): string | undefined {
    const scalar = isAlias(key) ? key.resolve(this.#document) : key
    if (isScalar(scalar)) {
      return scalar.type === Scalar.PLAIN ? (scalar.source ?? String(scalar.value)) : String(scalar.value)
    }
    this.#use.problems.report('KEY_NOT_TEXT', {}, spanOf(this.#file, key))
    return undefined
  }

  #isTwice(name: string, key: Node, pairs: ReadonlyMap<string, PlacedPair>): boolean {
    const first = pairs.get(name)
    if (!first) return false
    const related = { note: 'First defined here.', at: spanOf(this.#file, first.pair.key as Node) }
    this.#use.problems.report('KEY_TWICE', { key: name }, spanOf(this.#file, key), related)
    return true
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
