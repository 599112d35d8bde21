import { isKept, type SuiteEvent } from '../../domain/event.js'
import type { Journal, StoredJournal } from '../../ports/store.js'
import { AppendedFile } from './appended-file.js'
import { copyIndex, type JournalIndex, noteLine } from './journal-index.js'
import { lineOf } from './journal-line.js'
import { storedJournal } from './journal-reader.js'
import { type IsEvent, scanJournal } from './journal-scan.js'
import type { Lock } from './lock.js'

const bufferBytes = 1 << 18
const lineBreak = 10

interface Writing {
  readonly place: string
  readonly path: string
  /** Opened to append; closed with the journal. */
  readonly fd: number
  /** The index of what the file already contains; kept up to date from here on. */
  readonly index: JournalIndex
  readonly lock: Lock
  /** The check of the lines that are there already. */
  readonly isEvent: IsEvent
}

/** Writes a journal. Events gather in a buffer, which goes to the system once a tick, and to the disk once a second. */
export function writeJournal(writing: Writing): Journal {
  return new JournalWriter(writing)
}

class JournalWriter implements Journal {
  readonly place: string
  readonly #path: string
  readonly #file: AppendedFile
  readonly #index: JournalIndex
  readonly #lock: Lock
  readonly #isEvent: IsEvent
  readonly #buffer = Buffer.allocUnsafe(bufferBytes)
  #used = 0
  #isWriteDue = false
  #isClosed = false
  #last: SuiteEvent | undefined
  readonly #appended = (): unknown => this.#last
  readonly #onTick = (): void => {
    this.#isWriteDue = false
    if (!this.#isClosed) this.#writeBuffered()
  }

  constructor({ place, path, fd, index, lock, isEvent }: Writing) {
    this.place = place
    this.#path = path
    this.#index = index
    this.#lock = lock
    this.#isEvent = isEvent
    const next = `What was written before is kept. Make room, then resume the result ${place}.`
    this.#file = new AppendedFile({ path, fd, size: index.end, next })
  }

  append(event: SuiteEvent): void {
    if (this.#isClosed) throw new Error(`The journal ${this.#path} is closed.`)
    this.#file.throwFailure()
    if (!isKept(event)) return
    this.#last = event
    const line = lineOf(event)
    // One UTF-16 unit takes at most three bytes in UTF-8.
    const most = line.length * 3 + 1
    if (this.#used + most > bufferBytes) this.#writeBuffered()
    if (most > bufferBytes) {
      const bytes = Buffer.from(`${line}\n`)
      noteLine(this.#index, event, bytes.length - 1, this.#appended)
      this.#file.write(bytes)
    } else {
      const length = this.#buffer.write(line, this.#used)
      // Added here, because a longer text would be copied.
      this.#buffer[this.#used + length] = lineBreak
      noteLine(this.#index, event, length, this.#appended)
      this.#used += length + 1
      if (!this.#isWriteDue) {
        this.#isWriteDue = true
        setImmediate(this.#onTick)
      }
    }
    this.#file.throwFailure()
  }

  async flush(): Promise<void> {
    this.#writeBuffered()
    await this.#file.sync()
    this.#file.throwFailure()
  }

  async stored(): Promise<StoredJournal | undefined> {
    this.#writeBuffered()
    if (!this.#index.started) return undefined
    // After a failure, the index has lines that are not in the file.
    const index = this.#file.hasFailed ? await scanJournal(this.#path, this.#isEvent) : copyIndex(this.#index)
    return storedJournal(this.#path, index, this.#isEvent)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#isClosed) return
    try {
      if (!this.#file.hasFailed) await this.flush()
    } finally {
      this.#isClosed = true
      await this.#file.close()
      this.#lock.release()
    }
    if (!this.#file.isFailureTold) this.#file.throwFailure()
  }

  #writeBuffered(): void {
    this.#file.write(this.#buffer.subarray(0, this.#used))
    this.#used = 0
  }
}
