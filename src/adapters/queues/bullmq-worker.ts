import type { RunWorker } from '../../ports/run-queue.js'
import { createAgentLines, type AgentLines, type TakenJob } from './agent-lines.js'
import { connectRedis, usualTiming, type QueueTiming } from './connection.js'
import { createEventWriter } from './event-writer.js'
import { createActiveJobs } from './active-jobs.js'
import { workOnJob } from './work-on-job.js'
import { cutChannel, newsChannel } from './names.js'

/** How often to look for agents that no message announced. */
const discoverMs = 5000

/**
 * Takes the jobs of all agents over BullMQ.
 *
 * @param url  `redis://` or `rediss://`.
 * @param own  Overrides the usual timing, for tests.
 * @throws {QueueError} when Redis cannot be reached.
 */
export async function openRunWorker(url: string, own: Partial<QueueTiming> = {}): Promise<RunWorker> {
  const { backMs, ...timing } = { ...usualTiming, ...own }
  const redis = await connectRedis(url)
  const listening = await connectRedis(url)

  return {
    async work({ concurrency, signal, now }, work) {
      using writer = createEventWriter(redis)
      await using lines = createAgentLines(redis, timing)
      await using jobs = createActiveJobs(redis, timing.lockMs)
      let wake: (() => void) | undefined

      const begin = (taken: TakenJob): void => {
        const { id } = taken.job.data
        const known = jobs.all.get(id)
        // The queue had lost the job, and it was added again while this worker continued it.
        if (known) return void (known.taken = taken)
        const job = { taken, cancelled: new AbortController(), left: new AbortController() }
        jobs.add(id, job)
        void workOnJob(job, work, { redis, writer, jobs, backMs }).finally(() => {
          jobs.remove(id, job)
          wake?.()
        })
      }

      let discoveredAt = -Infinity
      const takeAll = async (): Promise<void> => {
        if (performance.now() - discoveredAt > discoverMs) {
          await lines.discover()
          await lines.closeIdle(new Set([...jobs.all.values()].map(({ taken }) => taken.line)))
          discoveredAt = performance.now()
        }
        while (!signal.aborted && jobs.mayTake() && jobs.all.size < concurrency) {
          const taken = await lines.take()
          if (!taken) break
          begin(taken)
        }
      }

      const onMessage = (channel: string, message: string): void => {
        if (channel === cutChannel) return jobs.all.get(message)?.cancelled.abort()
        lines.news(message)
        wake?.()
      }
      const onStop = (): void => wake?.()
      const giveBack = (): void => jobs.all.forEach(({ left }) => left.abort())
      signal.addEventListener('abort', onStop)
      now.addEventListener('abort', giveBack)
      listening.on('message', onMessage)
      await listening.subscribe(newsChannel, cutChannel)
      try {
        while (!signal.aborted || jobs.all.size > 0) {
          const woken = new Promise<void>(resolve => (wake = resolve))
          // Errors of the queue are temporary: the loop asks again.
          if (!signal.aborted) await takeAll().catch(() => undefined)
          const isFull = signal.aborted || jobs.all.size >= concurrency
          await (isFull ? woken : soonest(woken, lines))
        }
      } finally {
        listening.off('message', onMessage)
        signal.removeEventListener('abort', onStop)
        now.removeEventListener('abort', giveBack)
      }
    },
    async [Symbol.asyncDispose]() {
      redis.disconnect()
      listening.disconnect()
    },
  }
}

/** Waits until there may be a job to take. */
async function soonest(woken: Promise<void>, lines: AgentLines): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  await Promise.race([woken, new Promise<void>(resolve => (timer = setTimeout(resolve, lines.restMs())))])
  clearTimeout(timer)
}
