import { accessSync, constants, existsSync } from 'node:fs'
import { type Store, StoreError } from '../../ports/store.js'
import { storeFailure } from './failure.js'
import { journalOf, openJournalAgain, openNewJournal, resultExists } from './journal-file.js'
import { emptyIndex } from './journal-index.js'
import { storedJournal } from './journal-reader.js'
import { type IsEvent, isOwn, scanJournal } from './journal-scan.js'
import { writeJournal } from './journal-writer.js'
import { refuseInUse, takeLock } from './lock.js'
import { makeFolders, privateFolder, tryFolders } from './make-folders.js'

const otherFolder = 'Choose another folder for the result.'

/** Stores each result in a folder: `journal.jsonl` with one event per line, and a lock while it is written. */
export function createFileStore(): Store {
  return {
    async create(place) {
      const path = journalOf(place)
      asFolder(place, () => makeFolders(place, privateFolder))
      using lock = await takeLock(place, otherFolder)
      const fd = openNewJournal(place, path)
      return writeJournal({ place, path, fd, index: emptyIndex(), lock: lock.keep(), isEvent: isOwn })
    },

    refuseUnusable(place) {
      if (existsSync(journalOf(place))) {
        refuseInUse(place, otherFolder)
        throw resultExists(place)
      }
      asFolder(place, () => {
        tryFolders(place)
        if (existsSync(place)) accessSync(place, constants.W_OK | constants.X_OK)
      })
    },

    refuseUnfinished(place) {
      if (existsSync(journalOf(place))) refuseInUse(place, 'Wait until it is over, or stop it.')
    },

    async resume(place) {
      const path = journalIn(place)
      using lock = await takeLock(place, 'Wait until it is over, or stop it.')
      const isEvent = await eventCheck()
      const index = await scanJournal(path, isEvent)
      const fd = openJournalAgain(path, index.end)
      return writeJournal({ place, path, fd, index, lock: lock.keep(), isEvent })
    },

    async read(place) {
      const path = journalIn(place)
      const isEvent = await eventCheck()
      return storedJournal(path, await scanJournal(path, isEvent), isEvent)
    },
  }
}

/** The check of lines that others wrote. Loaded only to read them. */
async function eventCheck(): Promise<IsEvent> {
  return (await import('./generated/validate-event.js')).validateEvent
}

function asFolder(place: string, use: () => void): void {
  try {
    use()
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot make the folder ${place}`, cause, otherFolder)
  }
}

function journalIn(place: string): string {
  const path = journalOf(place)
  if (existsSync(path)) return path
  throw new StoreError('not_found', `There is no result in ${place}: it has no journal.jsonl. Name the folder of a result.`)
}
