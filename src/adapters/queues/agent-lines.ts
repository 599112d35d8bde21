import { randomUUID } from 'node:crypto'
import { createRedisBackend, Worker, type Job } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Attempt } from '../../domain/event.js'
import type { RunJob } from '../../ports/run-queue.js'
import type { QueueTiming } from './connection.js'
import { agentsKey, prefix, queueName } from './names.js'

/** A job as stored in Redis, with its history. */
export interface StoredJob extends RunJob {
  /** When the attempt in progress began. */
  readonly begunAt?: string
  /** Finished attempts that were followed by a retry. */
  readonly made?: readonly Attempt[]
}

/** A job this process has taken. No other worker gets it while this one renews its lock. */
export interface TakenJob {
  readonly job: Job<StoredJob>
  readonly token: string
  readonly line: Worker<StoredJob>
}

/** The queues of all agents, from a worker's side. */
export interface AgentLines extends AsyncDisposable {
  /** An agent has new jobs, or may have. */
  news(agent: string): void
  /** Finds agents that no message announced. */
  discover(): Promise<void>
  /**
   * Closes agents without a job for a long time. Many are addresses that were called once.
   *
   * @param inUse  Agents whose jobs this worker has.
   */
  closeIdle(inUse: ReadonlySet<TakenJob['line']>): Promise<void>
  /** The next job, taking the agents in turn; `undefined` if there is none, or none may start now. */
  take(): Promise<TakenJob | undefined>
  /** Milliseconds until asking again makes sense. */
  restMs(): number
}

/** Agents without new jobs for this long are no longer looked up. */
const rememberedMs = 24 * 3600 * 1000

interface AgentLine {
  readonly worker: Worker<StoredJob>
  /** `Date.now()` time until which the agent is expected to have no job. */
  restsUntil: number
  /** Whether new jobs may have arrived since the last look. */
  hasNews: boolean
  /** `Date.now()` time of its last job, or of the last news of one. */
  usedAt: number
}

export function createAgentLines(redis: Redis, timing: Omit<QueueTiming, 'backMs'>): AgentLines {
  const lines = new Map<string, AgentLine>()
  /** Closed agents, each with the time of its last job in Redis. */
  const asleep = new Map<string, string | null>()
  const id = randomUUID()
  let taken = 0

  const lineOf = (agent: string): AgentLine => {
    let line = lines.get(agent)
    if (!line) {
      line = { worker: openLine(redis, agent, timing), restsUntil: 0, hasNews: false, usedAt: Date.now() }
      asleep.delete(agent)
      lines.set(agent, line)
    }
    return line
  }

  return {
    news(agent) {
      const line = lineOf(agent)
      line.hasNews = true
      line.usedAt = Date.now()
      line.restsUntil = 0
    },
    async discover() {
      const found = await redis.zrangebyscore(agentsKey, Date.now() - rememberedMs, '+inf', 'WITHSCORES')
      for (let i = 0; i < found.length; i += 2) {
        const [agent = '', givenAt] = found.slice(i)
        if (asleep.get(agent) !== givenAt) lineOf(agent)
      }
      const known = new Set(found)
      for (const agent of asleep.keys()) if (!known.has(agent)) asleep.delete(agent)
    },
    async closeIdle(inUse) {
      for (const [agent, line] of lines) {
        const isUsed = (): boolean => line.hasNews || inUse.has(line.worker) || Date.now() - line.usedAt < timing.idleMs
        if (isUsed()) continue
        // The order matters: a job added in between changes the time, so it no longer equals the stored one.
        const givenAt = await redis.zscore(agentsKey, agent)
        if ((await redis.exists(...jobKeys(line.worker))) > 0 || isUsed()) continue
        lines.delete(agent)
        asleep.set(agent, givenAt)
        await line.worker.close()
      }
    },
    async take() {
      for (const [agent, line] of lines) {
        if (line.restsUntil > Date.now()) continue
        const token = `${id}:${taken++}`
        line.hasNews = false
        const job = await line.worker.getNextJob(token, { block: false })
        if (job) {
          line.usedAt = Date.now()
          // Moves the agent to the end, so that another agent is next.
          lines.delete(agent)
          lines.set(agent, line)
          return { job, token, line: line.worker }
        }
        const limitedMs = await line.worker.getBackend().getRateLimitTtl()
        if (!line.hasNews) line.restsUntil = Date.now() + Math.min(timing.restMs, limitedMs > 0 ? limitedMs : timing.restMs)
      }
      return undefined
    },
    restMs() {
      const soonest = Math.min(...[...lines.values()].map(({ restsUntil }) => restsUntil))
      return Math.max(1, Math.min(timing.restMs, soonest - Date.now()))
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([...lines.values()].map(({ worker }) => worker.close()))
    },
  }
}

/** Redis keys of unfinished jobs. Jobs of dead workers count as active. Redis has no key for an empty list. */
function jobKeys({ keys }: Worker): string[] {
  return ['wait', 'paused', 'prioritized', 'delayed', 'active'].flatMap(name => keys[name] ?? [])
}

/** A BullMQ worker that takes no job by itself. It finds jobs whose worker has died, and puts them back. */
function openLine(redis: Redis, agent: string, { lockMs, stalledMs }: Pick<QueueTiming, 'lockMs' | 'stalledMs'>): Worker<StoredJob> {
  const options = {
    connection: redis,
    prefix,
    autorun: false,
    lockDuration: lockMs,
    stalledInterval: stalledMs,
    // The worker decides when a job was cut off too often.
    maxStalledCount: 1_000_000,
  }
  // Omits BullMQ's blocking connection: one process needs only one for all agents.
  const worker = new Worker<StoredJob>(queueName(agent), null, options, (name, own) => createRedisBackend(name, own))
  worker.on('error', () => undefined)
  void worker.startStalledCheckTimer()
  return worker
}
