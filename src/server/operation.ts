/** What a route is for, and answers: what /openapi.json says beyond the schemas that validate. */
export interface Operation {
  readonly summary: string
  readonly about: 'Starting' | 'Reading' | 'Acting' | 'Catalogue'
  /** Name of the answer's schema, in answers.schema.json. */
  readonly answer: string
  /** Default: 200. */
  readonly status?: 201 | 202
  /** Name of the answer's schema, with 200, where it was asked to check only. */
  readonly answerOfDryRun?: string
  /** Whether it starts runs, and so takes an Idempotency-Key. */
  readonly startsRuns?: true
  /** Whether it needs no key. */
  readonly isOpen?: true
  /** Whether it answers with a stream of events. */
  readonly isStream?: true
  /** Why it takes no other methods, in a sentence. */
  readonly readOnly?: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation
  }
}

/** A route's options, where it is described. */
export function operation(described: Operation): { readonly config: { readonly operation: Operation } } {
  return { config: { operation: described } }
}
