import { closeSync, fdatasync, ftruncateSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { SuiteEvent } from '../../domain/event.js'
import type { Journal, StoreError } from '../../ports/store.js'
import { storeFailure } from './failure.js'
import { copyIndex, type JournalIndex, noteLine } from './journal-index.js'
import { lineOf } from './journal-line.js'
import { storedJournal } from './journal-reader.js'
import { scanJournal } from './journal-scan.js'
import type { Lock } from './lock.js'

const syncToDisk = promisify(fdatasync)
const bufferBytes = 1 << 18
/** How long what was written may stay in the system's memory only: what a power cut may cost. */
const syncEveryMs = 1000

interface Writing {
  readonly place: string
  readonly path: string
  /** Opened to append; closed with the journal. */
  readonly fd: number
  /** Of what is in the file already; kept up from here on. */
  readonly index: JournalIndex
  readonly lock: Lock
}

/** Writes a journal: events gather in a buffer, which goes to the system once a tick and to the disk once a second. */
export function writeJournal({ place, path, fd, index, lock }: Writing): Journal {
  const buffer = Buffer.allocUnsafe(bufferBytes)
  let used = 0
  let written = index.end
  let isWriteDue = false
  let failure: StoreError | undefined
  let isFailureTold = false
  let syncTimer: NodeJS.Timeout | undefined
  let syncing: Promise<void> = Promise.resolve()
  let isClosed = false

  function append(event: SuiteEvent): void {
    if (isClosed) throw new Error(`The journal ${path} is closed.`)
    throwFailure()
    const line = lineOf(event)
    // Three bytes are the most that one UTF-16 unit takes in UTF-8.
    const most = line.length * 3
    if (used + most > buffer.length) writeOut(buffer.subarray(0, used))
    if (most > buffer.length) {
      const bytes = Buffer.from(line)
      noteLine(index, event, bytes.length - 1, () => event)
      writeOut(bytes)
    } else {
      const length = buffer.write(line, used)
      noteLine(index, event, length - 1, () => event)
      used += length
      if (!isWriteDue) {
        isWriteDue = true
        setImmediate(writeBuffered)
      }
    }
    throwFailure()
  }

  function writeBuffered(): void {
    isWriteDue = false
    if (!isClosed) writeOut(buffer.subarray(0, used))
  }

  function writeOut(bytes: Buffer): void {
    used = 0
    if (failure || bytes.length === 0) return
    let done = 0
    try {
      while (done < bytes.length) done += writeSync(fd, bytes, done)
      written += done
      syncTimer ??= setTimeout(syncSoon, syncEveryMs).unref()
    } catch (cause) {
      const whole = bytes.subarray(0, done).lastIndexOf(10) + 1
      written += whole
      fail(cause)
      dropTornLine()
    }
  }

  function syncSoon(): void {
    syncTimer = undefined
    syncing = syncing.then(() => syncToDisk(fd)).catch(fail)
  }

  function fail(cause: unknown): void {
    const next = `What was written before is kept. Make room, then go on with it: --resume ${place}`
    failure ??= storeFailure(`Cannot write ${path}`, cause, next)
  }

  /** A torn line would do no harm, but every reader would have to know. */
  function dropTornLine(): void {
    try {
      ftruncateSync(fd, written)
    } catch {
      // Readers leave a torn last line out.
    }
  }

  function throwFailure(): void {
    if (!failure) return
    isFailureTold = true
    throw failure
  }

  async function flush(): Promise<void> {
    writeOut(buffer.subarray(0, used))
    clearTimeout(syncTimer)
    syncSoon()
    await syncing
    throwFailure()
  }

  return {
    place,
    append,
    flush,
    async stored() {
      writeOut(buffer.subarray(0, used))
      if (!index.started) return undefined
      // After a failure the index knows of lines that are not in the file.
      return storedJournal(path, failure ? await scanJournal(path) : copyIndex(index))
    },
    async [Symbol.asyncDispose]() {
      if (isClosed) return
      try {
        if (!failure) await flush()
      } finally {
        isClosed = true
        clearTimeout(syncTimer)
        await syncing
        closeSync(fd)
        lock.release()
      }
      if (!isFailureTold) throwFailure()
    },
  }
}
