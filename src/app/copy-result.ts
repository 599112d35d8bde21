import type { SuiteEvent } from '../domain/event.js'
import type { Adapters } from './registry.js'
import { leavePlace } from './result-place.js'

/** A copy of a result of another machine, in a folder of its own. It is removed again unless it is kept. */
export interface ResultCopy extends AsyncDisposable {
  add(event: SuiteEvent): void
  /** The result is whole. @throws {StoreError} when it could not be written. */
  keep(): Promise<void>
}

/** @throws {StoreError} when the folder has a result, or cannot be written. */
export async function copyResult(place: string, use: Pick<Adapters, 'store'>): Promise<ResultCopy> {
  const journal = await (await use.store()).create(place)
  let isKept = false
  return {
    add: event => journal.append(event),
    async keep() {
      await journal.flush()
      isKept = true
    },
    async [Symbol.asyncDispose]() {
      await journal[Symbol.asyncDispose]()
      if (!isKept) leavePlace(place)
    },
  }
}
