import { expect, test } from 'vitest'
import { progress } from '../../../../src/adapters/reporters/progress.js'
import type { RunEnded, SuiteEvent } from '../../../../src/domain/event.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { ProgressOptions } from '../../../../src/ports/reporter.js'
import { failed, runsWith, sampleResult, sampleRuns, sampleStarted, startedWith, runAt } from './sample-result.js'

const at = sampleStarted.at
const started = (run: RunEnded): SuiteEvent => ({ type: 'run.started', at, index: run.index, run: run.run, attempt: 1 })
const ended: SuiteEvent = { type: 'suite.ended', at, report: sampleResult().report }
const first = runAt(0)
const retrying: SuiteEvent = {
  type: 'run.retrying',
  index: 6,
  run: runAt(6).run,
  attempt: 1,
  status: 'infra_error',
  because: 'nothing listens there',
  inMs: 1500,
  made: { startedAt: at, durationMs: 1, outcome: runAt(6).outcome },
}
const ready: SuiteEvent = { type: 'agent.ready', at, agent: 'clinic', tookMs: 312 }
const controlled = (control: string): SuiteEvent => ({ type: 'judge.controlled', at, control, holds: 'yes', because: '' })
const stopping: SuiteEvent = { type: 'suite.stopping', at, reason: 'max_failures' }

/** Shows events, each of which takes the clock on by some time. */
function show(events: readonly SuiteEvent[], how: Partial<ProgressOptions> = {}, stepMs = 500): string[] {
  let nowMs = 0
  const shown = progress({ colour: false, tty: false, columns: 80, now: () => nowMs, ...how })
  const pieces = events.map(event => {
    nowMs += stepMs
    return shown.on(event)
  })
  return [...pieces, shown.end()].filter(piece => piece !== '')
}

const waiting = (index: number, lacks?: 'a number' | 'a line'): SuiteEvent => ({
  type: 'run.waiting',
  index,
  attempt: 1,
  trunk: 'main',
  ...(lacks && { lacks }),
})

test('the status line says how many runs wait for what of their trunk', () => {
  const begun = [0, 1, 2, 3].map(index => started(runAt(index)))
  const lines = (more: readonly SuiteEvent[]) => show([sampleStarted, ...begun, ...more], { tty: true }).join('')
  expect(lines([waiting(0, 'a number'), waiting(1, 'a line'), waiting(2, 'a line')])).toContain(
    '4 in flight, 1 waiting for a number, 2 waiting for a line  ',
  )
  const after = show([sampleStarted, ...begun, waiting(0, 'a number'), waiting(1, 'a line'), waiting(1), runAt(0)], { tty: true }).at(-2)
  expect(after).not.toContain('waiting')
})

test('a run that waits for a call says for which, while few runs do', () => {
  const awaiting: SuiteEvent = { type: 'run.awaiting', index: 0, attempt: 1, at, run: first.run, number: '+15555550111', forMs: 300_000 }
  expect(show([sampleStarted, started(first), awaiting]).join('')).toContain(
    `${first.run} waits for a call to +15555550111, for 5 m 00 s.\n`,
  )
  const many: SuiteEvent = { ...sampleStarted, plan: { ...sampleStarted.plan, totalRuns: 51 } }
  expect(show([many, started(first), awaiting]).join('')).not.toContain('waits')
})

test('where nothing can be drawn over, it writes plain lines', () => {
  const events = [
    sampleStarted,
    ready,
    ...sampleRuns.slice(0, 6).flatMap(run => [started(run), run]),
    retrying,
    stopping,
    ...sampleRuns.slice(6),
    ended,
  ]
  expect(show(events).join('')).toBe(`Clinic scheduling: 12 runs, seed 7
Agent clinic is ready after 0.3 s.
✓ smoke/cancel_appointment/calm/maria#1 2.0 s
✗ smoke/cancel_appointment/calm/maria#2 failed: agent_says contains "cancelled": the agent said "Your appointment is booked." (turn 2)
✓ smoke/cancel_appointment/calm/maria#3 2.0 s
✗ smoke/book_appointment/calm/maria#1 agent_error: The agent closed the connection in turn 1, with code 1011. (turn 1)
✓ smoke/book_appointment/calm/maria#2 2.0 s
✓ smoke/opening_hours/calm/maria#1 2.0 s
~ billing/angry_refund/calm/maria#1 infra_error: nothing listens there; retry in 1.5 s
Stopping: the suite reached max_failures. No more runs start.
! billing/angry_refund/calm/maria#1 infra_error: Nothing listens at ws://127.0.0.1:8765. Is the agent running?
! billing/angry_refund/calm/maria#2 infra_error: the same failure again
! billing/card_number/calm/maria#1 unscored: metric empathy >= 70: the judge gave no number
! billing/off_script/calm/maria#1 caller_invalid: the caller spoke as the agent in turn 1
`)
})

const taken = (role: 'tts' | 'stt' | 'judge', model: string): SuiteEvent => ({
  type: 'model.ready',
  at,
  role,
  model,
  tookMs: 0,
  usage: [],
})

test('engines that were taken because the suite names none are said before the first call', () => {
  expect(show([taken('tts', 'flite rms'), taken('stt', 'pocketsphinx'), taken('judge', 'gpt')])).toEqual([
    'Callers speak with flite rms, as models.tts names no engine.\n',
    'Agents are heard with pocketsphinx, as models.stt names no engine.\n',
  ])
})

test('on a terminal, one line is drawn over, and is gone at the end', () => {
  const pieces = show([sampleStarted, ...sampleRuns.slice(0, 4).flatMap(run => [started(run), run]), ended], { tty: true }, 60)
  const text = pieces.join('')
  expect(text).toContain('Clinic scheduling: 12 runs, seed 7\n0/12  ✓ 0  0 in flight  0.1 s')
  expect(text).toContain('\r\u001b[2K✗ smoke/cancel_appointment/calm/maria#2 failed: ')
  expect(text).toMatch(/4\/12 {2}✓ 2 {2}✗ 2 {2}0 in flight {2}0\.5 s, about 1\.\d s to go/)
  expect(text.endsWith('\r\u001b[2K')).toBe(true)
  // Ten times a second at most, news aside.
  expect(pieces.length).toBeLessThanOrEqual(9)
})

test.each([0, 1, 20, 40])('the drawn line is never as wide as the terminal (%s columns)', columns => {
  const pieces = show([sampleStarted, started(first), first], { tty: true, columns })
  for (const piece of pieces) expect((piece.split(/\n|\u001b\[2K/).at(-1) ?? '').length).toBeLessThanOrEqual(Math.max(0, columns - 1)) // oxlint-disable-line no-control-regex
})

test('with many runs those that passed are not listed, and silence is broken every ten seconds', () => {
  const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }
  const big = startedWith([{ name: 'Load', slug: 'load', scenarios: [[scenario, 60]] }])
  const runs = Array.from({ length: 60 }, (_, index) => ({ ...first, index }))
  const lines = show([big, ...runs, ended], {}, 1000)
    .join('')
    .trimEnd()
    .split('\n')
  expect(lines[0]).toBe('Clinic scheduling: 60 runs, seed 7')
  expect(lines.slice(1)).toEqual(
    [10, 20, 30, 40, 50, 60].map(done => expect.stringMatching(new RegExp(`^${done}/60  ✓ ${done}  0 in flight`))),
  )
})

test('silence is also broken where no event comes at all', () => {
  let nowMs = 0
  const shown = progress({ colour: false, tty: false, columns: 80, now: () => nowMs })
  expect(shown.on(sampleStarted)).toBe('Clinic scheduling: 12 runs, seed 7\n')
  nowMs = 9000
  expect(shown.tick()).toBe('')
  nowMs = 11_000
  expect(shown.tick()).toBe('0/12  ✓ 0  0 in flight  11.0 s\n')
  expect(shown.tick()).toBe('')
})

test('where only judge controls are left, it says how many, and nothing of the time to go', () => {
  let nowMs = 0
  const shown = progress({ colour: false, tty: false, columns: 80, now: () => nowMs })
  if (sampleStarted.type !== 'suite.started') throw new Error('the sample has changed')
  const controls = ['good', 'bad', 'vague']
  shown.on({ ...sampleStarted, plan: { ...sampleStarted.plan, controls } })
  shown.on(controlled('good'))
  nowMs = 11_000
  expect(shown.tick()).toBe('0/12  ✓ 0  0 in flight  1/3 judge controls  11.0 s\n')
  for (const run of sampleRuns) shown.on(run)
  nowMs = 22_000
  expect(shown.tick()).toMatch(/^12\/12 {2}.* {2}1\/3 judge controls {2}22\.0 s\n$/)
  shown.on(controlled('bad'))
  shown.on(controlled('vague'))
  nowMs = 33_000
  expect(shown.tick()).toMatch(/ {2}0 in flight {2}33\.0 s\n$/)
})

test('on a terminal the line goes on counting the time where no event comes', () => {
  let nowMs = 0
  const shown = progress({ colour: false, tty: true, columns: 80, now: () => nowMs })
  shown.on(sampleStarted)
  nowMs = 3000
  expect(shown.tick()).toBe('\r\u001b[2K0/12  ✓ 0  0 in flight  3.0 s')
})

const scenario = { key: 'a', name: 'A', tags: [], metrics: [], file: 'a.yaml', line: 1 }
const load = startedWith([{ name: 'Load', slug: 'load', scenarios: [[scenario, 300]] }])

test('a reason that comes again and again is said in full once, and soon not at all', () => {
  const lines = show([load, ...runsWith(load, Array(300).fill(failed)), ended], {}, 1)
    .join('')
    .trimEnd()
    .split('\n')
  expect(lines).toHaveLength(7)
  expect(lines[2]).toMatch(/#2 failed: the same failure again$/)
  expect(lines[5]).toMatch(/#5 failed: the same failure again; the report counts the rest$/)
})

test('after a hundred runs that did not pass, the rest is left to the report', () => {
  const unlike = Array.from({ length: 300 }, (_, i): Outcome => {
    if (failed.status !== 'failed') throw new Error('the sample has changed')
    const checks = [{ assertion: `turns <= ${i}`, holds: 'no', because: 'more' } as const]
    return { ...failed, verdict: { ...failed.verdict, checks } }
  })
  const lines = show([load, ...runsWith(load, unlike), ended], {}, 1)
    .join('')
    .trimEnd()
    .split('\n')
  expect(lines).toHaveLength(102)
  expect(lines.at(-1)).toBe('The report lists the other runs that did not pass.')
})

test('where the events break off, the line is cleared', () => {
  const shown = progress({ colour: false, tty: true, columns: 80, now: () => 0 })
  shown.on(sampleStarted)
  expect(shown.end()).toBe('\r\u001b[2K')
})
