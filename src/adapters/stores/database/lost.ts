import { setTimeout as wait } from 'node:timers/promises'
import { StoreError, type StoreCode } from '../../../ports/store.js'
import { errorCode } from '../failure.js'

/** The first and the longest wait before the database is tried again. */
const [firstWaitMs, longestWaitMs] = [50, 2000]

export interface LossPatience {
  /** Called when the database is lost while there is something to write, and when it is back. */
  onLost?(why: StoreError): void
  onBack?(): void
  /** Once aborted, a lost database is no longer waited for. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Runs database work, and repeats it while the database is lost. If the commit of a transaction got no answer, it may
 * have been made.
 *
 * @param work  Is told whether it was tried before.
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

/** How long a write waits for a writer in another process, and how often it tries. */
const [busyForMs, busyAgainMs] = [5000, 50]

/**
 * Repeats work while another process writes to the embedded database. Unlike SQLite's own wait, this one holds up nobody.
 *
 * @throws {StoreError}
 */
export async function whileBusy<Value>(work: () => Promise<Value>): Promise<Value> {
  for (const until = performance.now() + busyForMs; ; await wait(busyAgainMs)) {
    try {
      return await work()
    } catch (cause) {
      if (!isBusy(cause) || performance.now() > until) throw cause
    }
  }
}

function isBusy(error: unknown): boolean {
  return error instanceof StoreError && /^SQLITE_(BUSY|LOCKED)/.test(errorCode(error.cause) ?? '')
}

/** Whether the database cannot be reached, or cannot write now. The same work may succeed later. */
export function isLost(error: unknown): error is StoreError {
  return error instanceof StoreError && error.code === 'lost'
}

/** The code of an error of a database or its connection. */
export function codeOf(cause: unknown): StoreCode {
  const code = errorCode(cause)
  const isGone = code !== undefined && (gone.has(code) || gonePrefixes.some(prefix => code.startsWith(prefix)))
  return isGone || (cause instanceof Error && codeless.test(cause.message)) ? 'lost' : 'failed'
}

/** Connection errors for which the package `pg` sets no code. */
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
  // Shutdown, startup, failover to a read-only copy, no space, or a conflict between transactions.
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
