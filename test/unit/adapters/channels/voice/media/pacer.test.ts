import { expect, test } from 'vitest'
import { Pacer } from '../../../../../../src/adapters/channels/voice/media/pacer.js'
import type { Clock } from '../../../../../../src/ports/clock.js'

/** A clock that a test moves, and that can be late. */
function movedClock(): Clock & { move(ms: number): void; sleep(ms: number): void } {
  let nowMs = 0
  let timers: { dueMs: number; call: () => void }[] = []
  return {
    now: () => nowMs,
    date: () => new Date(nowMs),
    after(ms, call) {
      const timer = { dueMs: nowMs + ms, call }
      timers.push(timer)
      return () => {
        timers = timers.filter(other => other !== timer)
      }
    },
    /** Nothing runs in the meantime. */
    sleep(ms) {
      nowMs += ms
    },
    move(ms) {
      const end = nowMs + ms
      for (;;) {
        const next = timers.toSorted((a, b) => a.dueMs - b.dueMs)[0]
        if (!next || next.dueMs > end) break
        timers = timers.filter(other => other !== next)
        nowMs = Math.max(nowMs, next.dueMs)
        next.call()
      }
      nowMs = Math.max(nowMs, end)
    },
  }
}

const fail = (cause: unknown): void => {
  throw cause
}

test('each call ticks every 20 ms, and calls take turns', () => {
  const clock = movedClock()
  const pacer = new Pacer(clock)
  const ticks: number[][] = [[], [], [], []]
  const paces = ticks.map(times => pacer.start(() => void times.push(clock.now()), fail))
  clock.move(10_000)
  expect(ticks.map(times => times.length)).toEqual([501, 500, 500, 500])
  expect(ticks.map(times => times[0])).toEqual([0, 6, 12, 18])
  for (const times of ticks) for (const [i, time] of times.entries()) expect(time - times[0]!).toBe(i * 20)
  expect(paces[1]!.stop()).toEqual({ p99Ms: 0, worstMs: 0, late: 0, lost: 0, frames: 500 })
})

test('what is late delays nothing that follows, is caught up with, and is counted', () => {
  const clock = movedClock()
  const pacer = new Pacer(clock)
  let ticks = 0
  const pace = pacer.start(() => {
    ticks += 1
    if (ticks === 100) clock.sleep(130)
  }, fail)
  clock.move(20_000)
  expect(ticks).toBe(1001)
  expect(pace.stop()).toEqual({ p99Ms: 0.1, worstMs: 110, late: 5, lost: 0, frames: 1001 })
  clock.move(1000)
  expect(ticks).toBe(1001)
})

test('a machine that slept for an hour has lost frames, and does not send them all at once', () => {
  const clock = movedClock()
  const pacer = new Pacer(clock)
  let ticks = 0
  const pace = pacer.start(() => void (ticks += 1), fail)
  clock.move(1000)
  clock.sleep(3_600_000)
  clock.move(1)
  expect(ticks).toBeLessThan(110)
  const { lost, frames } = pace.stop()
  expect(lost + frames).toBeCloseTo(3_601_000 / 20, -1)
})

test('what is due when a call is stopped is sent late, up to a second of it; the rest is lost', () => {
  const clock = movedClock()
  const pacer = new Pacer(clock)
  const paces = [0, 0].map(() => pacer.start(() => {}, fail))
  clock.move(100)
  clock.sleep(200)
  expect(paces[0]!.stop()).toMatchObject({ frames: 16, lost: 0, late: 8, worstMs: 180 })
  expect(paces[0]!.stop()).toMatchObject({ frames: 16, lost: 0 })
  clock.sleep(4000)
  expect(paces[1]!.stop()).toMatchObject({ frames: 55, lost: 159 })
})

test('a call that fails is stopped, and the others go on', () => {
  const clock = movedClock()
  const pacer = new Pacer(clock)
  const causes: unknown[] = []
  let ticks = 0
  pacer.start(
    () => {
      throw new Error('a bug')
    },
    cause => void causes.push(cause),
  )
  pacer.start(() => void (ticks += 1), fail)
  clock.move(1000)
  expect(causes).toEqual([new Error('a bug')])
  expect(ticks).toBe(50)
})

test('a call may stop itself and others in its tick', () => {
  const clock = movedClock()
  const pacer = new Pacer(clock)
  let ticks = 0
  const other = pacer.start(() => void (ticks += 1), fail)
  const self = pacer.start(() => {
    other.stop()
    self.stop()
  }, fail)
  clock.move(1000)
  expect(ticks).toBe(1)
})
