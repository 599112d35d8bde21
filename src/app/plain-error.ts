import { PackageMissing } from '../ports/package-missing.js'
import { QueueError } from '../ports/run-queue.js'
import { StoreError } from '../ports/store.js'

/** An error of the surroundings, foreseen: its message is for people, and says what next. */
export type PlainError = StoreError | QueueError | PackageMissing

export function isPlainError(cause: unknown): cause is PlainError {
  return cause instanceof StoreError || cause instanceof QueueError || cause instanceof PackageMissing
}
