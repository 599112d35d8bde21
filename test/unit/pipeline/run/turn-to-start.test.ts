import { expect, test } from 'vitest'
import { turnToStart } from '../../../../src/pipeline/run/turn-to-start.js'
import type { Clock } from '../../../../src/ports/clock.js'

/** A clock that moves only by hand. */
function handClock(): { readonly clock: Clock; pass(ms: number): void } {
  let nowMs = 0
  const clock: Clock = { now: () => nowMs, date: () => new Date(0), after: () => () => undefined }
  return { clock, pass: ms => void (nowMs += ms) }
}

/** Starts many calls together. @returns Their order, with how many times the event loop had turned before each. */
async function startTogether(calls: number, eachMs: number): Promise<{ readonly call: number; readonly turn: number }[]> {
  const { clock, pass } = handClock()
  const started: { call: number; turn: number }[] = []
  let turn = 0
  const count = (): void => {
    turn += 1
    if (started.length < calls) setImmediate(count)
  }
  setImmediate(count)
  await Promise.all(
    Array.from({ length: calls }, async (_, call) => {
      const waits = turnToStart(clock)
      if (waits) await waits
      pass(eachMs)
      started.push({ call, turn })
    }),
  )
  return started
}

test('calls whose starts take long let timers and sockets in between, and keep their order', async () => {
  const started = await startTogether(50, 0.6)
  expect(started.map(({ call }) => call)).toEqual(Array.from({ length: 50 }, (_, call) => call))
  const inEach = Array.from({ length: 50 }, (_, turn) => started.filter(start => start.turn === turn).length)
  expect(Math.max(...inEach)).toBe(2)
  expect(inEach.filter(starts => starts > 0).length).toBe(25)
})

test('calls that start quickly start together', async () => {
  const started = await startTogether(50, 0.01)
  expect(new Set(started.map(({ turn }) => turn)).size).toBe(1)
})
