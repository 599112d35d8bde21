import { closeSync, fdatasync, ftruncateSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import type { StoreError } from '../../ports/store.js'
import { storeFailure } from './failure.js'

const syncToDisk = promisify(fdatasync)
/** How long written lines may stay in the system's memory, and so be lost in a power cut. */
const syncEveryMs = 1000

/** An append-only file of whole lines, flushed to the disk once a second. */
export class AppendedFile {
  readonly #path: string
  readonly #fd: number
  readonly #next: string
  /** The size of the whole lines, in bytes. */
  #size: number
  #failure: StoreError | undefined
  #isFailureTold = false
  #syncTimer: NodeJS.Timeout | undefined
  #syncing: Promise<void> = Promise.resolve()

  /**
   * @param fd  Opened to append; closed with the file.
   * @param next  What to do if it cannot be written.
   */
  constructor({ path, fd, size, next }: { path: string; fd: number; size: number; next: string }) {
    this.#path = path
    this.#fd = fd
    this.#size = size
    this.#next = next
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined
  }

  /** Whether {@link throwFailure} has reported the failure. */
  get isFailureTold(): boolean {
    return this.#isFailureTold
  }

  /** Passes bytes to the system. After a failure, nothing more is written. */
  write(bytes: Buffer): void {
    if (this.#failure || bytes.length === 0) return
    let done = 0
    try {
      while (done < bytes.length) done += writeSync(this.#fd, bytes, done)
      this.#size += done
      this.#syncTimer ??= setTimeout(() => this.#syncSoon(), syncEveryMs).unref()
    } catch (cause) {
      this.#size += bytes.subarray(0, done).lastIndexOf(10) + 1
      this.#fail(cause)
      this.#dropTornLine()
    }
  }

  throwFailure(): void {
    if (!this.#failure) return
    this.#isFailureTold = true
    throw this.#failure
  }

  /** Resolves when everything written is on the disk, unless writing failed. */
  async sync(): Promise<void> {
    clearTimeout(this.#syncTimer)
    this.#syncSoon()
    await this.#syncing
  }

  async close(): Promise<void> {
    clearTimeout(this.#syncTimer)
    await this.#syncing
    closeSync(this.#fd)
  }

  #syncSoon(): void {
    this.#syncTimer = undefined
    this.#syncing = this.#syncing.then(() => syncToDisk(this.#fd)).catch((cause: unknown) => this.#fail(cause))
  }

  #fail(cause: unknown): void {
    this.#failure ??= storeFailure('unwritable', `Cannot write ${this.#path}`, cause, this.#next)
  }

  /** A torn line is harmless, but every reader would have to handle it. */
  #dropTornLine(): void {
    try {
      ftruncateSync(this.#fd, this.#size)
    } catch {
      // Readers ignore a torn last line.
    }
  }
}
