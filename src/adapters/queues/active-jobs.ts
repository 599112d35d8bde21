import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { TakenJob } from './agent-lines.js'
import { longestWaitMs } from './connection.js'
import { noteKey } from './names.js'

/** A job in progress. `taken` changes if the queue lost the job and it was added again. */
export interface ActiveJob {
  taken: TakenJob
  /** Aborted when the job is cancelled. */
  readonly cancelled: AbortController
  /** Aborted when this worker returns the job. */
  readonly left: AbortController
}

/**
 * A worker's jobs, by id. It renews their locks. If a lock is lost, because Redis lost it or was away for longer than
 * the lock lasts, a note in Redis says that this worker continues the job.
 */
export interface ActiveJobs extends AsyncDisposable {
  readonly all: ReadonlyMap<string, ActiveJob>
  add(id: string, job: ActiveJob): void
  remove(id: string, job: ActiveJob): void
  /** Whether the worker may take jobs. After a loss of Redis it waits first, so that others can note which jobs they have. */
  mayTake(): boolean
  /** The note about a job: another worker has it, it is over, or there is none. */
  noteOf(id: string): Promise<'taken' | 'over' | undefined>
  /** Notes that a job without a lock is over, and removes it. */
  noteOver(id: string): Promise<void>
}

/** How long other workers may need to reconnect after a loss. */
const comeBackMs = longestWaitMs + 500
/** How long the note that a job is over lasts. */
const overKnownMs = 60_000

/** @param lockMs  How long a lock or a note lasts. */
export function createActiveJobs(redis: Redis, lockMs: number): ActiveJobs {
  const all = new Map<string, ActiveJob>()
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
    async noteOf(id) {
      const note = await redis.get(noteKey(id))
      if (note === null || note === me) return undefined
      return note === over ? over : 'taken'
    },
    async noteOver(id) {
      // Renewing must not overwrite this note.
      all.delete(id)
      await redis.set(noteKey(id), over, 'PX', overKnownMs)
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      redis.off('ready', onReady)
      await renewing
    },
  }
}

const over = 'over'

async function renewAll(redis: Redis, active: ReadonlyMap<string, ActiveJob>, me: string, lockMs: number): Promise<void> {
  const jobs = [...active.values()].map(({ taken }) => taken)
  for (const line of new Set(jobs.map(job => job.line))) {
    const own = jobs.filter(job => job.line === line)
    const lost = await line.extendJobLocks(
      own.map(({ job }) => job.data.id),
      own.map(({ token }) => token),
      lockMs,
    )
    // Skips jobs that ended meanwhile.
    await Promise.all(lost.filter(id => active.has(id)).map(id => redis.set(noteKey(id), me, 'PX', lockMs)))
  }
}
