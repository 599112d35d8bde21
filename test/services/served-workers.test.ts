import { describe, expect, test, vi } from 'vitest'
import { startModelServer } from '../agents/model-server.js'
import { isMissing } from '../support/services.js'
import { openQueuePlace, type QueuePlace } from './queue-place.js'
import { serve } from '../cli/served-place.js'
import { until } from '../cli/workplace.js'

// Each test has several processes of its own, all at once: on a busy machine they wait for each other.
vi.setConfig({ testTimeout: 60_000 })

/** A dead worker is noticed sooner than usual. */
const soon = { CALLSHEET_QUEUE_LOCK_MS: '1500' }

describe.skipIf(isMissing('Redis'))('a server', { concurrent: true }, () => {
  test.each([
    ['by itself', false],
    ['with workers', true],
  ] as const)('%s lets a small result through beside a large one', async (_name, hasWorkers) => {
    await using queue = await openQueuePlace({ delayMs: 100 })
    queue.write({ frequency: 1, limits: '{ concurrency: 5 }' })
    if (hasWorkers) await queue.worker()
    const server = await serve(queue.place, hasWorkers ? ['--queue', queue.redis.url] : [])
    const large = await server.begin(400)
    await until('the large one is in progress', () => queue.agent.begun.size > 10)
    const begunBefore = queue.agent.begun.size
    const small = await server.begin(5)
    expect(await server.finished(small)).toMatchObject({ status: 'completed', success_runs_count: 5 })
    expect(queue.agent.begun.size - begunBefore).toBeLessThan(60)
    expect((await server.result(large)).status).toBe('running')
  })

  test('with workers starts no run any more once its models have cost too much', async ({ onTestFinished }) => {
    await using queue = await openQueuePlace()
    const model = await startModelServer()
    onTestFinished(() => void model.close())
    queue.place.write(
      'suite.yaml',
      `version: 1
suite: { name: Costly }
models: { judge: { base_url: "${model.url}", model: dear } }
prices: { dear: { input: 1000, output: 1000 } }
agents: { agent: { connection: { type: http, url: "${queue.agent.url}" } } }
scenarios:
  talks:
    script: { first_message: One., steps: [{ when: any, say: "Bye. <endcall/>" }] }
    expected_outcome: The agent says one.
limits: { concurrency: 1, max_cost: 0.1 }
`,
    )
    await queue.worker()
    const server = await serve(queue.place, ['--queue', queue.redis.url])
    const { runs } = await server.finished(await server.begin(5))
    expect(Object.values(runs).map(({ status }) => status)).toEqual(['completed', 'cancelled', 'cancelled', 'cancelled', 'cancelled'])
  })

  test('that is stopped finishes the calls in progress; the rest run after its next start, each once', async () => {
    await using queue = await openQueuePlace({ delayMs: 400 })
    queue.write({ frequency: 1, concurrency: 5 })
    const first = await serve(queue.place)
    const id = await first.begin(20)
    await until('calls are in progress', () => queue.agent.begun.size >= 8)
    first.running.signal('SIGTERM')
    expect((await first.running.ended).exit).toBe(0)
    expect(queue.agent.begun.size).toBeLessThan(16)

    const second = await serve(queue.place)
    expect(await second.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 20 })
    expect([...queue.agent.begun.values()]).toEqual(Array.from({ length: 20 }, () => 1))
    expect(await attemptsBefore(queue, id)).toBe(0)
  })

  test('that is stopped twice leaves the calls in progress to its next start too', async () => {
    await using queue = await openQueuePlace({ delayMs: 1000 })
    queue.write({ frequency: 1, concurrency: 5 })
    const first = await serve(queue.place)
    const id = await first.begin(5)
    await until('calls are in progress', () => queue.agent.underWay === 5)
    first.running.signal('SIGTERM')
    await until('it says that it finishes', () => first.running.stderr().includes('Finishing'))
    first.running.signal('SIGTERM')
    expect((await first.running.ended).exit).toBe(0)

    const second = await serve(queue.place)
    expect(await second.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 5 })
    expect(await attemptsBefore(queue, id)).toBe(5)
  })

  test('with workers may be killed in the middle: they go on, and when it is back it hears how it went', async () => {
    await using queue = await openQueuePlace({ delayMs: 200 })
    queue.write({ frequency: 1, concurrency: 10 })
    await queue.worker()
    const first = await serve(queue.place, ['--queue', queue.redis.url])
    const id = await first.begin(40)
    await until('some runs are over', () => queue.agent.begun.size > 15)
    first.running.signal('SIGKILL')
    await first.running.ended
    await until('the workers have done what they had', () => queue.agent.underWay === 0)

    const second = await serve(queue.place, ['--queue', queue.redis.url])
    expect(await second.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 40 })
    expect([...queue.agent.begun.values()]).toEqual(Array.from({ length: 40 }, () => 1))
    expect(await attemptsBefore(queue, id)).toBe(0)
    second.running.signal('SIGTERM')
    expect((await second.running.ended).exit).toBe(0)
  })

  test('and a worker killed in the middle of 500 runs lose none, and count none twice', async () => {
    await using queue = await openQueuePlace({ delayMs: 100 })
    queue.write({ frequency: 1, concurrency: 60 })
    const [dies] = await Promise.all([queue.worker(['--concurrency', '20'], soon), queue.worker(['--concurrency', '20'], soon)])
    const first = await serve(queue.place, ['--queue', queue.redis.url])
    const id = await first.begin(500)
    await until('some runs are over', () => queue.agent.begun.size > 100)
    dies.signal('SIGKILL')
    await until('more runs are over', () => queue.agent.begun.size > 150)
    first.running.signal('SIGKILL')
    await Promise.all([dies.ended, first.running.ended])

    const second = await serve(queue.place, ['--queue', queue.redis.url])
    const result = await second.finished(id)
    expect(result).toMatchObject({ status: 'completed', success_runs_count: 500, failed_runs_count: 0 })
    expect(Object.values(result.runs).filter(({ success }) => success)).toHaveLength(500)
    // Begun again, each under a name of its own, was only what the dead worker held.
    const again = [...queue.agent.begun.keys()].filter(name => name.includes('-'))
    expect(again.length).toBeGreaterThan(0)
    expect(again.length).toBeLessThanOrEqual(20)
    // Of a run that it had told the end of, that end counts; the others keep the attempt that was cut off.
    const kept = await attemptsBefore(queue, id)
    expect(kept).toBeGreaterThan(0)
    expect(kept).toBeLessThanOrEqual(again.length)
    // Killed between the start that is kept and the call, an attempt never reaches the agent.
    expect(new Set([...queue.agent.begun.keys()].map(name => name.split('-')[0])).size).toBe(500)
    expect(queue.agent.begun.size).toBeLessThanOrEqual(500 + again.length)
    expect([...queue.agent.begun.values()].every(times => times === 1)).toBe(true)
  })

  test('with workers may be stopped: it leaves at once, and they go on', async () => {
    await using queue = await openQueuePlace({ delayMs: 500 })
    queue.write({ frequency: 1, concurrency: 4 })
    const worker = await queue.worker([], soon)
    const first = await serve(queue.place, ['--queue', queue.redis.url])
    const id = await first.begin(12)
    await until('calls are in progress', () => queue.agent.underWay === 4)
    first.running.signal('SIGTERM')
    expect((await first.running.ended).exit).toBe(0)
    worker.signal('SIGKILL')
    await worker.ended

    const second = await serve(queue.place, ['--queue', queue.redis.url])
    await queue.worker([], soon)
    expect(await second.finished(id)).toMatchObject({ status: 'completed', success_runs_count: 12 })
  })
})

/** Attempts that are kept beside the runs of a result. */
async function attemptsBefore({ place }: QueuePlace, id: number): Promise<number> {
  const { stdout } = await place.run(['report', String(id), '--reporter', 'json'])
  const { runs } = JSON.parse(stdout) as { runs: readonly { readonly attempts?: number; readonly earlier?: readonly unknown[] }[] }
  return runs.reduce((sum, run) => sum + (run.earlier?.length ?? (run.attempts ?? 1) - 1), 0)
}
