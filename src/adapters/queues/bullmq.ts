import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'
import type { QueueLimits, RunJob, RunQueue } from '../../ports/run-queue.js'
import { connectRedis, usualTiming, type QueueTiming } from './connection.js'
import { createEventReader } from './event-reader.js'
import { watchHealth, type LossHooks } from './health.js'
import {
  agentsKey,
  cutChannel,
  cutKey,
  documentKey,
  eventsKey,
  noteKey,
  keptS,
  newsChannel,
  prefix,
  queueName,
  recordingKey,
} from './names.js'
import { rateOf } from './rate.js'

/** How long a finished job stays known, so that it is not added again before its end arrives. */
const doneKnownS = 60

/**
 * The run queue over BullMQ: one BullMQ queue per agent, whose global concurrency and rate are the agent's limits.
 *
 * @param url  `redis://` or `rediss://`.
 * @param other  Overrides the usual timing, for tests; what to call when Redis is lost.
 * @throws {QueueError} when Redis cannot be reached.
 */
export async function openRunQueue(url: string, other: Partial<Pick<QueueTiming, 'idleMs'>> & LossHooks = {}): Promise<RunQueue> {
  const { idleMs } = { ...usualTiming, ...other }
  const redis = await connectRedis(url)
  const waiting = await connectRedis(url)
  const reader = createEventReader(redis, waiting)
  const health = watchHealth(redis, other)
  /** In order of use, the most recent last. */
  const queues = new Map<string, UsedQueue>()
  const limits = new Map<string, string>()

  const queueOf = (agent: string): Queue<RunJob> => {
    const { queue } = queues.get(agent) ?? { queue: openQueue(redis, agent) }
    queues.delete(agent)
    closeIdle()
    queues.set(agent, { queue, usedAtMs: performance.now() })
    return queue
  }
  const closeIdle = (): void => {
    for (const [agent, { queue, usedAtMs }] of queues) {
      if (performance.now() - usedAtMs < idleMs) return
      queues.delete(agent)
      limits.delete(agent)
      void queue.close().catch(() => undefined)
    }
  }
  /** Redis may have lost the limits. */
  redis.on('ready', () => limits.clear())

  return {
    publish: async (digest, body) => void (await redis.set(documentKey(digest), body, 'EX', keptS)),
    async limit(agent, wanted) {
      if (limits.get(agent) === JSON.stringify(wanted)) return
      await setLimits(queueOf(agent), wanted)
      limits.set(agent, JSON.stringify(wanted))
    },
    async add(jobs) {
      if (jobs.length === 0) return
      const notes = await redis.mget(jobs.map(({ id }) => noteKey(id)))
      const lost = jobs.filter((_, i) => notes[i] === null)
      for (const [agent, wanted] of byAgent(lost)) {
        await queueOf(agent).addBulk(
          wanted.map(job => ({ name: 'run', data: job, opts: { jobId: job.id, removeOnComplete: { age: doneKnownS } } })),
        )
        await redis.pipeline().zadd(agentsKey, Date.now(), agent).publish(newsChannel, agent).exec()
      }
    },
    async withdraw(jobs) {
      const taken = await Promise.all(jobs.map(({ id, agent }) => takeBack(redis, queueOf(agent), id)))
      return new Set(jobs.flatMap(({ id }, i) => (taken[i] ? [id] : [])))
    },
    async cut(jobs) {
      const change = redis.pipeline()
      for (const { id, order } of jobs) change.sadd(cutKey(order), id).expire(cutKey(order), keptS).publish(cutChannel, id)
      await change.exec()
    },
    events: (order, signal) => reader.follow(order, signal),
    forget: async order => void (await redis.del(eventsKey(order), cutKey(order))),
    recording: (order, name) => readRecording(redis, recordingKey(order, name)),
    async dropRecordings(order, names) {
      if (names.length > 0) await redis.del(...names.map(name => recordingKey(order, name)))
    },
    lostForMs: health.lostForMs,
    async [Symbol.asyncDispose]() {
      health[Symbol.dispose]()
      reader[Symbol.dispose]()
      await Promise.all([...queues.values()].map(({ queue }) => queue.close()))
      redis.disconnect()
      waiting.disconnect()
    },
  }
}

async function* readRecording(redis: Redis, key: string): AsyncGenerator<Uint8Array> {
  for (let at = 0; ; at += 1) {
    const piece = await redis.lindexBuffer(key, at)
    if (!piece) return
    yield piece
  }
}

interface UsedQueue {
  readonly queue: Queue<RunJob>
  readonly usedAtMs: number
}

function openQueue(redis: Redis, agent: string): Queue<RunJob> {
  const queue = new Queue<RunJob>(queueName(agent), { connection: redis, prefix, streams: { events: { maxLen: 100 } } })
  queue.on('error', () => undefined)
  return queue
}

/** Whether the job was still waiting. Whoever removes it from the waiting list first has it. */
async function takeBack(redis: Redis, queue: Queue, id: string): Promise<boolean> {
  const waited = (await redis.lrem(queue.keys['wait'] ?? '', 1, id)) + (await redis.zrem(queue.keys['delayed'] ?? '', id))
  if (waited > 0) await queue.remove(id)
  return waited > 0
}

async function setLimits(queue: Queue, { concurrency, startsPerSecond }: QueueLimits): Promise<void> {
  await (concurrency === undefined ? queue.removeGlobalConcurrency() : queue.setGlobalConcurrency(concurrency))
  if (startsPerSecond === undefined) return void (await queue.removeGlobalRateLimit())
  const { starts, everyMs } = rateOf(startsPerSecond)
  await queue.setGlobalRateLimit(starts, everyMs)
}

function byAgent(jobs: readonly RunJob[]): Map<string, RunJob[]> {
  const groups = new Map<string, RunJob[]>()
  for (const job of jobs) {
    const own = groups.get(job.agent)
    if (own) own.push(job)
    else groups.set(job.agent, [job])
  }
  return groups
}
