import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { StoreError } from '../../../ports/store.js'
import { takeLock } from '../lock.js'
import { isPostgres, loadPostgres, shownPlace } from './open.js'

/**
 * The right to be the only server of a database: two would both hold the calls of what is not over. Whoever only reads
 * needs none.
 *
 * @param onTrouble  Told if another server has taken over, while the connection was lost.
 * @throws {StoreError} when another server has it.
 */
export async function beAlone(place: string, onTrouble: (why: string) => void): Promise<AsyncDisposable> {
  if (isPostgres(place)) return lockPostgres(place, onTrouble)
  const lock = await takeLock(place, 'Stop the other server, or name another folder: --data <folder>.')
  return { [Symbol.asyncDispose]: async () => lock.release() }
}

/** A lock of PostgreSQL's that goes with the connection. Any number does; this one spells "call". */
const lockNumber = 0x63616c6c

/** How long a server that starts waits for the lock: one whose machine is gone has it until its connection is noticed to be. */
const [patienceMs, againMs] = [40_000, 500]
/** How PostgreSQL notices that: after 25 s. */
const keepAlive = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3'

async function lockPostgres(url: string, onTrouble: (why: string) => void): Promise<AsyncDisposable> {
  const { Client } = await loadPostgres()
  const left = new AbortController()
  let connection: pg.Client | undefined

  const tryToLock = async (): Promise<boolean> => {
    const client = new Client({ connectionString: url, keepAlive: true, application_name: 'callsheet lock' })
    client.on('error', () => undefined)
    await client.connect()
    const { rows } = await client.query<{ taken: boolean }>(`${keepAlive}; select pg_try_advisory_lock(${lockNumber}) as taken`).then(last)
    if (!rows[0]?.taken || left.signal.aborted) {
      await client.end()
      return false
    }
    connection = client
    keepsNothingAlive(client)
    client.once('end', () => void (left.signal.aborted || takeAgain()))
    return true
  }

  /** The connection was lost, and the lock with it. */
  const takeAgain = async (): Promise<void> => {
    let hasTold = false
    while (!left.signal.aborted) {
      const taken = await tryToLock().catch(() => undefined)
      if (taken) return
      if (taken === false && !hasTold) {
        onTrouble(`Another server works with ${shownPlace(url)} too: stop one of them.`)
        hasTold = true
      }
      await wait(againMs, undefined, { signal: left.signal }).catch(() => undefined)
    }
  }

  for (const until = Date.now() + patienceMs; !(await tryToLock()); await wait(againMs)) {
    if (Date.now() > until) throw new StoreError(`Another server works with ${shownPlace(url)}. Stop it, or name another database.`)
  }
  return {
    async [Symbol.asyncDispose]() {
      left.abort()
      await connection?.end().catch(() => undefined)
    },
  }
}

function keepsNothingAlive(client: pg.Client & { unref?(): void }): void {
  client.unref?.()
}

/** Of several statements each has a result. */
function last<Result>(results: Result | readonly Result[]): Result {
  return (Array.isArray(results) ? results.at(-1) : results) as Result
}
