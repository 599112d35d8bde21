import { expect, test } from 'vitest'
import type { Attempt, RunEnded } from '../../../../src/domain/event.js'
import type { RunKey } from '../../../../src/domain/ids.js'
import type { ModelRole, ModelUsage } from '../../../../src/domain/model.js'
import { callFaults } from '../../../../src/domain/faults/call-faults.js'
import type { Outcome } from '../../../../src/domain/outcome.js'
import { createSpending } from '../../../../src/pipeline/tally/spending.js'

const at = '2026-11-24T20:00:00.000Z'
const transcript = { moments: [], metadata: {}, ending: { by: 'agent', reason: 'Main agent-ended-call', atS: 1 } } as const
const passed: Outcome = { status: 'passed', transcript, verdict: { holds: 'yes', checks: [], metrics: [] } }
const cutOff: Outcome = { status: 'infra_error', transcript, fault: callFaults.interrupted() }

function usage(role: ModelRole, tokens: number, cost?: number): ModelUsage {
  return { role, model: 'm', requests: 1, inputTokens: tokens, outputTokens: 1, ...(cost !== undefined && { cost }) }
}

function ended(index: number, outcome: Outcome, own: readonly ModelUsage[], earlier: readonly Attempt[] = []): RunEnded {
  return { type: 'run.ended', at, index, run: `a/b#${index}` as RunKey, outcome, durationMs: 1, earlier, flaky: false, usage: own }
}

const attempt = (...own: ModelUsage[]): Attempt => ({ startedAt: at, durationMs: 1, outcome: cutOff, usage: own })

test('where no model was asked there is nothing to tell', () => {
  const spending = createSpending()
  spending.add(ended(0, passed, []))
  expect(spending.report()).toBeUndefined()
})

test('runs, their earlier attempts, controls and the question beforehand add up by role', () => {
  const spending = createSpending()
  spending.add({ type: 'model.ready', at, role: 'caller', model: 'm', tookMs: 1, usage: [usage('caller', 1, 0.1)] })
  spending.add({ type: 'judge.controlled', at, control: 'good', holds: 'yes', because: '', usage: [usage('judge', 2)] })
  spending.add(ended(0, passed, [usage('caller', 4, 0.4)], [attempt(usage('caller', 8, 0.8), usage('judge', 16))]))
  expect(spending.report()).toEqual({
    total: [
      { role: 'caller', model: 'm', requests: 3, inputTokens: 13, outputTokens: 3, cost: expect.closeTo(1.3) },
      { role: 'judge', model: 'm', requests: 2, inputTokens: 18, outputTokens: 2 },
    ],
    retried: [usage('caller', 8, 0.8), usage('judge', 16)],
  })
})

test('what was retried before a run was cut off is among what was retried', () => {
  const spending = createSpending()
  spending.add(ended(0, cutOff, [usage('caller', 5)], [attempt(usage('caller', 3))]))
  expect(spending.report()).toMatchObject({ total: [{ inputTokens: 8 }], retried: [{ inputTokens: 3 }] })
})

test('a run that was cut off and conducted again is counted once', () => {
  const spending = createSpending()
  spending.add(ended(0, cutOff, [usage('caller', 5)]))
  expect(spending.report()?.total).toEqual([usage('caller', 5)])
  spending.add(ended(0, passed, [usage('caller', 7)], [attempt(usage('caller', 5))]))
  expect(spending.report()?.total).toMatchObject([{ requests: 2, inputTokens: 12 }])
})
