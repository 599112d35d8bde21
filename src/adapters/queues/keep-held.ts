import type { Redis } from 'ioredis'
import type { TakenJob } from './agent-lines.js'
import { heldKey } from './names.js'

/** A job under way. */
export interface Held {
  readonly taken: TakenJob
}

/**
 * Renews the locks of the jobs under way. Of a job that the queue has lost it says that somebody goes on with it, so that it
 * is not added again.
 *
 * @param lockMs  How long a lock, or such a word, is good for.
 */
export function keepHeld(redis: Redis, held: ReadonlyMap<string, Held>, lockMs: number): AsyncDisposable {
  let renewing: Promise<void> | undefined
  const renew = (): void => {
    renewing ??= renewAll(redis, held, lockMs).catch(() => undefined).finally(() => (renewing = undefined))
  }
  const timer = setInterval(renew, lockMs / 3)
  redis.on('ready', renew)
  return {
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      redis.off('ready', renew)
      await renewing
    },
  }
}

async function renewAll(redis: Redis, held: ReadonlyMap<string, Held>, lockMs: number): Promise<void> {
  const jobs = [...held.values()].map(({ taken }) => taken)
  for (const line of new Set(jobs.map(job => job.line))) {
    const own = jobs.filter(job => job.line === line)
    const lost = await line.extendJobLocks(own.map(({ job }) => job.data.id), own.map(({ token }) => token), lockMs)
    const word = redis.pipeline()
    // Those that ended meanwhile are not held any more.
    for (const id of lost) if (held.has(id)) word.set(heldKey(id), '1', 'PX', lockMs)
    if (lost.length > 0) await word.exec()
  }
}
