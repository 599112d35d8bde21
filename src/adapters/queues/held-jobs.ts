import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import type { TakenJob } from './agent-lines.js'
import { longestWaitMs } from './connection.js'
import { heldKey } from './names.js'

/** A job under way; taken again, if the queue had lost it and it was added again. */
export interface HeldJob {
  taken: TakenJob
  /** Aborted when the job is not wanted any more. */
  readonly calledOff: AbortController
  /** Aborted when this worker gives it back. */
  readonly left: AbortController
}

/**
 * The jobs that a worker holds, by id. Their locks are renewed; of a job whose lock is lost, with Redis or because that was
 * gone for longer than a lock is good for, a word in Redis says that somebody goes on with it.
 */
export interface HeldJobs extends AsyncDisposable {
  readonly all: ReadonlyMap<string, HeldJob>
  add(id: string, job: HeldJob): void
  remove(id: string, job: HeldJob): void
  /** Whether jobs may be taken. After a loss not at once: others come back too, and have to say what they hold. */
  mayTake(): boolean
  /** What is known of a job that was taken: that another worker goes on with it, that it is over, or nothing. */
  wordOf(id: string): Promise<'held' | 'over' | undefined>
  /** Says that a job is over whose lock was lost; it is held no more. */
  sayOver(id: string): Promise<void>
}

/** How long after a loss the others may need to come back. */
const comeBackMs = longestWaitMs + 500
/** For so long it is known that a job is over whose lock was lost. */
const overKnownMs = 60_000

/** @param lockMs  How long a lock, or a word, is good for. */
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
      // From now on nobody says anything else.
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
    // Those that ended meanwhile are not held any more.
    await Promise.all(lost.filter(id => held.has(id)).map(id => redis.set(heldKey(id), me, 'PX', lockMs)))
  }
}
