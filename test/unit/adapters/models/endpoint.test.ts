import { setMaxListeners } from 'node:events'
import { describe, expect, test } from 'vitest'
import { createEndpoint, type Endpoint } from '../../../../src/adapters/models/endpoint.js'
import { createEndpoints } from '../../../../src/adapters/models/endpoints.js'
import { virtualClock } from '../../../support/virtual-clock.js'

const never = new AbortController().signal
setMaxListeners(0, never)

/** A server that answers `slots` requests at a time, and keeps the others waiting. */
function serverOf(slots: number, ms: number, clock = virtualClock()) {
  const waiting: (() => void)[] = []
  let busy = 0
  let most = 0
  let atOnce = 0
  const next = (): void => {
    if (busy >= slots) return
    const begin = waiting.shift()
    if (!begin) return
    busy += 1
    clock.after(ms, () => {
      busy -= 1
      begin()
      next()
    })
  }
  return {
    clock,
    most: () => most,
    /** @param timeoutMs  After which a request is given up, though the server still works on it. */
    async answer(timeoutMs = Infinity): Promise<boolean> {
      atOnce += 1
      most = Math.max(most, atOnce)
      const isAnswered = await new Promise<boolean>(resolve => {
        if (timeoutMs < Infinity) clock.after(timeoutMs, () => resolve(false))
        waiting.push(() => resolve(true))
        next()
      })
      atOnce -= 1
      return isAnswered
    },
  }
}

async function ask(endpoint: Endpoint, server: ReturnType<typeof serverOf>, requests: number, timeoutMs?: number) {
  const startedMs = server.clock.now()
  let timeouts = 0
  await Promise.all(
    Array.from({ length: requests }, async () => {
      const place = await endpoint.enter(never)
      const isAnswered = await server.answer(timeoutMs)
      if (!isAnswered) timeouts += 1
      place.leave(isAnswered ? 'answered' : 'overloaded', 'question')
    }),
  )
  return { timeouts, tookMs: server.clock.now() - startedMs }
}

describe('how many requests an endpoint gets at once', () => {
  test('a server of one slot is kept busy, and its queue short: nothing times out', async () => {
    const server = serverOf(1, 500)
    const endpoint = createEndpoint({ start: 1, cap: 16 }, server.clock)
    const { timeouts, tookMs } = await ask(endpoint, server, 100, 5000)
    expect(timeouts).toBe(0)
    expect(tookMs).toBe(50_000)
    expect(server.most()).toBeLessThanOrEqual(5)
  })

  test('a large server soon gets as many as are allowed', async () => {
    const server = serverOf(100, 500)
    const endpoint = createEndpoint({ start: 4, cap: 16 }, server.clock)
    const { tookMs } = await ask(endpoint, server, 200)
    expect(server.most()).toBe(16)
    // 13 rounds of 16 at best.
    expect(tookMs).toBeLessThanOrEqual(15 * 500)
  })

  test('after a time-out it is halved once, however many of the same round time out, and grows again', async () => {
    const clock = virtualClock()
    const endpoint = createEndpoint({ start: 8, cap: 8 }, clock)
    const places = await Promise.all(Array.from({ length: 8 }, () => endpoint.enter(never)))
    await new Promise<void>(resolve => void clock.after(1000, resolve))
    for (const place of places) place.leave('overloaded', 'question')
    let entered = 0
    const later = Array.from({ length: 8 }, () => endpoint.enter(never).then(place => ((entered += 1), place)))
    await Promise.resolve()
    await Promise.resolve()
    expect(entered).toBe(4)
    for (let i = 0; i < 8; i += 1) (await later[i])?.leave('answered', 'question')
  })

  test('a request was alone if no other was in progress or came meanwhile', async () => {
    const endpoint = createEndpoint({ start: 1, cap: 1 }, virtualClock())
    const first = await endpoint.enter(never)
    expect(first.wasAlone()).toBe(true)
    const waiting = endpoint.enter(never)
    expect(first.wasAlone()).toBe(false)
    first.leave('answered', 'question')
    const second = await waiting
    expect(second.wasAlone()).toBe(true)
    second.leave('answered', 'question')
    const wide = createEndpoint({ start: 2, cap: 2 }, virtualClock())
    const [one, two] = await Promise.all([wide.enter(never), wide.enter(never)])
    one.leave('answered', 'question')
    expect(two.wasAlone()).toBe(false)
  })

  test('who gives up waiting leaves the queue; a failure says nothing of the endpoint', async () => {
    const endpoint = createEndpoint({ start: 1, cap: 1 }, virtualClock())
    const leaving = new AbortController()
    const first = await endpoint.enter(never)
    const second = endpoint.enter(leaving.signal)
    const third = endpoint.enter(never)
    leaving.abort(new Error('enough'))
    await expect(second).rejects.toThrow('enough')
    first.leave('failed', 'question')
    first.leave('failed', 'question')
    await expect(third).resolves.toBeDefined()
    await expect(endpoint.enter(leaving.signal)).rejects.toThrow('enough')
  })
})

/** Asks a server that refuses at once what is more than its slots. A request that is refused comes again half a second later. */
async function askRefusing(endpoint: Endpoint, slotsAt: (atMs: number) => number, requests: number, clock = virtualClock()) {
  const pass = (ms: number) => new Promise<void>(resolve => void clock.after(ms, resolve))
  let [busy, refused, answered, worst] = [0, 0, 0, 0]
  await Promise.all(
    Array.from({ length: requests }, async () => {
      for (let tries = 1; ; tries += 1) {
        worst = Math.max(worst, tries)
        const place = await endpoint.enter(never)
        if (busy >= slotsAt(clock.now())) {
          refused += 1
          await pass(1)
          place.leave('overloaded', 'question')
          await pass(500)
          continue
        }
        busy += 1
        await pass(500)
        busy -= 1
        answered += 1
        return place.leave('answered', 'question')
      }
    }),
  )
  return { refused, answered, worst, tookMs: clock.now() }
}

describe('a server that refuses what is more than its slots', () => {
  test.each([
    [1, 1, 160],
    [1, 4, 160],
    [1, 16, 160],
    [3, 4, 500],
    [8, 16, 2000],
  ])('of %i, asked %i at once at first, is not tried again and again', async (slots, start, requests) => {
    const clock = virtualClock()
    const endpoint = createEndpoint({ start, cap: 16 }, clock)
    const { refused, worst, tookMs } = await askRefusing(endpoint, () => slots, requests, clock)
    // Those of the first waves, and then one for each run, of which each is twice as long as the one before.
    expect(refused).toBeLessThanOrEqual(2 * start + 2 * Math.log2(requests))
    expect(worst).toBeLessThanOrEqual(5)
    expect(tookMs).toBeLessThanOrEqual(1.2 * 500 * (requests / slots) + 3000)
  })

  test('that gets more slots is found to have them', async () => {
    const clock = virtualClock()
    const endpoint = createEndpoint({ start: 1, cap: 16 }, clock)
    const grownAtMs = 100_000
    const { tookMs } = await askRefusing(endpoint, atMs => (atMs < grownAtMs ? 1 : 16), 2000, clock)
    // 200 of them before, and the others sixteen at a time; one at a time all would take 1,000 s.
    expect(tookMs).toBeLessThanOrEqual(grownAtMs + 200_000)
  })
})

/** Begins conversations of four questions each, with an agent that takes its time before each. */
async function conduct(conversations: number, server: ReturnType<typeof serverOf>, agentMs: number, at = { start: 1, cap: 16 }) {
  const { clock } = server
  const endpoint = createEndpoint(at, clock)
  const startedMs = clock.now()
  let [begun, over, most] = [0, 0, 0]
  await Promise.all(
    Array.from({ length: conversations }, async () => {
      await endpoint.room(never)
      begun += 1
      most = Math.max(most, begun - over)
      for (let question = 0; question < 4; question += 1) {
        await new Promise<void>(resolve => void clock.after(agentMs, resolve))
        const place = await endpoint.enter(never)
        place.leave((await server.answer(5000)) ? 'answered' : 'overloaded', 'move')
      }
      over += 1
    }),
  )
  return { most, tookMs: clock.now() - startedMs }
}

describe('conversations', () => {
  test('begin as the endpoint serves them: few wait, and it is kept busy', async () => {
    const { most, tookMs } = await conduct(20, serverOf(1, 500), 10)
    expect(most).toBeLessThanOrEqual(10)
    expect(tookMs).toBeLessThanOrEqual(1.05 * 20 * 4 * 500)
  })

  test('with slow agents more begin, as many as keep the endpoint busy', async () => {
    const { most, tookMs } = await conduct(40, serverOf(1, 500), 4000)
    expect(most).toBeGreaterThan(7)
    expect(tookMs).toBeLessThanOrEqual(1.3 * 40 * 4 * 500)
  })

  test('with a large endpoint all begin at once', async () => {
    const { most } = await conduct(100, serverOf(100, 500), 10, { start: 100, cap: 100 })
    expect(most).toBe(100)
  })

  test('who does not want to begin any more leaves the queue', async () => {
    const endpoint = createEndpoint({ start: 1, cap: 1 }, virtualClock())
    const leaving = new AbortController()
    expect(endpoint.room(never)).toBeUndefined()
    const second = endpoint.room(leaving.signal)
    const third = endpoint.room(never)
    leaving.abort(new Error('enough'))
    await expect(second).rejects.toThrow('enough')
    await endpoint.enter(never)
    await expect(third).resolves.toBeUndefined()
  })
})

test('models at the same address share one; without a limit of the suite, one on this machine starts with one request', async () => {
  const endpoints = createEndpoints(virtualClock())
  const startOf = async (baseUrl: string, concurrency?: number): Promise<number> => {
    let entered = 0
    for (let i = 0; i < 20; i += 1)
      void endpoints
        .of({ baseUrl }, concurrency)
        .enter(never)
        .then(() => (entered += 1))
    await new Promise(resolve => setTimeout(resolve, 1))
    return entered
  }
  expect(await startOf('http://127.0.0.1:8080/v1')).toBe(1)
  expect(await startOf('http://localhost:8080/v1')).toBe(1)
  expect(await startOf('https://api.example.com/v1')).toBe(4)
  expect(await startOf('http://127.0.0.1:8080/v1', 7)).toBe(7)
})
