import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { type Store, StoreError } from '../../ports/store.js'
import { storeFailure } from './failure.js'
import { openJournalAgain, openNewJournal } from './journal-file.js'
import { emptyIndex } from './journal-index.js'
import { storedJournal } from './journal-reader.js'
import { scanJournal } from './journal-scan.js'
import { writeJournal } from './journal-writer.js'
import { takeLock } from './lock.js'

/** Stores each result in a folder: `journal.jsonl` with one event per line, and a lock while it is written. */
export function createFileStore(): Store {
  return {
    async create(place) {
      const path = join(place, 'journal.jsonl')
      makeFolder(place)
      using lock = await takeLock(place, 'Choose another --out.')
      const fd = openNewJournal(place, path)
      return writeJournal({ place, path, fd, index: emptyIndex(), lock: lock.keep() })
    },

    async resume(place) {
      const path = journalIn(place)
      using lock = await takeLock(place, 'Wait until it is over, or stop it.')
      const index = await scanJournal(path)
      const fd = openJournalAgain(path, index.end)
      return writeJournal({ place, path, fd, index, lock: lock.keep() })
    },

    async read(place) {
      const path = journalIn(place)
      return storedJournal(path, await scanJournal(path))
    },
  }
}

function makeFolder(place: string): void {
  try {
    mkdirSync(place, { recursive: true })
  } catch (cause) {
    throw storeFailure('unwritable', `Cannot make the folder ${place}`, cause, 'Choose another --out.')
  }
}

function journalIn(place: string): string {
  const path = join(place, 'journal.jsonl')
  if (existsSync(path)) return path
  throw new StoreError('not_found', `There is no result in ${place}: it has no journal.jsonl. Name the folder of a result.`)
}
