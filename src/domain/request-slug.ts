import type { SuiteStarted } from './event.js'

type KeyedResult = Pick<SuiteStarted, 'requested' | 'options' | 'plan'>

/**
 * What the keys of all cases of a request to a server begin with, as it has their name from the request's own `name`, which is no part of what was
 * tested. `undefined` for a suite that ran its own entries.
 */
export function requestSlug({ requested, options, plan }: KeyedResult): string | undefined {
  if (!requested && options['request'] === undefined) return undefined
  const [first, ...others] = plan.entries
  // Several entries are numbered: `nightly-1`, `nightly-2`.
  return others.length > 0 ? first?.slug.replace(/-\d+$/, '') : first?.slug
}

/** Turns a key of one result into the key that the other would have for it. */
export function renaming(from: KeyedResult, to: KeyedResult): (key: string) => string {
  const [own, wanted] = [requestSlug(from), requestSlug(to)]
  return key => underSlug(key, own, wanted)
}

/** A key of a request as if the request had had another name. */
export function underSlug(key: string, own: string | undefined, wanted: string | undefined): string {
  return own === undefined || wanted === undefined || !key.startsWith(own) ? key : wanted + key.slice(own.length)
}
