import type { Assertion } from './assertion.js'
import { leavesOf } from './assertion-leaves.js'

/**
 * Pointers into the agent's metadata at which an assertion denies a value: `not: { metadata: { pointer: /paid, equals: true } }`. A key
 * that the agent never sends lets it pass whatever the agent does. Whoever asks only whether the key is there, means just that.
 */
export function deniedMetadata(assertion: Assertion): string[] {
  return leavesOf(assertion).flatMap(({ assertion: leaf, isDenied }) =>
    isDenied && leaf.kind === 'metadata' && asksForValue(leaf) ? [leaf.pointer] : [],
  )
}

/** Whether an assertion about metadata asks for more than that the key is there. */
export function asksForValue(assertion: Extract<Assertion, { kind: 'metadata' }>): boolean {
  return 'equals' in assertion || assertion.matcher !== undefined
}

/** How reports name what gives such a pointer. */
export const metadataCheck = 'expect.metadata'

/** How verdicts name what they rest on. */
export function metadataSetting(pointer: string): string {
  return `${metadataCheck} ${pointer}`
}
