import type { Redis } from 'ioredis'
import { cutAttempt } from '../../domain/cut-attempt.js'
import type { Attempt } from '../../domain/event.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import type { RunJob, Work, WorkDesk } from '../../ports/run-queue.js'
import type { StoredJob } from './agent-lines.js'
import type { EventWriter } from './event-writer.js'
import type { ActiveJob, ActiveJobs } from './active-jobs.js'
import { cutKey, documentKey, recordingKey, recordingKeptS } from './names.js'

export interface JobUse {
  readonly redis: Redis
  readonly writer: EventWriter
  readonly jobs: ActiveJobs
  /** How long a returned job waits. */
  readonly backMs: number
}

/** Carries out a taken job, or returns it to the queue. Never rejects. */
export async function workOnJob(active: ActiveJob, work: Work, use: JobUse): Promise<void> {
  const { id, order } = active.taken.job.data
  const { cancelled, left } = active
  try {
    const note = await use.jobs.noteOf(id)
    if (note === 'over') return await complete(active, use)
    if (note === 'taken') return await release(active, use.backMs)
    if ((await use.redis.sismember(cutKey(order), id)) === 1) cancelled.abort()
    const { job, desk } = deskOf(active, use)
    await work(job, desk, AbortSignal.any([cancelled.signal, left.signal]))
    await (left.signal.aborted ? release(active, 0) : complete(active, use))
  } catch {
    await release(active, left.signal.aborted ? 0 : use.backMs)
  }
}

/** The job as it was added, and the desk it reports to. */
function deskOf(active: ActiveJob, { redis, writer }: JobUse): { job: RunJob; desk: WorkDesk } {
  const { attemptsStarted, stalledCounter, data } = active.taken.job
  const { begunAt, made: madeBefore = [], ...job } = data
  const earlier = [...madeBefore, ...(begunAt === undefined ? [] : [cutAttempt(begunAt, callFaults.workerLost())])]
  let made: readonly Attempt[] = earlier
  // A job that the queue lost cannot be updated; whoever wants it adds it again.
  const store = (stored: StoredJob): void => void active.taken.job.updateData(stored).catch(() => undefined)
  const desk: WorkDesk = {
    taken: attemptsStarted,
    deaths: stalledCounter,
    earlier,
    document: async digest => (await redis.get(documentKey(digest))) ?? undefined,
    async tell(event) {
      // The next worker reports how the run went.
      if (active.left.signal.aborted) return
      if (event.type === 'run.started') store({ ...job, made, begunAt: event.at })
      if (event.type === 'run.retrying') store({ ...job, made: (made = [...made, event.made]) })
      await writer.tell(job.order, event)
    },
    sendRecording: (name, pieces) => sendRecording(redis, recordingKey(job.order, name), pieces),
  }
  return { job, desk }
}

/** What a dead worker left of it is replaced. */
async function sendRecording(redis: Redis, key: string, pieces: AsyncIterable<Uint8Array>): Promise<void> {
  await redis.del(key)
  for await (const piece of pieces) await redis.pipeline().rpush(key, Buffer.from(piece)).expire(key, recordingKeptS).exec()
}

async function complete({ taken: { job, token } }: ActiveJob, { jobs }: JobUse): Promise<void> {
  try {
    await job.moveToCompleted(undefined, token, false)
  } catch {
    // The lock is lost: another worker may take the job, or it may be added again.
    await jobs.noteOver(job.data.id)
  }
}

/** A job whose lock is lost belongs to another worker already, or will be added again. */
async function release({ taken: { job, token } }: ActiveJob, inMs: number): Promise<void> {
  await (inMs === 0 ? job.moveToWait(token) : job.moveToDelayed(Date.now() + inMs, token)).catch(() => undefined)
}
