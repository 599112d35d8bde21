export { PackageMissing } from '../../ports/package-missing.js'
export { QueueError } from '../../ports/run-queue.js'
export { StoreError, type StoreCode } from '../../ports/store.js'
export { isPlainError, type PlainError } from '../plain-error.js'

/** All mistakes in a request, by field. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>

export type RefusalStatus = 400 | 401 | 403 | 404 | 405 | 409 | 413 | 429 | 503

/** Mistakes by field; in `errors`, by place in the document sent; or one sentence. */
export type RefusalBody = FieldErrors | { readonly errors: FieldErrors } | { readonly detail: string }

/** The API refuses a request. Use cases throw it, and the server sends it to the client as it is. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  constructor(
    readonly status: RefusalStatus,
    readonly body: RefusalBody,
    /** Seconds until a retry may help. */
    readonly retryAfterS?: number,
  ) {
    super(JSON.stringify(body))
  }
}

/** The project has nothing with that id. Things of other projects give the same answer. */
export function notFound(): Refusal {
  return new Refusal(404, { detail: 'Not found.' })
}

/** Collects mistakes in fields, to refuse them all at once. */
export interface FieldProblems {
  add(field: string, message: string): void
  has(field: string): boolean
  readonly all: FieldErrors
  /** @throws {Refusal} 400, if anything was added. */
  throwIfAny(): void
}

/** @param already  Mistakes found earlier. */
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
