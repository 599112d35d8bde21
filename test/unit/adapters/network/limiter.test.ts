import { expect, test } from 'vitest'
import { createLimiter, type Limiter } from '../../../../src/adapters/network/limiter.js'
import { virtualClock } from '../../../support/virtual-clock.js'

const never = new AbortController().signal

/** When requests that are all wanted at once are sent, in seconds; each takes `takesMs`. */
async function startsOf(limiter: Limiter, clock = virtualClock(), requests: readonly number[] = [], takesMs = 0): Promise<number[]> {
  const starts: number[] = []
  await Promise.all(
    requests.map(async tokens => {
      const pass = await limiter.enter(tokens, never)
      starts.push(clock.now() / 1000)
      if (takesMs > 0) await new Promise<void>(resolve => void clock.after(takesMs, resolve))
      pass.leave()
    }),
  )
  return starts
}

test('no more requests are in progress at once than the limit allows, first come, first served', async () => {
  const clock = virtualClock()
  const limiter = createLimiter({ concurrency: 2 }, clock)
  expect(await startsOf(limiter, clock, [1, 1, 1, 1, 1], 1000)).toEqual([0, 0, 1, 1, 2])
})

test('in no minute are more requests sent than the limit allows', async () => {
  const clock = virtualClock()
  const limiter = createLimiter({ concurrency: 100, requestsPerMinute: 2 }, clock)
  expect(await startsOf(limiter, clock, [1, 1, 1, 1, 1])).toEqual([0, 0, 60, 60, 120])
})

test('in no minute are more tokens asked for than the limit allows', async () => {
  const clock = virtualClock()
  const limiter = createLimiter({ concurrency: 100, tokensPerMinute: 100 }, clock)
  expect(await startsOf(limiter, clock, [60, 40, 10, 90, 30])).toEqual([0, 0, 60, 60, 120])
})

test('what a request really took replaces its estimate, so that room is neither wasted nor given twice', async () => {
  const clock = virtualClock()
  const limiter = createLimiter({ concurrency: 100, tokensPerMinute: 100 }, clock)
  const cheap = await limiter.enter(90, never)
  cheap.leave(10)
  expect(await startsOf(limiter, clock, [90])).toEqual([0])
  const dear = await limiter.enter(10, never)
  expect(clock.now()).toBe(60_000)
  dear.leave(95)
  expect(await startsOf(limiter, clock, [10])).toEqual([120])
})

test('a request larger than a whole minute goes alone, rather than never', async () => {
  const clock = virtualClock()
  const limiter = createLimiter({ concurrency: 100, tokensPerMinute: 100 }, clock)
  expect(await startsOf(limiter, clock, [50, 500, 10])).toEqual([0, 60, 120])
})

test('nothing is sent while the endpoint has asked for a pause', async () => {
  const clock = virtualClock()
  const limiter = createLimiter({ concurrency: 100 }, clock)
  limiter.pause(7000)
  limiter.pause(3000)
  expect(await startsOf(limiter, clock, [1, 1])).toEqual([7, 7])
})

test('who gives up waiting leaves the queue to those behind', async () => {
  const clock = virtualClock()
  const limiter = createLimiter({ concurrency: 1 }, clock)
  const first = await limiter.enter(1, never)
  const leaving = new AbortController()
  const second = limiter.enter(1, leaving.signal)
  const third = limiter.enter(1, never)
  leaving.abort(new Error('gone'))
  await expect(second).rejects.toThrow('gone')
  first.leave()
  first.leave()
  await third
  await expect(limiter.enter(1, leaving.signal)).rejects.toThrow('gone')
})
