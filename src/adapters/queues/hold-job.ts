import type { Redis } from 'ioredis'
import { cutAttempt } from '../../domain/cut-attempt.js'
import type { Attempt } from '../../domain/event.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import type { Work, WorkDesk } from '../../ports/run-queue.js'
import type { StoredJob } from './agent-lines.js'
import type { EventWriter } from './event-writer.js'
import type { HeldJob, HeldJobs } from './held-jobs.js'
import { cutKey, documentKey } from './names.js'

export interface HoldUse {
  readonly redis: Redis
  readonly writer: EventWriter
  readonly jobs: HeldJobs
  /** How long a returned job waits. */
  readonly backMs: number
}

/** Carries out a taken job, or returns it to the queue. Never rejects. */
export async function holdJob(held: HeldJob, work: Work, use: HoldUse): Promise<void> {
  const { id, order } = held.taken.job.data
  const { calledOff, left } = held
  try {
    const word = await use.jobs.wordOf(id)
    if (word === 'over') return await complete(held, use)
    if (word === 'held') return await release(held, use.backMs)
    if ((await use.redis.sismember(cutKey(order), id)) === 1) calledOff.abort()
    const { job, desk } = deskOf(held, use)
    await work(job, desk, AbortSignal.any([calledOff.signal, left.signal]))
    await (left.signal.aborted ? release(held, 0) : complete(held, use))
  } catch {
    await release(held, left.signal.aborted ? 0 : use.backMs)
  }
}

/** The job with its history, and the desk it reports to. */
function deskOf(held: HeldJob, { redis, writer }: HoldUse): { job: StoredJob; desk: WorkDesk } {
  const { attemptsStarted, stalledCounter, data } = held.taken.job
  const { begunAt, made: madeBefore = [], ...wanted } = data
  const job = {
    ...wanted,
    earlier: [...wanted.earlier, ...madeBefore, ...(begunAt === undefined ? [] : [cutAttempt(begunAt, callFaults.workerLost())])],
  }
  let made: readonly Attempt[] = []
  // A job that the queue lost cannot be updated; whoever wants it adds it again.
  const store = (stored: StoredJob): void => void held.taken.job.updateData(stored).catch(() => undefined)
  const desk: WorkDesk = {
    taken: attemptsStarted,
    deaths: stalledCounter,
    document: async digest => (await redis.get(documentKey(digest))) ?? undefined,
    async tell(event) {
      // The next worker reports how the run went.
      if (held.left.signal.aborted) return
      if (event.type === 'run.started') store({ ...job, made, begunAt: event.at })
      if (event.type === 'run.retrying' && event.made) store({ ...job, made: (made = [...made, event.made]) })
      await writer.tell(wanted.order, event)
    },
  }
  return { job, desk }
}

async function complete({ taken: { job, token } }: HeldJob, { jobs }: HoldUse): Promise<void> {
  try {
    await job.moveToCompleted(undefined, token, false)
  } catch {
    // The lock is lost: another worker may take the job, or it may be added again.
    await jobs.sayOver(job.data.id)
  }
}

/** A job whose lock is lost belongs to another worker already, or will be added again. */
async function release({ taken: { job, token } }: HeldJob, inMs: number): Promise<void> {
  await (inMs === 0 ? job.moveToWait(token) : job.moveToDelayed(Date.now() + inMs, token)).catch(() => undefined)
}
