import type { Personality, Scenario, TestProfile } from '../../domain/generated/suite.js'

/** A suite under construction, in the form of its file, without agents and models. */
export interface SuiteDraft {
  name?: string
  description?: string
  concurrency?: number
  readonly personalities: Map<string, Personality>
  readonly testProfiles: Map<string, TestProfile>
  /** In the order they run. */
  readonly scenarios: Map<string, Scenario>
  /** Comments, by the place they annotate: `scenarios.refund.expect`. */
  readonly notes: Map<string, Note>
}

/** Comments before a value, and after it. */
export interface Note {
  readonly before?: string
  readonly behind?: string
}

export function createDraft(): SuiteDraft {
  return { personalities: new Map(), testProfiles: new Map(), scenarios: new Map(), notes: new Map() }
}

/**
 * An unused key, as close to the words as keys allow: `Refund happy path` becomes `refund_happy_path`.
 *
 * @param otherwise  The key if no character of the words is allowed in keys.
 */
export function freeKey(words: string, taken: { has(key: string): boolean }, otherwise: string): string {
  const key = keyOf(words) || otherwise
  if (!taken.has(key)) return key
  for (let nth = 2; ; nth += 1) if (!taken.has(`${key}_${nth}`)) return `${key}_${nth}`
}

function keyOf(words: string): string {
  if (/^[A-Za-z0-9_][A-Za-z0-9_-]*$/.test(words)) return words
  const letters = words
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
  return letters
    .replaceAll(/[^a-z0-9-]+/g, '_')
    .replaceAll(/^[_-]+|[_-]+$/g, '')
    .slice(0, 80)
}

/** Narrows a list to the type of lists that cannot be empty. */
export function isNonEmpty<Item>(items: readonly Item[]): items is [Item, ...Item[]] {
  return items.length > 0
}
