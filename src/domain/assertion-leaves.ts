import type { Assertion } from './assertion.js'

/** An assertion that is made of no others. */
export type LeafAssertion = Exclude<Assertion, { readonly kind: 'not' | 'all' | 'any' }>

export interface Leaf {
  readonly assertion: LeafAssertion
  /** Whether it stands under an odd number of `not`. */
  readonly isDenied: boolean
}

/** What an assertion is made of, in order. */
export function leavesOf(assertion: Assertion, isDenied = false): Leaf[] {
  switch (assertion.kind) {
    case 'not':
      return leavesOf(assertion.assertion, !isDenied)
    case 'all':
    case 'any':
      return assertion.assertions.flatMap(each => leavesOf(each, isDenied))
    default:
      return [{ assertion, isDenied }]
  }
}
