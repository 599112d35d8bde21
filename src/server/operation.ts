/** A route's purpose and answers: what /openapi.json says beyond the validating schemas. */
export interface Operation {
  readonly summary: string
  readonly about: 'Starting' | 'Reading' | 'Acting' | 'Catalogue'
  /** Name of the answer's schema in answers.schema.json. */
  readonly answer: string
  /** Default: 200. */
  readonly status?: 201 | 202
  /** Name of the schema of the answer (status 200) to a dry run. */
  readonly answerOfDryRun?: string
  /** Whether the route starts runs, and so accepts an Idempotency-Key. */
  readonly startsRuns?: true
  /** Whether the route needs no key. */
  readonly isOpen?: true
  /** Whether the route answers with a stream of events. */
  readonly isStream?: true
  /** Whether the route answers with plain text. */
  readonly isText?: true
  /** Why the route accepts no other methods, in a sentence. */
  readonly readOnly?: string
}

declare module 'fastify' {
  interface FastifyContextConfig {
    operation?: Operation
  }
}

/** Route options with a description. */
export function operation(described: Operation): { readonly config: { readonly operation: Operation } } {
  return { config: { operation: described } }
}
