import { expect, test } from 'vitest'
import { progress } from '../../../src/adapters/reporters/progress.js'
import type { RunEnded, SuiteEvent } from '../../../src/domain/event.js'
import type { ProgressOptions } from '../../../src/ports/reporter.js'
import { failed, runsWith, sampleResult, sampleRuns, sampleStarted, startedWith, runAt } from './sample-result.js'
import { joined } from './report-text.js'

const at = sampleStarted.at
const started = (run: RunEnded): SuiteEvent => ({ type: 'run.started', at, index: run.index, run: run.run, attempt: 1 })
const ended: SuiteEvent = { type: 'suite.ended', at, report: sampleResult().report }
const first = runAt(0)
const retrying: SuiteEvent = { type: 'run.retrying', index: 6, run: runAt(6).run, attempt: 1, status: 'infra_error', because: 'nothing listens there', inMs: 1500 }
const ready: SuiteEvent = { type: 'agent.ready', at, agent: 'clinic', tookMs: 312 }
const stopping: SuiteEvent = { type: 'suite.stopping', at, reason: 'max_failures' }

/** Shows events, each of which takes the clock on by some time. */
async function show(events: readonly SuiteEvent[], how: Partial<ProgressOptions> = {}, stepMs = 500): Promise<string[]> {
  let nowMs = 0
  const pieces: string[] = []
  async function* source() {
    for (const event of events) {
      nowMs += stepMs
      yield event
    }
  }
  for await (const piece of progress(source(), { colour: false, tty: false, columns: 80, now: () => nowMs, ...how })) pieces.push(piece)
  return pieces
}

test('where nothing can be drawn over, it writes plain lines', async () => {
  const events = [sampleStarted, ready, ...sampleRuns.slice(0, 6).flatMap(run => [started(run), run]), retrying, stopping, ...sampleRuns.slice(6), ended]
  expect((await show(events)).join('')).toBe(`Clinic scheduling: 12 runs, seed 7
Agent clinic is ready after 0.3 s.
✓ smoke/cancel_appointment/calm/maria#1 2.0 s
✗ smoke/cancel_appointment/calm/maria#2 failed: agent_says contains "cancelled": the agent said "Your appointment is booked." (turn 2)
✓ smoke/cancel_appointment/calm/maria#3 2.0 s
✗ smoke/book_appointment/calm/maria#1 agent_error: The agent closed the connection in turn 1, with code 1011. (turn 1)
✓ smoke/book_appointment/calm/maria#2 2.0 s
✓ smoke/opening_hours/calm/maria#1 2.0 s
~ billing/angry_refund/calm/maria#1 infra_error: nothing listens there; again in 1.5 s
Stopping: max_failures is reached. No more runs are started.
! billing/angry_refund/calm/maria#1 infra_error: Nothing listens at ws://127.0.0.1:8765. Is the agent running?
! billing/angry_refund/calm/maria#2 infra_error: the same again
! billing/card_number/calm/maria#1 unscored: metric empathy >= 70: the judge gave no number
! billing/off_script/calm/maria#1 caller_invalid: the caller spoke as the agent in turn 1
`)
})

test('on a terminal, one line is drawn over, and is gone at the end', async () => {
  const pieces = await show([sampleStarted, ...sampleRuns.slice(0, 4).flatMap(run => [started(run), run]), ended], { tty: true }, 60)
  const text = pieces.join('')
  expect(text).toContain('Clinic scheduling: 12 runs, seed 7\n0/12  ✓ 0  0 in flight  0.1 s')
  expect(text).toContain('\r\u001b[2K✗ smoke/cancel_appointment/calm/maria#2 failed: ')
  expect(text).toMatch(/4\/12 {2}✓ 2 {2}✗ 2 {2}0 in flight {2}0\.5 s, about 1\.\d s to go/)
  expect(text.endsWith('\r\u001b[2K')).toBe(true)
  // Ten times a second at most, news aside.
  expect(pieces.length).toBeLessThanOrEqual(9)
})

test.each([0, 1, 20, 40])('the drawn line is never as wide as the terminal (%s columns)', async columns => {
  const pieces = await show([sampleStarted, started(first), first], { tty: true, columns })
  for (const piece of pieces) expect((piece.split(/\n|\u001b\[2K/).at(-1) ?? '').length).toBeLessThanOrEqual(Math.max(0, columns - 1)) // oxlint-disable-line no-control-regex
})

test('with many runs those that passed are not listed, and silence is broken every ten seconds', async () => {
  const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }
  const big = startedWith([{ name: 'Load', slug: 'load', scenarios: [[scenario, 60]] }])
  const runs = Array.from({ length: 60 }, (_, index) => ({ ...first, index }))
  const lines = (await show([big, ...runs, ended], {}, 1000)).join('').trimEnd().split('\n')
  expect(lines[0]).toBe('Clinic scheduling: 60 runs, seed 7')
  expect(lines.slice(1)).toEqual([10, 20, 30, 40, 50, 60].map(done => expect.stringMatching(new RegExp(`^${done}/60  ✓ ${done}  0 in flight`))))
})

test('silence is also broken where no event comes at all', async () => {
  let nowMs = 0
  async function* source(): AsyncGenerator<SuiteEvent> {
    yield sampleStarted
    nowMs = 11_000
    await new Promise(resolve => { setTimeout(resolve, 1200) })
    yield ended
  }
  const text = await joined(progress(source(), { colour: false, tty: false, columns: 80, now: () => nowMs }))
  expect(text).toBe('Clinic scheduling: 12 runs, seed 7\n0/12  ✓ 0  0 in flight  11.0 s\n')
})

test('after a hundred runs that did not pass, the rest is left to the report', async () => {
  const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }
  const big = startedWith([{ name: 'Load', slug: 'load', scenarios: [[scenario, 300]] }])
  const lines = (await show([big, ...runsWith(big, Array(300).fill(failed)), ended], {}, 1)).join('').trimEnd().split('\n')
  expect(lines).toHaveLength(102)
  expect(lines.at(-1)).toBe('More that did not pass are in the report.')
})

async function* brokenOff(): AsyncGenerator<SuiteEvent> {
  yield sampleStarted
  throw new Error('the journal is gone')
}

test('where the events break off, the line is cleared and the error passed on', async () => {
  const pieces: string[] = []
  const reading = (async () => {
    for await (const piece of progress(brokenOff(), { colour: false, tty: true, columns: 80, now: () => 0 })) pieces.push(piece)
  })()
  await expect(reading).rejects.toThrow('the journal is gone')
  expect(pieces.at(-1)).toBe('\r\u001b[2K')
})
