import type { Medium } from '../../../domain/connection.js'

/** What carries the words of a result's conversations: voice if one of them is a call. */
export function mediumOf({ entries }: Planned): Medium {
  return entries.some(({ cases }) => cases.some(({ call }) => call !== undefined)) ? 'voice' : 'text'
}

interface Planned {
  readonly entries: readonly { readonly cases: readonly { readonly call?: unknown }[] }[]
}
