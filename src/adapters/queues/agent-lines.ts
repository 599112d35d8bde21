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
  /** The next job, of each agent in turn; `undefined` if there is none, or none may start now. */
  take(): Promise<TakenJob | undefined>
  /** Milliseconds until it may be worth asking again. */
  restMs(): number
}

/** Agents that had no new job for so long are not looked for any more. */
const rememberedMs = 24 * 3600 * 1000

interface Line {
  readonly worker: Worker<StoredJob>
  /** By `Date.now()`: until then it has nothing to take, as far as we know. */
  restsUntil: number
  /** Whether there may be jobs that were not there when it was last asked. */
  hasNews: boolean
}

export function createAgentLines(redis: Redis, timing: Omit<QueueTiming, 'backMs'>): AgentLines {
  const lines = new Map<string, Line>()
  const id = randomUUID()
  let taken = 0

  const lineOf = (agent: string): Line => {
    let line = lines.get(agent)
    if (!line) {
      line = { worker: openLine(redis, agent, timing), restsUntil: 0, hasNews: false }
      lines.set(agent, line)
    }
    return line
  }

  return {
    news(agent) {
      const line = lineOf(agent)
      line.hasNews = true
      line.restsUntil = 0
    },
    async discover() {
      for (const agent of await redis.zrangebyscore(agentsKey, Date.now() - rememberedMs, '+inf')) lineOf(agent)
    },
    async take() {
      for (const [agent, line] of lines) {
        if (line.restsUntil > Date.now()) continue
        const token = `${id}:${taken++}`
        line.hasNews = false
        const job = await line.worker.getNextJob(token, { block: false })
        if (job) {
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
