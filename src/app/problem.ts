import type { StoreCode } from '../ports/store.js'
import type { PlainError } from './plain-error.js'

/** Why Callsheet could not do what a program asked of it. */
export interface Problem {
  readonly code: ProblemCode
  /** What happened, and what to do. */
  readonly message: string
}

export type ProblemCode =
  | StoreCode // a result cannot be written or read
  | 'queue_lost' // the queue cannot be reached
  | 'package_missing' // an optional package is not installed
  | 'cassette' // the cassette cannot be replayed or recorded
  | 'model' // a model that the suite needs does not answer
  | 'waiver' // a waiver lasts too long
  | 'service' // a hosted service cannot be used
  | 'plan_changed' // the suite has other runs than the result to resume or rescore
  | 'stopped' // stopped before the first call

/** A foreseen error as data. */
export function problemOf({ code, message }: PlainError): Problem {
  return { code, message }
}
