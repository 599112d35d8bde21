import { setTimeout as wait } from 'node:timers/promises'
import { Worker } from 'bullmq'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createAgentLines, type AgentLines, type TakenJob } from '../../src/adapters/queues/agent-lines.js'
import { openRunQueue } from '../../src/adapters/queues/bullmq.js'
import { openRunWorker } from '../../src/adapters/queues/bullmq-worker.js'
import { connectRedis } from '../../src/adapters/queues/connection.js'
import type { Attempt, RunRetrying, RunStarted } from '../../src/domain/event.js'
import type { ResultId, RunKey } from '../../src/domain/ids.js'
import type { RunJob, RunQueue, EventBatch, Work } from '../../src/ports/run-queue.js'
import { startRedis, type TestRedis } from '../support/redis.js'
import { isMissing } from '../support/services.js'

let redis: TestRedis
let queue: RunQueue
let orders = 0

beforeAll(async () => {
  redis = await startRedis()
  queue = await openRunQueue(redis.url)
})

afterAll(async () => {
  await queue[Symbol.asyncDispose]()
  await redis[Symbol.asyncDispose]()
})

describe.skipIf(isMissing('Redis'))('a queue of runs', () => {
  test('a job that is added twice is done once, also when it is done already', async () => {
    const { job, done, worker } = await open()
    await queue.add([job(0), job(1)])
    await queue.add([job(1), job(2)])
    await done(3)
    await queue.add([job(0), job(1), job(2), job(3)])
    await done(4)
    expect(worker.conducted).toEqual([0, 1, 2, 3])
    await worker.stop()
  })

  test('what nobody has taken is taken back; workers cut off the rest', async () => {
    const cut: number[] = []
    const { job, worker } = await open({
      concurrency: 2,
      work: async (own, _, signal) => {
        await new Promise<void>(resolve => signal.addEventListener('abort', () => resolve()))
        cut.push(own.index)
      },
    })
    const jobs = [0, 1, 2, 3].map(job)
    await queue.add(jobs)
    await eventually(() => worker.conducted.length === 2)
    const withdrawn = await queue.withdraw(jobs)
    expect([...withdrawn].toSorted()).toEqual([job(2).id, job(3).id])
    await queue.cut(jobs)
    await eventually(() => cut.length === 2)
    await worker.stop()
    expect(worker.conducted).toEqual([0, 1])
  })

  test('a job that was cut before anybody took it is handed out cut', async () => {
    const signals: boolean[] = []
    const { job, done, worker } = await open({ work: async (_, __, signal) => void signals.push(signal.aborted) })
    await queue.cut([job(0)])
    await queue.add([job(0), job(1)])
    await done(2)
    expect(signals).toEqual([true, false])
    await worker.stop()
  })

  test('a job whose work rejects is handed out again, with what was kept of its attempts', async () => {
    const seen: unknown[] = []
    const { job, done, worker } = await open({
      work: async (own, desk) => {
        seen.push([desk.taken, desk.earlier.map(({ startedAt }) => startedAt)])
        if (desk.taken > 1) return
        await desk.tell(started(own, 1, 'first'))
        await desk.tell(retrying(own, { startedAt: 'first', durationMs: 1, outcome: { status: 'not_run', reason: 'cancelled' } }))
        await desk.tell(started(own, 2, 'second'))
        throw new Error('Not here.')
      },
    })
    await queue.add([job(0)])
    await done(2)
    expect(seen).toEqual([
      [1, []],
      [2, ['first', 'second']],
    ])
    await worker.stop()
  })

  test('events are told until they are acknowledged', async () => {
    const { job, done, worker, order } = await open({ work: (own, desk) => desk.tell(started(own, 1, 'now')) })
    await queue.add([job(0), job(1)])
    await done(2)
    const first = await told(order)
    expect(
      first
        .flatMap(({ events }) => events)
        .map(event => 'index' in event && event.index)
        .toSorted((a, b) => Number(a) - Number(b)),
    ).toEqual([0, 1])
    expect(first.at(-1)?.caughtUp).toBe(true)
    expect((await told(order)).flatMap(({ events }) => events)).toHaveLength(2)
    for (const batch of first) await batch.acknowledge()
    expect((await told(order)).flatMap(({ events }) => events)).toEqual([])
    await worker.stop()
  })

  test('events are told as they happen, of many orders at once', async () => {
    const [one, two] = [await open(tells), await open(tells)]
    const heard: string[] = []
    const stop = new AbortController()
    const following = [one, two].map(async ({ order }) => {
      for await (const { events } of queue.events(order, stop.signal)) for (const event of events) if ('run' in event) heard.push(event.run)
    })
    await wait(50)
    await queue.add([one.job(0), two.job(1)])
    await eventually(() => heard.length === 2)
    expect(heard.toSorted()).toEqual([one.job(0).run, two.job(1).run].toSorted())
    stop.abort()
    await Promise.all(following)
    await Promise.all([one.worker.stop(), two.worker.stop()])
  })

  test("an agent's limit holds over all workers", async () => {
    let [now, most] = [0, 0]
    const work: Work = async () => {
      most = Math.max(most, (now += 1))
      await wait(20)
      now -= 1
    }
    const one = await open({ work, concurrency: 10 })
    const two = await open({ work, concurrency: 10 })
    await queue.limit(one.agent, { concurrency: 3 })
    await queue.add(Array.from({ length: 30 }, (_, i) => one.job(i)))
    await eventually(() => one.worker.conducted.length + two.worker.conducted.length === 30)
    expect(most).toBe(3)
    await queue.limit(one.agent, {})
    await queue.add(Array.from({ length: 30 }, (_, i) => one.job(30 + i)))
    await eventually(() => one.worker.conducted.length + two.worker.conducted.length === 60)
    expect(most).toBeGreaterThan(3)
    await Promise.all([one.worker.stop(), two.worker.stop()])
  })

  test('agents take turns: one with few runs does not wait for one with many', async () => {
    const order: string[] = []
    const many = await open({ concurrency: 1, work: async own => void order.push(own.agent) })
    const few = jobsOf(`few-${orders}`)
    await queue.add([...Array.from({ length: 20 }, (_, i) => many.job(i)), few(0)])
    await eventually(() => order.length === 21)
    expect(order.indexOf(few(0).agent)).toBeLessThan(5)
    await many.worker.stop()
  })

  test('an agent without jobs is let go, unless one of its runs is in progress, and is there again with its next job', async () => {
    const connection = await connectRedis(redis.url)
    const closed = vi.spyOn(Worker.prototype, 'close')
    await using strict = await openRunQueue(redis.url, { idleMs: 0 })
    const [job, other] = [jobsOf(`idle-${orders++}`), jobsOf(`idle-${orders++}`)]
    {
      await using lines = createAgentLines(connection, { lockMs: 15_000, stalledMs: 5000, restMs: 0, idleMs: 0 })
      await strict.add([job(0)])
      await lines.discover()
      const first = await takeIdle(lines)
      const before = closed.mock.contexts.length
      await lines.closeIdle(new Set())
      expect(closed.mock.contexts.slice(before)).not.toContain(first.line)
      await first.job.moveToCompleted(undefined, first.token, false)
      await lines.closeIdle(new Set([first.line]))
      expect(closed.mock.contexts).not.toContain(first.line)
      await lines.closeIdle(new Set())
      expect(closed.mock.contexts).toContain(first.line)
      await lines.discover()
      expect(await lines.take()).toBeUndefined()
      await strict.add([other(0)])
      await strict.add([job(1)])
      await lines.discover()
      const [one, two] = [await takeIdle(lines), await takeIdle(lines)]
      expect([one, two].map(taken => taken.job.data.id).toSorted()).toEqual([job(1).id, other(0).id].toSorted())
      for (const taken of [one, two]) await taken.job.moveToCompleted(undefined, taken.token, false)
    }
    closed.mockRestore()
    connection.disconnect()
  })
})

const tells: { readonly work: Work } = { work: (own, desk) => desk.tell(started(own, 1, 'now')) }

/** An order of its own, and a worker that does its jobs. */
async function open({ work = async () => undefined, concurrency = 10 }: { readonly work?: Work; readonly concurrency?: number } = {}) {
  const order = `order-${orders++}`
  const job = jobsOf(order)
  const worker = await startWorker(work, concurrency)
  return {
    order,
    job,
    agent: job(0).agent,
    worker,
    done: (count: number) => eventually(() => worker.over === count),
  }
}

function jobsOf(order: string): (index: number) => RunJob {
  return index => ({
    id: `${order}-${index}`,
    order,
    result: order as ResultId,
    agent: `suite.yaml/${order}: agent`,
    document: 'digest',
    options: {},
    index,
    run: `${order}#${index}` as RunKey,
    earlier: [],
  })
}

async function startWorker(work: Work, concurrency: number) {
  const worker = await openRunWorker(redis.url, { restMs: 50, backMs: 20 })
  const stop = new AbortController()
  const conducted: number[] = []
  const counts = { conducted, over: 0 }
  const working = worker.work({ concurrency, signal: stop.signal, now: new AbortController().signal }, async (job, desk, signal) => {
    conducted.push(job.index)
    try {
      await work(job, desk, signal)
    } finally {
      counts.over += 1
    }
  })
  return {
    conducted,
    get over() {
      return counts.over
    },
    async stop() {
      stop.abort()
      await working
      await worker[Symbol.asyncDispose]()
    },
  }
}

/** The next job of the agents that are called seldom; other tests may leave some of others. */
async function takeIdle(lines: AgentLines): Promise<TakenJob> {
  for (let i = 0; i < 100; i += 1) {
    const taken = await lines.take()
    if (taken?.job.data.order.startsWith('idle-')) return taken
  }
  throw new Error('There is none.')
}

/** All that there is to tell of an order at the moment. */
async function told(order: string): Promise<EventBatch[]> {
  const stop = new AbortController()
  const all: EventBatch[] = []
  for await (const batch of queue.events(order, stop.signal)) {
    all.push(batch)
    if (batch.caughtUp) stop.abort()
  }
  return all
}

function started({ index, run }: RunJob, attempt: number, at: string): RunStarted {
  return { type: 'run.started', index, attempt, at, run }
}

function retrying({ index, run }: RunJob, made: Attempt): RunRetrying {
  return { type: 'run.retrying', index, attempt: 1, run, status: made.outcome.status, because: 'It broke.', inMs: 0, made }
}

async function eventually(isSo: () => boolean): Promise<void> {
  for (let waitedMs = 0; !isSo(); waitedMs += 5) {
    if (waitedMs > 10_000) throw new Error('In vain waited.')
    await wait(5)
  }
}
