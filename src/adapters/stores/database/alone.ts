import { setTimeout as wait } from 'node:timers/promises'
import type pg from 'pg'
import { StoreError } from '../../../ports/store.js'
import { takeLock } from '../lock.js'
import { isPostgres, loadPostgres, postgresFailure, shownPlace } from './open.js'

/**
 * The right to be a database's only server: two servers would both conduct the unfinished calls. Readers do not need
 * it.
 *
 * @param onTrouble  Called while another server is waited for, and if one took over during a lost connection.
 * @throws {StoreError} when another server has it.
 */
export async function beAlone(place: string, onTrouble: (why: string) => void): Promise<AsyncDisposable> {
  if (isPostgres(place)) return lockPostgres(place, onTrouble)
  const lock = await takeLock(place, 'Stop the other server, or name another folder for the database.')
  return { [Symbol.asyncDispose]: async () => lock.release() }
}

/** The number of a PostgreSQL lock that ends with the connection. Any number works; this one spells "call". */
const lockNumber = 0x63616c6c

/** How long a starting server waits for the lock. If the owner's machine is gone, PostgreSQL keeps the lock until it notices. */
const [patienceMs, againMs] = [40_000, 500]
/** Makes PostgreSQL notice that after 25 s. */
const keepAlive = 'set tcp_keepalives_idle = 10; set tcp_keepalives_interval = 5; set tcp_keepalives_count = 3'

async function lockPostgres(url: string, onTrouble: (why: string) => void): Promise<AsyncDisposable> {
  const { Client } = await loadPostgres()
  const left = new AbortController()
  let connection: pg.Client | undefined

  const tryToLock = async (): Promise<boolean> => {
    const client = new Client({
      connectionString: url,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      application_name: 'callsheet lock',
    })
    client.on('error', () => undefined)
    try {
      await client.connect()
      await client.query(keepAlive)
      const { rows } = await client.query<{ taken: boolean }>('select pg_try_advisory_lock($1) as taken', [lockNumber])
      if (rows[0]?.taken && !left.signal.aborted) {
        connection = client
        keepsNothingAlive(client)
        client.once('end', () => void (left.signal.aborted || lockAgain()))
        return true
      }
    } catch (cause) {
      throw postgresFailure(url, cause)
    } finally {
      if (connection !== client) void client.end().catch(() => undefined)
    }
    return false
  }
  const lockUntil = async (until: number, whileNot: string): Promise<boolean> => {
    for (let tries = 1; !(await tryToLock()); tries += 1) {
      if (Date.now() > until || left.signal.aborted) return false
      if (tries === 1) onTrouble(`Another server works with ${shownPlace(url)}: ${whileNot}.`)
      await wait(againMs)
    }
    return true
  }
  /** Takes the lock again after the connection was lost, and the lock with it. */
  const lockAgain = async (): Promise<void> => {
    while (!left.signal.aborted) {
      if (await lockUntil(Infinity, 'stop one of them').catch(() => false)) return
      await wait(againMs)
    }
  }

  if (!(await lockUntil(Date.now() + patienceMs, 'waiting for it to go'))) {
    throw new StoreError('in_use', `Another server works with ${shownPlace(url)}. Stop it, or name another database.`)
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
