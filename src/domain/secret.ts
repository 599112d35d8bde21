import { ownWords } from './generated/own-words.js'

/** A value that is masked wherever it would be stored, shown or sent to a judge. */
export interface Secret {
  /** What stands in its place: `[redacted NAME]`. */
  readonly name: string
  readonly value: string
}

/** An environment variable that a suite reads and whose value is secret, or part of it. */
export interface SecretVariable extends Secret {
  readonly because: SecretReason
}

/**
 * Why a variable is secret: its name has a telling word, the suite lists it, or it is read where a secret belongs. Of a URL only
 * the user, the password and the query are. `unread`: the suite itself does not read it.
 */
export type SecretReason =
  | { readonly kind: 'name'; readonly word: string }
  | { readonly kind: 'listed'; readonly unread?: true }
  /** `part`: only the user, password and query of the URL that it holds. */
  | { readonly kind: 'place'; readonly place: string }
  | { readonly kind: 'url'; readonly unread?: true }

/** Shorter values are often ordinary words and numbers: masking them would spoil what people read and protect little. */
export const shortestMasked = 8

/** Why a secret is not masked; `undefined` if it is. */
export function unmaskedBecause(value: string): 'short' | 'own_word' | undefined {
  const text = value.trim()
  if (text.length < shortestMasked) return 'short'
  return ownWords.has(text.toLowerCase()) ? 'own_word' : undefined
}

/** Why a variable is secret, for people. */
export function describeReason(because: SecretReason): string {
  if (because.kind === 'name') return `its name says ${because.word}`
  if (because.kind === 'listed') return 'the suite lists it under secrets'
  return because.kind === 'url' ? 'it has a user, a password or a query of a URL' : `it is read in ${because.place}`
}
