import { setTimeout as wait } from 'node:timers/promises'
import { Queue } from 'bullmq'
import { Redis } from 'ioredis'
import { describe, expect, test, vi } from 'vitest'
import { endsOf, until } from '../cli/workplace.js'
import { serve } from '../cli/served-place.js'
import { isMissing } from '../support/services.js'
import { openQueuePlace, type QueuePlace } from './queue-place.js'

// Each test has several processes of its own, all at once: on a busy machine they wait for each other.
vi.setConfig({ testTimeout: 60_000 })

const ours = { CALLSHEET_SECRET: 'a secret of ours' }
const theirs = { CALLSHEET_SECRET: 'a secret of theirs' }

describe.skipIf(isMissing('Redis'))('a worker with a secret', { concurrent: true }, () => {
  test('conducts the runs of whoever has it too, also after another worker has died with them', async () => {
    await using queue = await openQueuePlace({ delayMs: 1000 })
    queue.write({ frequency: 4 })
    const dies = await queue.worker([], { ...ours, CALLSHEET_QUEUE_LOCK_MS: '1500' })
    const running = queue.run([], ours)
    await until('it has runs', () => queue.agent.underWay === 4)
    dies.signal('SIGKILL')
    const worker = await queue.worker([], { ...ours, CALLSHEET_QUEUE_LOCK_MS: '1500' })
    expect((await running.ended).exit).toBe(0)
    expect(endsOf(queue.place.journal()).map(({ earlier }) => earlier.length)).toEqual([1, 1, 1, 1])
    expect(worker.stderr()).toBe('')
  })

  test.each([
    ['without a secret', {}],
    ['with another one', theirs],
  ])('refuses runs that were ordered %s: they end, and it says why', async (_name, env) => {
    await using queue = await openQueuePlace()
    queue.write({ frequency: 2 })
    const worker = await queue.worker([], ours)
    const { exit, stdout } = await queue.run([], env).ended
    expect(exit).toBe(3)
    expect(unwrapped(stdout)).toContain("it is not signed with the worker's CALLSHEET_SECRET")
    expect(endsOf(queue.place.journal()).map(({ outcome }) => outcome)).toMatchObject([
      { status: 'infra_error', fault: { code: 'cannot_load' } },
      { status: 'infra_error', fault: { code: 'cannot_load' } },
    ])
    expect(queue.agent.begun.size).toBe(0)
    expect(worker.stderr()).toContain("The worker refused the run: it is not signed with the worker's CALLSHEET_SECRET.")
  })

  test('never runs what somebody else has put into the queue, or has changed in it', async () => {
    await using queue = await openQueuePlace({ delayMs: 0 })
    queue.write({ frequency: 1 })
    const redis = new Redis(queue.redis.url, { maxRetriesPerRequest: null })
    try {
      // A run of ours, taken out of the queue before any worker is there.
      const running = queue.run([], ours)
      const job = await jobIn(redis)
      await job.updateData({ ...job.data, options: { ...(job.data['options'] as object), agents: { agent: 'http://127.0.0.1:9/evil' } } })
      const other = new Queue(job.queueName, { connection: redis, prefix: 'callsheet:queue' })
      await other.add('run', { ...job.data, id: 'x-1', order: 'x', run: 'forged#1', signature: undefined }, { jobId: 'x-1' })
      await other.add('run', { anything: 'else' }, { jobId: 'x-2' })
      const worker = await queue.worker([], ours)
      const { exit, stdout } = await running.ended
      expect(exit).toBe(3)
      expect(unwrapped(stdout)).toContain('it is not signed')
      await until(
        'all are refused',
        () => /Run forged#1: [\s\S]*Run that is no run: /.test(worker.stderr()) || /no run: [\s\S]*forged#1/.test(worker.stderr()),
      )
      await wait(4000)
      expect(await other.getJobCounts('active', 'wait', 'delayed')).toEqual({ active: 0, wait: 0, delayed: 0 })
      expect(queue.agent.begun.size).toBe(0)
      await other.close()
    } finally {
      redis.disconnect()
    }
  })

  test('never runs a suite that was replaced in the queue', async () => {
    await using queue = await openQueuePlace()
    queue.write({ frequency: 1 })
    const redis = new Redis(queue.redis.url, { maxRetriesPerRequest: null })
    try {
      const running = queue.run([], ours)
      await jobIn(redis)
      const [key = ''] = await redis.keys('callsheet:document:*')
      const body = (await redis.get(key)) ?? ''
      await redis.set(key, body.replace('One.', 'Two.'))
      await queue.worker([], ours)
      const { exit, stdout } = await running.ended
      expect(exit).toBe(3)
      expect(unwrapped(stdout)).toContain('somebody replaced its suite in the queue')
      expect(queue.agent.begun.size).toBe(0)
    } finally {
      redis.disconnect()
    }
  })
})

describe.skipIf(isMissing('Redis'))('without a secret', { concurrent: true }, () => {
  test('a worker says at its start what that means', async () => {
    await using queue = await openQueuePlace()
    const worker = await queue.worker()
    expect(worker.stderr()).toContain('whoever can write to the queue can run programs on this machine')
  })
})

describe.skipIf(isMissing('Redis'))('a server whose queue is lost', { concurrent: true }, () => {
  test('says so, is not ready, starts nothing, and goes on when the queue is back', async () => {
    await using queue: QueuePlace = await openQueuePlace({ delayMs: 200 })
    queue.write({ frequency: 1 })
    await queue.worker()
    const server = await serve(queue.place, ['--queue', queue.redis.url])
    const ready = new URL('/readyz', server.url)
    expect(await (await fetch(ready)).json()).toEqual({ status: 'ready', database: 'ok', queue: 'ok' })
    const id = await server.begin(40)
    await until('runs are in progress', () => queue.agent.begun.size > 5)
    await queue.redis.stop()
    await until('it says so', () => server.running.stderr().includes('does not answer. No worker gets a run until it is back.'))
    const red = await fetch(ready)
    expect([red.status, await red.json()]).toEqual([503, { status: 'not_ready', database: 'ok', queue: 'lost' }])
    const refused = await fetch(`${server.url}/scenarios/run_scenarios/`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ agent_id: 1, scenarios: 'all' }),
    })
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '5'])
    expect(await refused.json()).toEqual({ detail: 'The queue cannot be reached. Try again.' })

    await queue.redis.start()
    await until('it says that it is back', () => /^The queue at \S+ is back\.$/m.test(server.running.stderr()))
    expect(await server.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 40 })
    expect((await fetch(ready)).status).toBe(200)
    expect(await server.finished(await server.begin(1))).toMatchObject({ success_runs_count: 1 })
  })

  test('notices a queue that is there and does not answer', async () => {
    await using queue = await openQueuePlace()
    queue.write({ frequency: 1 })
    const server = await serve(queue.place, ['--queue', queue.redis.url])
    queue.redis.freeze()
    await until('it says so', () => server.running.stderr().includes('does not answer.'))
    expect((await fetch(new URL('/readyz', server.url))).status).toBe(503)
    queue.redis.thaw()
    await until('it says that it is back', () => /^The queue at \S+ is back\.$/m.test(server.running.stderr()))
    expect((await fetch(new URL('/readyz', server.url))).status).toBe(200)
  })
})

/** Console text without its line breaks. */
function unwrapped(text: string): string {
  return text.replaceAll(/\s+/g, ' ')
}

/** The first job that a client puts into the queue. */
async function jobIn(redis: Redis) {
  for (;;) {
    const [agent] = await redis.zrange('callsheet:agents', 0, -1)
    if (agent !== undefined) {
      const queue = new Queue(agent.replaceAll(':', '%3A'), { connection: redis, prefix: 'callsheet:queue' })
      const [job] = await queue.getJobs(['wait'])
      if (job) return job
    }
    await wait(50)
  }
}
