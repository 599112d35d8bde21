import { randomUUID } from 'node:crypto'
import { createRedisBackend, Worker, type Job } from 'bullmq'
import type { Redis } from 'ioredis'
import type { Attempt } from '../../domain/event.js'
import type { RunJob } from '../../ports/run-queue.js'
import type { QueueTiming } from './connection.js'
import { agentsKey, prefix, queueName } from './names.js'

/** A job as it lies in Redis: with what happened to it so far. */
export interface StoredJob extends RunJob {
  /** When the attempt under way began. */
  readonly begunAt?: string
  /** Attempts that workers have made, each followed by another. */
  readonly made?: readonly Attempt[]
}

/** A job that this process has taken; nobody else has it as long as its lock is renewed. */
export interface TakenJob {
  readonly job: Job<StoredJob>
  readonly token: string
  readonly line: Worker<StoredJob>
}

/** The queues of all agents, as one that takes jobs sees them. */
export interface AgentLines extends AsyncDisposable {
  /** An agent has, or may have, new jobs. */
  news(agent: string): void
  /** Looks for agents that it has not heard of. */
  discover(): Promise<void>
  /** Lets go of agents that have had no job for long: many are an address that was called once. @param inUse  Whose jobs are held here. */
  closeIdle(inUse: ReadonlySet<TakenJob['line']>): Promise<void>
  /** The next job, of each agent in turn; `undefined` if there is none, or none may start now. */
  take(): Promise<TakenJob | undefined>
  /** Milliseconds until it may be worth asking again. */
  restMs(): number
}

/** Agents that had no new job for so long are not looked for any more. */
const rememberedMs = 24 * 3600 * 1000

interface AgentLine {
  readonly worker: Worker<StoredJob>
  /** By `Date.now()`: until then it has nothing to take, as far as we know. */
  restsUntil: number
  /** Whether there may be jobs that were not there when it was last asked. */
  hasNews: boolean
  /** By `Date.now()`: when it last had a job, or word of one. */
  usedAt: number
}

export function createAgentLines(redis: Redis, timing: Omit<QueueTiming, 'backMs'>): AgentLines {
  const lines = new Map<string, AgentLine>()
  /** Agents that were let go, with when they had been given a job last, as Redis has it. */
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
        // In this order: a job that is added meanwhile makes it another time than the one that is kept.
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
          // To the end of the queue: the next one is another agent's.
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

/** Where jobs are that are not over; those of dead workers are active. An empty one is not there. */
function jobKeys({ keys }: Worker): string[] {
  return ['wait', 'paused', 'prioritized', 'delayed', 'active'].flatMap(name => keys[name] ?? [])
}

/** One of BullMQ's workers that takes no job by itself. It looks for jobs whose worker has died, and puts them back. */
function openLine(redis: Redis, agent: string, { lockMs, stalledMs }: Pick<QueueTiming, 'lockMs' | 'stalledMs'>): Worker<StoredJob> {
  const options = {
    connection: redis,
    prefix,
    autorun: false,
    lockDuration: lockMs,
    stalledInterval: stalledMs,
    // Whoever does the job says when it was cut off too often.
    maxStalledCount: 1_000_000,
  }
  // Without the connection that would wait for jobs: one process has one for all agents.
  const worker = new Worker<StoredJob>(queueName(agent), null, options, (name, own) => createRedisBackend(name, own))
  worker.on('error', () => undefined)
  void worker.startStalledCheckTimer()
  return worker
}
