import { notFound } from '../app/serve/refusal.js'

/** A route whose path has an id. */
export interface ById {
  readonly Params: { readonly id: string }
}

const largest = 2 ** 31 - 1

/** An id from a path. @throws {Refusal} 404 for what can be none. */
export function idOf(text: string): number {
  const id = /^\d{1,10}$/.test(text) ? Number(text) : 0
  if (id < 1 || id > largest) throw notFound()
  return id
}
