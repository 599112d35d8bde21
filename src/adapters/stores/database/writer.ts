import type { Kysely, Transaction } from 'kysely'
import { patiently, whileBusy, type LossPatience } from './lost.js'
import type { Tables } from './tables.js'

/**
 * Writes for all results. Everything that has gathered goes into one transaction, because a transaction costs about as
 * much as its content. While the database is lost, writes wait.
 */
export interface Writer {
  /**
   * Resolves when the write is durable.
   *
   * @param work  Can run more than once. It is then unknown whether the earlier run took effect.
   * @throws {StoreError}
   */
  write(work: Work): Promise<void>
  /** Resolves when no write is waiting. */
  idle(): Promise<void>
}

type Work = (tx: Transaction<Tables>, isAgain: boolean) => Promise<void>

interface Waiting {
  readonly work: Work
  readonly done: () => void
  readonly failed: (cause: unknown) => void
}

export function createWriter(db: Kysely<Tables>, patience: LossPatience): Writer {
  let waiting: Waiting[] = []
  let writing: Promise<void> | undefined

  const writeTogether = (taken: readonly Waiting[]): Promise<void> =>
    patiently(
      isAgain =>
        whileBusy(() =>
          db.transaction().execute(async tx => {
            for (const { work } of taken) await work(tx, isAgain)
          }),
        ),
      patience,
    )

  const writeTaken = async (taken: readonly Waiting[]): Promise<void> => {
    try {
      await writeTogether(taken)
      for (const { done } of taken) done()
    } catch (cause) {
      // A result that cannot be written does not stop the others.
      if (taken.length > 1) for (const each of taken) await writeTaken([each])
      else taken[0]?.failed(cause)
    }
  }

  const writeAll = async (): Promise<void> => {
    // Writes of one turn of the event loop go together.
    await new Promise(resolve => void setImmediate(resolve))
    while (waiting.length > 0) {
      const taken = waiting
      waiting = []
      await writeTaken(taken)
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
