export { PackageMissing } from '../../ports/package-missing.js'
export { QueueError } from '../../ports/run-queue.js'
export { StoreError, type StoreCode } from '../../ports/store.js'
export { isPlainError, type PlainError } from '../plain-error.js'

/** What is wrong with what was sent, by field; everything at once. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 429 | 503

/** By field; in `errors`, by place in the document that was sent; or in one sentence. */
export type RefusalBody = FieldErrors | { readonly errors: FieldErrors } | { readonly detail: string }

/** The API will not do it: said to the client as it is. Thrown by use cases; the server answers with it. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(
    readonly status: RefusalStatus,
    readonly body: RefusalBody,
  ) {
    super(JSON.stringify(body))
  }
}

/** There is nothing of that id in the project: other projects' things are not told from what is not there. */
export function notFound(): Refusal {
  return new Refusal(404, { detail: 'Not found.' })
}

/** Gathers what is wrong with fields, to be refused all at once. */
export interface FieldProblems {
  add(field: string, message: string): void
  has(field: string): boolean
  readonly all: FieldErrors
  /** @throws {Refusal} 400, if anything was added. */
  throwIfAny(): void
}

/** @param already  What is known to be wrong. */
export function collectFieldProblems(already: FieldErrors = {}): FieldProblems {
  const errors: Record<string, string[]> = Object.assign(
    Object.create(null),
    Object.fromEntries(Object.entries(already).map(([field, messages]) => [field, [...messages]])),
  )
  return {
    add: (field, message) => void (errors[field] ??= []).push(message),
    has: field => field in errors,
    all: errors,
    throwIfAny() {
      if (Object.keys(errors).length > 0) throw new Refusal(400, errors)
    },
  }
}
