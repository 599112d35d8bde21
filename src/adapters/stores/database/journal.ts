import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Kysely, Transaction } from 'kysely'
import { isKept, type SuiteEvent } from '../../../domain/event.js'
import { StoreError, type Journal } from '../../../ports/store.js'
import { patiently } from './lost.js'
import { storedResult } from './stored-result.js'
import type { Tables } from './tables.js'
import { writeEvents } from './write-events.js'
import type { Writer } from './writer.js'

/**
 * The journal of a result that has begun. It stores events, and updates the result and its runs. While the database is
 * lost, it waits.
 *
 * @param signal  Once aborted, it no longer waits.
 */
export async function journalOf(db: Kysely<Tables>, writer: Writer, result: number, signal?: AbortSignal): Promise<Journal> {
  const row = await patiently(() => db.selectFrom('results').select('last_event').where('id', '=', result).executeTakeFirst(), { signal })
  if (!row) throw new StoreError('not_found', `There is no result ${result} in the database.`)
  let sequence = row.last_event
  let gathered: SuiteEvent[] = []
  /** The end of this turn of the event loop. Events of one turn are written together, because each transaction costs about the same. */
  let gathering: Promise<void> | undefined
  let written: Promise<void> = Promise.resolve()
  let failure: unknown

  const gather = async (): Promise<void> => {
    await nextTurn()
    gathering = undefined
    const events = gathered
    const first = sequence + 1
    gathered = []
    sequence += events.length
    const writing = writer.write(async (tx, isAgain) => {
      if (!isAgain || !(await isWritten(tx, result, first))) await writeEvents(tx, result, events, first)
    })
    written = writing.catch((cause: unknown) => void (failure ??= cause))
  }
  const throwFailure = (): void => {
    if (failure !== undefined) throw failure
  }

  const flush = async (): Promise<void> => {
    await gathering
    await written
    throwFailure()
  }

  return {
    place: String(result),
    append(event) {
      throwFailure()
      if (!isKept(event)) return
      gathered.push(event)
      gathering ??= gather()
    },
    flush,
    async stored() {
      await flush()
      return sequence === 0 ? undefined : patiently(() => storedResult(db, result), { signal })
    },
    [Symbol.asyncDispose]: flush,
  }
}

/** Whether an earlier try with an unknown result wrote the events after all. */
async function isWritten(tx: Transaction<Tables>, result: number, first: number): Promise<boolean> {
  const row = await tx.selectFrom('results').select('last_event').where('id', '=', result).executeTakeFirst()
  return row !== undefined && row.last_event >= first
}
