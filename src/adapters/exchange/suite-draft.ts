import type { Personality, Scenario, TestProfile } from '../../domain/generated/suite.js'

/** A suite as it is being put together, in the form of its file; agents and models are not in it. */
export interface SuiteDraft {
  name?: string
  description?: string
  concurrency?: number
  readonly personalities: Map<string, Personality>
  readonly testProfiles: Map<string, TestProfile>
  /** In the order they run. */
  readonly scenarios: Map<string, Scenario>
  /** Comments, by the place they are about: `scenarios.refund.expect`. */
  readonly notes: Map<string, Note>
}

/** Comments in front of a value, and behind it. */
export interface Note {
  readonly before?: string
  readonly behind?: string
}

export function createDraft(): SuiteDraft {
  return { personalities: new Map(), testProfiles: new Map(), scenarios: new Map(), notes: new Map() }
}

/**
 * A key that nothing has yet, as close to the words as keys allow: `Refund happy path` becomes `refund_happy_path`.
 *
 * @param otherwise  Where no letter of the words can be in a key.
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

/** What the types of lists that may not be empty want to know. */
export function isNonEmpty<Item>(items: readonly Item[]): items is [Item, ...Item[]] {
  return items.length > 0
}
