import type { Alias } from 'yaml'
import type { SourceFile } from '../../../domain/source.js'
import { nearest } from '../nearest.js'
import { spanOf } from '../places.js'
import type { Problems } from '../problems.js'
import { unreadable } from './unreadable.js'

/** How many values of a file may come from its aliases: a file of a few lines can ask for billions. */
const mostAliased = 100_000

export interface Anchored {
  readonly value: unknown
  /** Values it holds, itself included, with those of its own aliases. */
  readonly size: number
  /** Of a number that `String` would write otherwise: 02134. */
  readonly written: string | undefined
}

/** What the anchors of a file stand for, as far as it is read. */
export class Anchors {
  readonly #file: SourceFile
  readonly #problems: Problems
  readonly #byName = new Map<string, Anchored | 'open'>()
  #aliased = 0

  constructor(file: SourceFile, problems: Problems) {
    this.#file = file
    this.#problems = problems
  }

  /** An alias of this name cannot be followed until it is set. */
  open(name: string): void {
    this.#byName.set(name, 'open')
  }

  set(name: string, anchored: Anchored): void {
    this.#byName.set(name, anchored)
  }

  /** What an alias stands for; `unreadable`, and reported, where its anchor is missing or around it. */
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

  /** Counts what an alias adds to the file; false once that is too much, and the first time is reported. */
  mayHold(alias: Alias, { size }: Anchored): boolean {
    const wasWithin = this.#aliased <= mostAliased
    this.#aliased += size
    if (this.#aliased <= mostAliased) return true
    if (wasWithin) this.#problems.report('ALIAS_BOMB', { most: mostAliased }, spanOf(this.#file, alias))
    return false
  }
}
