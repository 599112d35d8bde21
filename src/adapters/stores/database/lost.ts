import { setTimeout as wait } from 'node:timers/promises'
import { StoreError, type StoreCode } from '../../../ports/store.js'
import { errorCode } from '../failure.js'

/** How long it is waited before the database is tried again: at first, and at most. */
const [firstWaitMs, longestWaitMs] = [50, 2000]

export interface LossPatience {
  /** Told when the database is lost while there is something to write, and when it is back. */
  onLost?(why: StoreError): void
  onBack?(): void
  /** Once aborted, a lost database is not waited for any more. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Does something with the database; while that is lost, again and again until it is back. Of a transaction whose commit
 * was not answered nobody can tell whether it was made.
 *
 * @param work  Told whether it has been tried before.
 * @throws {StoreError} when it failed for another reason.
 */
export async function patiently<Value>(work: (isAgain: boolean) => Promise<Value>, how: LossPatience = {}): Promise<Value> {
  for (let waitMs = firstWaitMs, tries = 1; ; tries += 1) {
    try {
      const value = await work(tries > 1)
      if (tries > 1) how.onBack?.()
      return value
    } catch (cause) {
      if (!isLost(cause)) {
        if (tries > 1) how.onBack?.()
        throw cause
      }
      if (how.signal?.aborted) throw cause
      if (tries === 1) how.onLost?.(cause)
      await wait(waitMs, undefined, { ...(how.signal && { signal: how.signal }) }).catch(() => undefined)
      waitMs = Math.min(waitMs * 2, longestWaitMs)
    }
  }
}

/** Whether it is the database that is not there, or cannot write now: what was asked of it may well be done later. */
export function isLost(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code === 'lost'
}

/** What an error of a database, or of the way to it, means. */
export function codeOf(cause: unknown): StoreCode {
  const code = errorCode(cause)
  const isGone = code !== undefined && (gone.has(code) || gonePrefixes.some(prefix => code.startsWith(prefix)))
  return isGone || (cause instanceof Error && codeless.test(cause.message)) ? 'lost' : 'failed'
}

/** The package `pg` gives these errors of a connection no code. */
const codeless = /^Connection terminated|connection error and is not queryable|trying to connect/

/** @see https://www.postgresql.org/docs/current/errcodes-appendix.html and https://www.sqlite.org/rescode.html */
const gone = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  // It shuts down, starts, has failed over to a copy that cannot be written yet, or has no room; or two got in each other's way.
  '57P01',
  '57P02',
  '57P03',
  '25006',
  '53100',
  '53200',
  '53300',
  '58030',
  '40001',
  '40P01',
  'SQLITE_FULL',
])
const gonePrefixes = ['08', 'SQLITE_BUSY', 'SQLITE_LOCKED', 'SQLITE_IOERR']
