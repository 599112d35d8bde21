import type { ResultId } from './ids.js'

/** What becomes of a case that several results of a merge have. */
export type Overlap =
  | 'refuse' // it is a mistake
  | 'rerun' // its later runs are further attempts of the same runs, as retries are
  | 'repeats' // its later runs are more repeats

/** What a merged result was made of. */
export interface MergedFrom {
  /** In the order in which they started. */
  readonly parts: readonly MergedPart[]
  readonly overlap: Overlap
  /** How many results there should be, as the user says; absent if only their shards tell. */
  readonly expected?: number
  /** What differs between them, which the user allowed; absent if nothing does. */
  readonly allowed?: readonly Difference[]
}

export interface MergedPart {
  readonly result: ResultId
  /** SHA-256 of its journal, hexadecimal. */
  readonly journal: string
  readonly shard?: Shard
  /** Its journal has no end, although it is no longer written. */
  readonly cutOff?: true
}

/** The nth of `of` parts of a suite, from 1. */
export interface Shard {
  readonly nth: number
  readonly of: number
}

/** What results of one suite may differ in and be merged nevertheless, if the user allows it. */
export type Difference = (typeof differences)[number]
export const differences = ['agent', 'callsheet', 'options'] as const

/** What a merge lacks: how many results there are and should be, and which shards are missing, as far as that is known. */
export interface Missing {
  readonly there: number
  readonly wanted: number
  readonly shards: readonly number[]
}

/** The ids of those parts whose journals have no end. */
export function cutPartsOf(mergedFrom: MergedFrom | undefined): readonly ResultId[] {
  return (mergedFrom?.parts ?? []).filter(({ cutOff }) => cutOff).map(({ result }) => result)
}

/** What a merge lacks; `undefined` if it is whole. */
export function missingIn({ parts, expected }: MergedFrom): Missing | undefined {
  const of = parts.find(({ shard }) => shard)?.shard?.of
  const shards = new Set(parts.flatMap(({ shard }) => shard?.nth ?? []))
  if (of !== undefined) {
    if (shards.size >= of) return undefined
    const missing = Array.from({ length: of }, (_, i) => i + 1).filter(nth => !shards.has(nth))
    return { there: shards.size, wanted: of, shards: missing }
  }
  return expected === undefined || parts.length >= expected ? undefined : { there: parts.length, wanted: expected, shards: [] }
}
