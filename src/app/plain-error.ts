import { PackageMissing } from '../ports/package-missing.js'
import { QueueError } from '../ports/run-queue.js'
import { StoreError } from '../ports/store.js'

/** A foreseen error of the environment. Its message is for people and says what to do. */
export type PlainError = StoreError | QueueError | PackageMissing

export function isPlainError(cause: unknown): cause is PlainError {
  return cause instanceof StoreError || cause instanceof QueueError || cause instanceof PackageMissing
}
