import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { TakenJob } from './agent-lines.js'
import { longestWaitMs } from './connection.js'
import { heldKey } from './names.js'

/** A job in progress. `taken` changes if the queue lost the job and it was added again. */
export interface HeldJob {
  taken: TakenJob
  /** Aborted when the job is cancelled. */
  readonly calledOff: AbortController
  /** Aborted when this worker returns the job. */
  readonly left: AbortController
}

/**
 * A worker's jobs, by id. It renews their locks. If a lock is lost, because Redis lost it or was away for longer than
 * the lock lasts, a note in Redis says that this worker continues the job.
 */
export interface HeldJobs extends AsyncDisposable {
  readonly all: ReadonlyMap<string, HeldJob>
  add(id: string, job: HeldJob): void
  remove(id: string, job: HeldJob): void
  /** Whether the worker may take jobs. After a loss of Redis it waits first, so that others can note which jobs they have. */
  mayTake(): boolean
  /** The note about a job: another worker has it, it is over, or there is none. */
  wordOf(id: string): Promise<'held' | 'over' | undefined>
  /** Notes that a job without a lock is over, and removes it. */
  sayOver(id: string): Promise<void>
}

/** How long other workers may need to reconnect after a loss. */
const comeBackMs = longestWaitMs + 500
/** How long the note that a job is over lasts. */
const overKnownMs = 60_000

/** @param lockMs  How long a lock or a note lasts. */
export function createHeldJobs(redis: Redis, lockMs: number): HeldJobs {
  const all = new Map<string, HeldJob>()
  const me = randomUUID()
  let mayTakeFromMs = 0
  let renewing: Promise<void> | undefined

  const renew = (): void => {
    renewing ??= renewAll(redis, all, me, lockMs)
      .catch(() => undefined)
      .finally(() => (renewing = undefined))
  }
  const onReady = (): void => {
    mayTakeFromMs = performance.now() + comeBackMs
    renew()
  }
  const timer = setInterval(renew, lockMs / 3)
  redis.on('ready', onReady)

  return {
    all,
    add: (id, job) => void all.set(id, job),
    remove: (id, job) => void (all.get(id) === job && all.delete(id)),
    mayTake: () => performance.now() >= mayTakeFromMs,
    async wordOf(id) {
      const word = await redis.get(heldKey(id))
      if (word === null || word === me) return undefined
      return word === over ? over : 'held'
    },
    async sayOver(id) {
      // Renewing must not overwrite this note.
      all.delete(id)
      await redis.set(heldKey(id), over, 'PX', overKnownMs)
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      redis.off('ready', onReady)
      await renewing
    },
  }
}

const over = 'over'

async function renewAll(redis: Redis, held: ReadonlyMap<string, HeldJob>, me: string, lockMs: number): Promise<void> {
  const jobs = [...held.values()].map(({ taken }) => taken)
  for (const line of new Set(jobs.map(job => job.line))) {
    const own = jobs.filter(job => job.line === line)
    const lost = await line.extendJobLocks(
      own.map(({ job }) => job.data.id),
      own.map(({ token }) => token),
      lockMs,
    )
    // Skips jobs that ended meanwhile.
    await Promise.all(lost.filter(id => held.has(id)).map(id => redis.set(heldKey(id), me, 'PX', lockMs)))
  }
}
