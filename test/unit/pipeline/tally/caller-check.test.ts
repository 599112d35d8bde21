import { expect, test } from 'vitest'
import { callersLine } from '../../../../src/adapters/reporters/console/callers.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import type { RunEnded, SuiteStarted } from '../../../../src/domain/event.js'
import type { RunKey } from '../../../../src/domain/ids.js'
import { createTally } from '../../../../src/pipeline/tally/tally.js'
import { started } from './journals.js'

const transcript = { moments: [], metadata: {}, ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: 0 } } as const
const passed: Outcome = { status: 'passed', transcript, verdict: { holds: 'yes', checks: [], metrics: [] } }
const invalid: Outcome = { status: 'caller_invalid', transcript, reason: 'turn 1: the caller spoke for the agent' }
const unreached: Outcome = { status: 'infra_error', transcript, fault: { by: 'infra', code: 'refused', message: 'Nothing listens.' } }

function endOf(index: number, ...outcomes: readonly Outcome[]): RunEnded {
  const at = '2026-11-24T20:00:01.000Z'
  const attempts = outcomes.map(outcome => ({ startedAt: at, durationMs: 1, outcome }))
  const last = attempts.at(-1)!
  return { type: 'run.ended', at, index, run: `a/c#${index}` as RunKey, flaky: false, ...last, earlier: attempts.slice(0, -1) }
}

/** Two cases of two runs; a model finds the words of the first one's caller. */
function plan(): SuiteStarted {
  const event = started({ entries: [{ cases: [{ repeats: 2 }, { repeats: 2 }] }] })
  const entries = event.plan.entries.map(entry => ({
    ...entry,
    cases: entry.cases.map((each, i) => (i === 0 ? { ...each, scenario: { ...each.scenario, ownWords: true as const } } : each)),
  }))
  return { ...event, plan: { ...event.plan, entries } }
}

function callersOf(event: SuiteStarted, ...ends: readonly RunEnded[]) {
  const tally = createTally(event)
  for (const end of ends) tally.add(end)
  return tally.report().callers
}

test('conversations are counted in which callers with words of their own kept to their part to the end, and those in which they left it', () => {
  const ends = [endOf(0, invalid, unreached, passed), endOf(1, invalid, invalid, invalid), endOf(2, invalid, passed)]
  expect(callersOf(plan(), ...ends)).toEqual({ attempts: 5, invalid: 4 })
})

test('a run that ends again, in a result that was resumed, counts once', () => {
  expect(callersOf(plan(), endOf(0, invalid), endOf(0, invalid, passed))).toEqual({ attempts: 2, invalid: 1 })
})

test('where the suite gives every word there is nothing to count', () => {
  expect(callersOf(started({ entries: [{ cases: [{ repeats: 1 }] }] }), endOf(0, passed))).toBeUndefined()
})

test('the report for people says it in a line, once there is something to say', () => {
  expect(callersLine({ callers: { attempts: 40, invalid: 3 } })).toBe(
    'The simulated caller did not follow its instructions in 3 of 40 attempts\n',
  )
  expect(callersLine({ callers: { attempts: 1, invalid: 0 } })).toBe(
    'The simulated caller did not follow its instructions in 0 of 1 attempt\n',
  )
  expect(callersLine({ callers: { attempts: 0, invalid: 0 } })).toBe('')
  expect(callersLine({})).toBe('')
})
