import type { Kysely, Transaction } from 'kysely'
import { storeFailure } from '../failure.js'
import type { Tables } from './tables.js'

/** Writes for all results, as many at once as have gathered: a transaction costs about as much as what is in it. */
export interface Writer {
  /** Resolves when it is durable. @throws {StoreError} */
  write(work: (tx: Transaction<Tables>) => Promise<void>): Promise<void>
  /** Resolves when nothing waits to be written. */
  idle(): Promise<void>
}

interface Waiting {
  readonly work: (tx: Transaction<Tables>) => Promise<void>
  readonly done: () => void
  readonly failed: (cause: unknown) => void
}

export function createWriter(db: Kysely<Tables>): Writer {
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined

  const writeAll = async (): Promise<void> => {
    // What happens in one turn of the event loop is written together.
    await new Promise(resolve => void setImmediate(resolve))
    while (waiting.length > 0) {
      const taken = waiting
      waiting = []
      try {
        await db.transaction().execute(async tx => {
          for (const { work } of taken) await work(tx)
        })
        for (const { done } of taken) done()
      } catch (cause) {
        const failure = storeFailure('Cannot write the database', cause, 'What was written before is kept.')
        for (const { failed } of taken) failed(failure)
      }
    }
    writing = undefined
  }

  return {
    write(work) {
      const written = new Promise<void>((done, failed) => waiting.push({ work, done, failed }))
      writing ??= writeAll()
      return written
    },
    idle: async () => await writing,
  }
}
