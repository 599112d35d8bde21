import { closeSync, ftruncateSync, openSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { join } from 'node:path'
import { StoreError } from '../../ports/store.js'
import { errorCode, storeFailure } from './failure.js'
import { privateFile } from './make-folders.js'

const chunkBytes = 1 << 20

/** A result's journal. @param place  Folder of the result. */
export function journalOf(place: string): string {
  return join(place, 'journal.jsonl')
}

/** The refusal to begin a result where there is one. */
export function resultExists(place: string): StoreError {
  return new StoreError('exists', `${place} already contains a result. Choose another folder for the new one, or resume that result.`)
}

/** @throws {StoreError} when the file exists already, or cannot be made. */
export function openNewJournal(place: string, path: string): number {
  try {
    return openSync(path, 'wx', privateFile)
  } catch (cause) {
    if (errorCode(cause) !== 'EEXIST')
      throw storeFailure('unwritable', `Cannot write ${path}`, cause, 'Choose another folder for the result.')
    throw resultExists(place)
  }
}

/**
 * Opens a journal to append to it.
 *
 * @param end  Where its whole lines end, in bytes; the rest is cut off.
 */
export function openJournalAgain(path: string, end: number): number {
  let fd: number | undefined
  try {
    fd = openSync(path, 'a')
    ftruncateSync(fd, end)
    return fd
  } catch (cause) {
    if (fd !== undefined) closeSync(fd)
    throw storeFailure('unwritable', `Cannot write ${path}`, cause, 'It must be a file that you may write.')
  }
}

/** Whole lines of a journal: the first starts at `start`, and the last line break is at `end - 1`. */
export interface Lines {
  readonly bytes: Buffer
  readonly end: number
  /** The first line's offset in the file. */
  readonly offset: number
}

/**
 * Reads a journal from its start, some whole lines at a time, without a torn last line. The bytes are valid only until
 * the next read.
 *
 * @param until  Where to stop, in bytes.
 */
export async function* readLines(path: string, until = Infinity): AsyncGenerator<Lines> {
  const file = await openToRead(path)
  try {
    let bytes = Buffer.allocUnsafe(chunkBytes)
    let offset = 0
    let kept = 0
    for (;;) {
      const wanted = Math.min(bytes.length - kept, until - offset - kept)
      const { bytesRead } = await file.read(bytes, kept, wanted, offset + kept)
      if (bytesRead === 0) return
      const filled = kept + bytesRead
      const end = bytes.lastIndexOf(10, filled - 1) + 1
      if (end > 0) yield { bytes, end, offset }
      const rest = bytes.subarray(end, filled)
      if (rest.length === bytes.length) bytes = Buffer.allocUnsafe(bytes.length * 2)
      bytes.set(rest)
      kept = rest.length
      offset += end
    }
  } catch (cause) {
    if (errorCode(cause) === undefined) throw cause
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Nothing was changed.')
  } finally {
    await file.close()
  }
}

export async function openToRead(path: string) {
  try {
    return await open(path, 'r')
  } catch (cause) {
    throw storeFailure('unreadable', `Cannot read ${path}`, cause, 'Name the folder of a result that you may read.')
  }
}
