import { expect, test } from 'vitest'
import { Deadline } from '../../../../src/pipeline/run/deadline.js'

/** A deadline of 1 s for the conversation and 10 s for the run, and the time. */
function open(limits = { conversationMs: 1000, runMs: 10_000 }) {
  let nowMs = 0
  const clock = { now: () => nowMs, date: () => new Date(nowMs), after: () => () => undefined }
  const deadline = new Deadline(clock, limits)
  return {
    deadline,
    pass: (ms: number) => void (nowMs += ms),
    think(ms: number) {
      deadline.thinks()
      nowMs += ms
      deadline.decides()
    },
  }
}

test("the conversation's time stands still while the caller thinks, the run's does not", () => {
  const { deadline, pass, think } = open()
  pass(400)
  think(5000)
  expect([deadline.atMs, deadline.leftMs]).toEqual([6000, 600])
  deadline.thinks()
  pass(2000)
  expect([deadline.atMs, deadline.leftMs]).toEqual([10_000, 600])
  deadline.decides()
  expect(deadline.atMs).toBe(8000)
  think(2500)
  expect([deadline.atMs, deadline.leftMs]).toEqual([10_000, 100])
})

test.each([
  ["the conversation's own time is up, however long the caller thought", { conversationMs: 1000, runMs: 10_000 }, 1000, 8000, false],
  ['the run is out of time, and the conversation was not', { conversationMs: 1000, runMs: 10_000 }, 900, 9100, true],
  ["a run that is shorter than its conversation was mostly the agent's", { conversationMs: 5000, runMs: 1000 }, 900, 100, false],
  ["a run that is shorter than its conversation was mostly the caller's", { conversationMs: 5000, runMs: 1000 }, 400, 600, true],
])('whose fault it is: %s', (_, limits, agentMs, callerMs, isCallersFault) => {
  const { deadline, pass, think } = open(limits)
  think(callerMs)
  pass(agentMs)
  expect(deadline.isCallersFault).toBe(isCallersFault)
})
