import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { describe, expect, test, vi } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import { isMissing } from '../support/services.js'
import { openQueuePlace } from './queue-place.js'
import { endsOf, statusesOf, until } from '../cli/workplace.js'

// Each test has several processes of its own, all at once: on a busy machine they wait for each other.
vi.setConfig({ testTimeout: 60_000 })

/** A dead worker is noticed sooner than usual. */
const soon = { CALLSHEET_QUEUE_LOCK_MS: '1500' }

describe.skipIf(isMissing('Redis'))('with workers,', { concurrent: true }, () => {
  test('runs end as they do without, and leave the same JUnit', async () => {
    await using queue = await openQueuePlace({ delayMs: 0 })
    const { place } = queue
    queue.write({ frequency: 5 })
    const fails = '  fails: { script: { first_message: One. }, expect: [{ agent_says: { contains: Two } }] }'
    place.write('suite.yaml', readFileSync(join(place.path, 'suite.yaml'), 'utf8').replace('scenarios:', `scenarios:\n${fails}`))
    await queue.worker()
    const [own, elsewhere] = [
      await place.run(['run', 'suite.yaml', '--junit', 'own.xml']),
      await queue.run(['--junit', 'elsewhere.xml']).ended,
    ]
    expect(own.exit).toBe(1)
    expect(elsewhere.exit).toBe(1)
    const verdicts = (file: string): string =>
      readFileSync(join(place.path, file), 'utf8')
        .replaceAll(/took [\d.]+ s/g, 'took 0 s')
        .replaceAll(/(time|timestamp|id|name)="[^"]*"|\[\d\d:\d\d\]|2\d{3}-[\w-]+/g, '')
    expect(verdicts('elsewhere.xml')).toContain('<failure')
    expect(verdicts('elsewhere.xml')).toBe(verdicts('own.xml'))
  })

  test('one that dies with its runs in the air is noticed within 30 s: other workers retry them, their first attempts kept', async () => {
    await using queue = await openQueuePlace({ delayMs: 1500 })
    queue.write({ frequency: 30 })
    const [dies] = await Promise.all([queue.worker(['--concurrency', '10']), queue.worker(['--concurrency', '10'])])
    const running = queue.run()
    await until('both hold runs', () => queue.agent.underWay === 20)
    dies.signal('SIGKILL')
    const killedAt = Date.now()
    expect((await running.ended).exit).toBe(0)

    const ends = endsOf(queue.place.journal())
    expectOneEndEach(ends, 30)
    const again = ends.filter(({ earlier }) => earlier.length > 0)
    expect(again).toHaveLength(10)
    for (const { earlier, startedAt } of again) {
      expect(earlier).toMatchObject([
        { outcome: { status: 'infra_error', fault: { code: 'interrupted', message: expect.stringContaining('worker') as string } } },
      ])
      expect(Date.parse(startedAt ?? '')).toBeLessThan(killedAt + 30_000)
    }
    // Ten runs were begun twice, each under a name of its own.
    expect(queue.agent.begun.size).toBe(40)
  })

  test.each([
    ['keeps what it had', true],
    ['comes back empty', false],
  ] as const)('a queue that is gone for a while, and %s, loses no run and repeats none', async (_name, durable) => {
    await using queue = await openQueuePlace({ delayMs: 400, durable })
    queue.write({ frequency: 60, concurrency: 20 })
    // A job may be given out and never arrive: that too is noticed.
    await Promise.all([queue.worker(['--concurrency', '10'], soon), queue.worker(['--concurrency', '10'], soon)])
    const running = queue.run()
    await until('some runs are over', () => queue.agent.begunAtMs.length > 25)
    await queue.redis.stop()
    await until('nobody is called', () => queue.agent.underWay === 0)
    await queue.redis.start()
    expect((await running.ended).exit).toBe(0)
    const ends = endsOf(queue.place.journal())
    expectOneEndEach(ends, 60)
    expect(ends.every(({ earlier }) => earlier.length === 0)).toBe(true)
    expect([...queue.agent.begun.values()]).toEqual(Array.from({ length: 60 }, () => 1))
  })

  // On a machine that is very busy a worker may come back after its jobs were given away.
  test('a queue that is gone for longer than a lock is good for leaves the runs in progress with their workers', { retry: 1 }, async () => {
    await using queue = await openQueuePlace({ delayMs: 3000, durable: true })
    queue.write({ frequency: 20 })
    await Promise.all([queue.worker(['--concurrency', '10'], soon), queue.worker(['--concurrency', '20'], soon)])
    const running = queue.run()
    await until('all are in progress', () => queue.agent.underWay === 20)
    await queue.redis.stop()
    await wait(2500)
    await queue.redis.start()
    expect((await running.ended).exit).toBe(0)
    expectOneEndEach(endsOf(queue.place.journal()), 20)
    expect([...queue.agent.begun.values()]).toEqual(Array.from({ length: 20 }, () => 1))
  })

  test('one that is stopped finishes its runs, and takes no more', async () => {
    await using queue = await openQueuePlace({ delayMs: 500 })
    queue.write({ frequency: 30, concurrency: 10 })
    const leaves = await queue.worker(['--concurrency', '5'])
    const running = queue.run()
    await until('it holds runs', () => queue.agent.underWay === 5)
    leaves.signal('SIGTERM')
    expect((await leaves.ended).exit).toBe(0)
    const begunByIt = queue.agent.begun.size
    expect(queue.agent.underWay).toBe(0)
    await queue.worker(['--concurrency', '30'])
    expect((await running.ended).exit).toBe(0)
    expect(begunByIt).toBeLessThan(15)
    const ends = endsOf(queue.place.journal())
    expectOneEndEach(ends, 30)
    expect(ends.every(({ earlier }) => earlier.length === 0)).toBe(true)
  })

  test('one that is stopped twice gives its runs back, and nobody has to notice', async () => {
    await using queue = await openQueuePlace({ delayMs: 1500 })
    queue.write({ frequency: 4 })
    const leaves = await queue.worker()
    const running = queue.run()
    await until('it holds runs', () => queue.agent.underWay === 4)
    leaves.signal('SIGTERM')
    await until('it says that it finishes', () => leaves.stderr().includes('Finishing'))
    leaves.signal('SIGTERM')
    expect((await leaves.ended).exit).toBe(0)
    await queue.worker()
    expect((await running.ended).exit).toBe(0)
    const ends = endsOf(queue.place.journal())
    expectOneEndEach(ends, 4)
    expect(ends.map(({ earlier }) => earlier.length)).toEqual([1, 1, 1, 1])
  })

  test('Ctrl-C calls off what waits, and lets what is in progress finish', async () => {
    await using queue = await openQueuePlace({ delayMs: 500 })
    queue.write({ frequency: 30, concurrency: 30 })
    await queue.worker(['--concurrency', '5'])
    const running = queue.run()
    await until('runs are in progress', () => queue.agent.underWay === 5)
    running.signal('SIGINT')
    expect((await running.ended).exit).toBe(130)
    const statuses = statusesOf(queue.place.journal())
    expect((statuses['passed'] ?? 0) + (statuses['not_run'] ?? 0)).toBe(30)
    expect(statuses['passed']).toBeLessThan(15)
    expect(queue.agent.begun.size).toBe(statuses['passed'])
  })

  test('a client that was killed goes on where it was: what workers told meanwhile counts', async () => {
    await using queue = await openQueuePlace({ delayMs: 200 })
    queue.write({ frequency: 40, concurrency: 10 })
    await queue.worker()
    const killed = queue.run(['--out', 'result'])
    await until('some runs are over', () => queue.agent.begun.size > 15)
    killed.signal('SIGKILL')
    await killed.ended
    await until('the worker has done what it had', () => queue.agent.underWay === 0)
    const resumed = await queue.run(['--resume', 'result']).ended
    expect(resumed.exit).toBe(0)
    expectOneEndEach(endsOf(queue.place.journal('result')), 40)
    expect([...queue.agent.begun.values()]).toEqual(Array.from({ length: 40 }, () => 1))
  })

  test("an agent's limits hold over all workers, and over all results", async () => {
    await using queue = await openQueuePlace({ delayMs: 150 })
    queue.write({ frequency: 15, limits: '{ concurrency: 3, starts_per_second: 20 }' })
    await Promise.all([queue.worker(), queue.worker()])
    const [first, second] = await Promise.all([queue.run(['--out', 'one']).ended, queue.run(['--out', 'two']).ended])
    expect([first.exit, second.exit]).toEqual([0, 0])
    expect(queue.agent.begun.size).toBe(30)
    expect(queue.agent.peak).toBe(3)
    const [firstMs = 0] = queue.agent.begunAtMs
    // A twentieth of a second for each; a busy machine is later, never sooner.
    expect(queue.agent.begunAtMs.filter((at, i) => at - firstMs < i * 50 - 100)).toEqual([])
  })

  test('secrets stay out of the queue; a worker that lacks one says so, and another one with it conducts the run', async () => {
    await using queue = await openQueuePlace({ delayMs: 0 })
    queue.write({ frequency: 2, headers: '{ Authorization: "Bearer ${AGENT_TOKEN}" }' })
    const lacks = await queue.worker()
    const failed = await queue.run(['--out', 'without'], { AGENT_TOKEN: 'hush-hush-token' }).ended
    expect(failed.exit).toBe(3)
    const [end] = endsOf(queue.place.journal('without'))
    expect(end).toMatchObject({
      outcome: { status: 'infra_error', fault: { code: 'cannot_load', message: expect.stringContaining('AGENT_TOKEN') as string } },
    })
    lacks.signal('SIGTERM')
    await lacks.ended

    await queue.worker([], { AGENT_TOKEN: 'hush-hush-token' })
    expect((await queue.run(['--out', 'with'], { AGENT_TOKEN: 'hush-hush-token' }).ended).exit).toBe(0)
    expect(queue.agent.authorization).toBe('Bearer hush-hush-token')
    const everything = await queue.redis.dump()
    expect(everything).toContain('first_message')
    expect(everything).not.toContain('hush-hush')
  })

  test('a queue that is not there is said before anything is called', async () => {
    await using queue = await openQueuePlace()
    queue.write({ frequency: 1 })
    await queue.redis.stop()
    for (const args of [['run', 'suite.yaml'], ['worker'], ['serve', 'suite.yaml', '--port', '0']]) {
      const { exit, stderr } = await queue.place.run([...args, '--queue', queue.redis.url])
      expect(stderr).toMatch(/^error: The queue at 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED/)
      expect(exit).toBe(2)
    }
    expect((await queue.place.run(['worker', '--queue', 'localhost'])).stderr).toContain('redis://')
  })
})

describe.skipIf(isMissing('Redis'))('a worker that dies again and again', { concurrent: true }, () => {
  test('ends the run after the second time', async () => {
    await using queue = await openQueuePlace({ delayMs: 60_000 })
    queue.write({ frequency: 1 })
    const running = queue.run()
    for (const time of [1, 2]) {
      const dies = await queue.worker([], soon)
      await until(`the run has begun ${time} times`, () => queue.agent.begunAtMs.length === time)
      dies.signal('SIGKILL')
      await dies.ended
    }
    await queue.worker([], soon)
    expect((await running.ended).exit).toBe(3)
    const [end] = endsOf(queue.place.journal())
    expect(end).toMatchObject({ outcome: { status: 'infra_error', fault: { message: expect.stringContaining('Two workers') as string } } })
    expect(end?.earlier).toHaveLength(2)
  })
})

function expectOneEndEach(ends: readonly RunEnded[], runs: number): void {
  expect(ends.map(({ index }) => index).toSorted((a, b) => a - b)).toEqual(Array.from({ length: runs }, (_, i) => i))
  expect(ends.map(({ outcome }) => outcome.status).filter(status => status !== 'passed')).toEqual([])
}
