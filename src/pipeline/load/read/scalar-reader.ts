import { isScalar, Scalar } from 'yaml'
import type { Document, Node, ScalarTag } from 'yaml'
import type { SourceFile } from '../../../domain/source.js'
import { partOf } from '../places.js'
import type { Places, ScalarPart } from '../places.js'
import type { Problems } from '../problems.js'
import { substitute } from './environment.js'
import type { SuiteEnvironment, Path } from './environment.js'
import { unreadable } from './unreadable.js'

/** The context for reading a file. */
export interface ReadingUse {
  readonly places: Places
  readonly problems: Problems
  readonly environment: SuiteEnvironment
}

/** Reads scalars: fills in the environment, and records how numbers are written. */
export class ScalarReader {
  readonly #file: SourceFile
  readonly #document: Document.Parsed
  readonly #use: ReadingUse
  readonly #tags: readonly ScalarTag[]
  readonly #written = new Map<Node, string>()

  constructor(file: SourceFile, document: Document.Parsed, use: ReadingUse) {
    this.#file = file
    this.#document = document
    this.#use = use
    this.#tags = document.schema.tags.filter((tag): tag is ScalarTag => !tag.collection && tag.default === true)
  }

  /** @param path  The keys that lead to it. */
  read(node: Scalar, path: Path): unknown {
    const { value, tag, type, source } = node
    const isPlain = type === Scalar.PLAIN && tag === undefined
    if (typeof value !== 'string' || !value.includes('${')) return isPlain ? this.#asWritten(node, value, source) : value
    const { environment, problems } = this.#use
    const locate = (part: ScalarPart) => partOf(this.#file, node, part)
    const text = substitute({ text: value, path, locate }, environment, problems)
    if (text === undefined) return unreadable
    // Quoted and block scalars stay texts. A plain scalar with its references filled in means what YAML would read in its
    // place.
    return isPlain ? this.#asWritten(node, this.#readPlain(text), text) : text
  }

  /** How a number is written, if `String` would write it differently. */
  writtenOf(node: Node): string | undefined {
    return this.#written.get(node)
  }

  noteWritten(node: Node, text: string): void {
    this.#written.set(node, text)
    this.#use.places.noteWritten(node, text)
  }

  #asWritten(node: Scalar, value: unknown, text: string | undefined): unknown {
    if (typeof value === 'number' && text !== undefined && text !== String(value)) this.noteWritten(node, text)
    return value
  }

  #readPlain(text: string): unknown {
    const tag = this.#tags.find(({ test }) => test?.test(text))
    const value = tag ? tag.resolve(text, () => undefined, this.#document.options) : text
    return isScalar(value) ? value.value : value
  }
}
