import { notFound } from '../app/serve/refusal.js'

/** The parameters of a route with an id in its path. */
export interface ById {
  readonly Params: { readonly id: string }
}

const largest = 2 ** 31 - 1

/** Parses an id from a path. @throws {Refusal} 404 for an impossible id. */
export function idOf(text: string): number {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0
  if (id < 1 || id > largest) throw notFound()
  return id
}
