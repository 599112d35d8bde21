import { expect, test } from 'vitest'
import { cutAttempt } from '../../../src/domain/cut-attempt.js'
import type { Attempt } from '../../../src/domain/event.js'
import type { RunKey } from '../../../src/domain/ids.js'
import { nothingSaid } from '../../../src/domain/nothing-said.js'
import { scored } from '../../../src/domain/outcome.js'
import { runEnded } from '../../../src/domain/run-ended.js'

const at = '2026-01-01T09:00:00.000Z'
const run = { index: 4, key: 'smoke/cancel#1' as RunKey }
const attempt = (holds: 'yes' | 'no'): Attempt => ({
  startedAt: at,
  durationMs: 1200,
  outcome: scored(nothingSaid(), { holds, checks: [], metrics: [] }),
})

test('a run that passed after an attempt that counted against the agent is flaky; nothing else is', () => {
  expect(runEnded(run, { at, last: attempt('yes'), earlier: [attempt('no')] }).flaky).toBe(true)
  expect(runEnded(run, { at, last: attempt('yes'), earlier: [cutAttempt(at)] }).flaky).toBe(false)
  expect(runEnded(run, { at, last: attempt('no'), earlier: [attempt('no')] }).flaky).toBe(false)
})

test('a run that was never started has no start and took no time', () => {
  expect(runEnded(run, { at, last: { outcome: { status: 'not_run', reason: 'cancelled' } } })).toEqual({
    type: 'run.ended',
    index: 4,
    at,
    run: 'smoke/cancel#1',
    outcome: { status: 'not_run', reason: 'cancelled' },
    durationMs: 0,
    earlier: [],
    flaky: false,
  })
})
