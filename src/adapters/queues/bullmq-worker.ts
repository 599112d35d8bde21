import type { Redis } from 'ioredis'
import { cutAttempt } from '../../domain/cut-attempt.js'
import type { Attempt } from '../../domain/event.js'
import type { Fault } from '../../domain/outcome.js'
import type { RunWorker, Work, WorkDesk } from '../../ports/run-queue.js'
import { createAgentLines, type AgentLines, type StoredJob, type TakenJob } from './agent-lines.js'
import { connectRedis, usualTiming, type QueueTiming } from './connection.js'
import { createEventWriter, type EventWriter } from './event-writer.js'
import { cutChannel, cutKey, documentKey, newsChannel } from './names.js'
import { keepHeld, type Held } from './keep-held.js'

/** How often it is looked for agents that nobody told of. */
const discoverMs = 5000

/**
 * Takes jobs over BullMQ, of all agents.
 *
 * @param url  `redis://` or `rediss://`.
 * @param own  Other than the usual timing, for tests.
 * @throws {QueueError} when it is not there.
 */
export async function openRunWorker(url: string, own: Partial<QueueTiming> = {}): Promise<RunWorker> {
  const timing = { ...usualTiming, ...own }
  const redis = await connectRedis(url)
  const listening = await connectRedis(url)

  return {
    async work({ concurrency, signal, now }, work) {
      const held = new Map<string, HeldJob>()
      const writer = createEventWriter(redis)
      await using lines = createAgentLines(redis, timing)
      await using _ = keepHeld(redis, held, timing.lockMs)
      let wake: (() => void) | undefined
      const stop = (): void => wake?.()
      const giveBack = (): void => held.forEach(({ left }) => left.abort())
      const onMessage = (channel: string, message: string): void => {
        if (channel === cutChannel) return held.get(message)?.calledOff.abort()
        lines.news(message)
        wake?.()
      }
      signal.addEventListener('abort', stop)
      now.addEventListener('abort', giveBack)
      listening.on('message', onMessage)
      await listening.subscribe(newsChannel, cutChannel)

      const begin = (taken: TakenJob): void => {
        const { id } = taken.job.data
        const known = held.get(id)
        // The queue had lost it, and it was added again while we went on with it.
        if (known) return void (known.taken = taken)
        const job: HeldJob = { taken, calledOff: new AbortController(), left: new AbortController() }
        held.set(id, job)
        void hold(job, work, { redis, writer, timing }).finally(() => {
          held.delete(id)
          wake?.()
        })
      }

      let discoveredAt = -Infinity
      const takeAll = async (): Promise<void> => {
        if (performance.now() - discoveredAt > discoverMs) {
          await lines.discover()
          discoveredAt = performance.now()
        }
        while (!signal.aborted && held.size < concurrency) {
          const taken = await lines.take()
          if (!taken) break
          begin(taken)
        }
      }
      while (!signal.aborted || held.size > 0) {
        const woken = new Promise<void>(resolve => (wake = resolve))
        // What goes wrong with the queue passes: it is asked again.
        if (!signal.aborted) await takeAll().catch(() => undefined)
        const isFull = signal.aborted || held.size >= concurrency
        await (isFull ? woken : soonest(woken, lines))
      }
      listening.off('message', onMessage)
      signal.removeEventListener('abort', stop)
      now.removeEventListener('abort', giveBack)
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect()
      listening.disconnect()
    },
  }
}

interface HeldJob extends Held {
  taken: TakenJob
  /** Aborted when the job is not wanted any more. */
  readonly calledOff: AbortController
  /** Aborted when this worker gives it back. */
  readonly left: AbortController
}

interface HoldUse {
  readonly redis: Redis
  readonly writer: EventWriter
  readonly timing: QueueTiming
}

/** What an attempt ended with whose worker is gone. */
const lostWorker: Fault = { by: 'infra', code: 'interrupted', message: 'The worker that held this run was gone before it was over.' }

async function hold(held: HeldJob, work: Work, { redis, writer, timing }: HoldUse): Promise<void> {
  const { job } = held.taken
  const { begunAt, made: madeBefore = [], ...wanted } = job.data
  const earlier = [...wanted.earlier, ...madeBefore, ...(begunAt === undefined ? [] : [cutAttempt(begunAt, lostWorker)])]
  let made: readonly Attempt[] = []
  // A job that the queue has lost cannot be written to; it is added again by whoever wants it.
  const store = (stored: StoredJob): Promise<void> => held.taken.job.updateData(stored).catch(() => undefined)
  const desk: WorkDesk = {
    taken: job.attemptsStarted,
    document: async digest => (await redis.get(documentKey(digest))) ?? undefined,
    async tell(event) {
      // Whoever has it next tells how it went.
      if (held.left.signal.aborted) return
      if (event.type === 'run.started') void store({ ...wanted, earlier, made, begunAt: event.at })
      if (event.type === 'run.retrying' && event.made) void store({ ...wanted, earlier, made: made = [...made, event.made] })
      await writer.tell(wanted.order, event)
    },
  }
  const { signal } = held.calledOff
  try {
    if ((await redis.sismember(cutKey(wanted.order), wanted.id)) === 1) held.calledOff.abort()
    await work({ ...wanted, earlier }, desk, AbortSignal.any([signal, held.left.signal]))
    if (held.left.signal.aborted) await release(held, 0)
    else await held.taken.job.moveToCompleted(undefined, held.taken.token, false)
  } catch {
    await release(held, held.left.signal.aborted ? 0 : timing.backMs)
  }
}

/** Gives a job back. One whose lock is lost is somebody else's already, or will be added again. */
async function release({ taken: { job, token } }: HeldJob, inMs: number): Promise<void> {
  await (inMs === 0 ? job.moveToWait(token) : job.moveToDelayed(Date.now() + inMs, token)).catch(() => undefined)
}

/** Waits until there may be something to take. */
async function soonest(woken: Promise<void>, lines: AgentLines): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([woken, new Promise<void>(resolve => (timer = setTimeout(resolve, lines.restMs())))])
  clearTimeout(timer)
}
