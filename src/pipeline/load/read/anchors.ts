import type { Alias } from 'yaml'
import type { SourceFile } from '../../../domain/source.js'
import { nearest } from '../nearest.js'
import { spanOf } from '../places.js'
import type { Problems } from '../problems.js'
import { unreadable } from './unreadable.js'

/** Limit of values from a file's aliases: a few lines of aliases can produce billions. */
const mostAliased = 100_000

export interface Anchored {
  readonly value: unknown
  /** Number of values in it, itself and its aliases' included. */
  readonly size: number
  /** For a number that `String` would write differently: 02134. */
  readonly written: string | undefined
}

/** The anchors of a file, as far as it is read. */
export class Anchors {
  readonly #file: SourceFile
  readonly #problems: Problems
  readonly #byName = new Map<string, Anchored | 'open'>()
  #aliased = 0

  constructor(file: SourceFile, problems: Problems) {
    this.#file = file
    this.#problems = problems
  }

  /** Marks an anchor whose value is being read: aliases cannot be followed until it is set. */
  open(name: string): void {
    this.#byName.set(name, 'open')
  }

  set(name: string, anchored: Anchored): void {
    this.#byName.set(name, anchored)
  }

  /** The value of an alias; `unreadable`, and reported, if its anchor is missing or encloses the alias. */
  follow(alias: Alias): Anchored | typeof unreadable {
    const name = alias.source
    const anchored = this.#byName.get(name)
    if (anchored === undefined) {
      this.#problems.report('ALIAS_UNKNOWN', { name, nearest: nearest(name, this.#byName.keys()) }, spanOf(this.#file, alias))
      return unreadable
    }
    if (anchored === 'open') {
      this.#problems.report('ALIAS_CIRCLE', { name }, spanOf(this.#file, alias))
      return unreadable
    }
    return anchored
  }

  /** Counts the values that an alias adds to the file. Returns false once there are too many, and reports it the first time. */
  mayAdd(alias: Alias, { size }: Anchored): boolean {
    const wasWithin = this.#aliased <= mostAliased
    this.#aliased += size
    if (this.#aliased <= mostAliased) return true
    if (wasWithin) this.#problems.report('ALIAS_BOMB', { most: mostAliased }, spanOf(this.#file, alias))
    return false
  }
}
