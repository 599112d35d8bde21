import { noMask } from '../../../../src/domain/mask.js'
import { describe, expect, test } from 'vitest'
import type { Document, JudgeControl, Scenario } from '../../../../src/domain/document.js'
import { planDigest } from '../../../../src/pipeline/plan/digest.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { summarise } from '../../../../src/pipeline/plan/summary.js'
import * as build from '../../../support/build.js'

const refund = build.scenario({ firstMessage: build.text('Hi.') }, { key: 'refund', expectedOutcome: build.outcome('It refunds.') })
const greets = build.scenario(
  { firstMessage: build.text('Hi.') },
  { key: 'greets', expect: [{ at: build.somewhere, kind: 'ended_by', by: 'caller' }] },
)

function controlOf(scenario: Scenario): JudgeControl {
  const ending = { by: 'caller', reason: 'Testing agent-ended-call', atS: 1 } as const
  return {
    key: 'bad',
    at: build.somewhere,
    scenario,
    transcript: { moments: [], metadata: {}, ending },
    expect: { outcome: 'not_met', metrics: [] },
  }
}

function planOf(more: Partial<Document>, options = {}) {
  const planned = planRuns(build.document({ scenarios: [refund, greets], controls: [controlOf(refund)], ...more }), options)
  if (!('plan' in planned)) throw new Error(planned.diagnostics.map(({ message }) => message).join(' '))
  return planned.plan
}

function digest(more: Partial<Document>): string {
  return planDigest(planOf(more), { metrics: [], variables: [] }, noMask)
}

function digestWith(path: string, text: string): string {
  const agent = build.agent({ knowledge: [{ path, text }] })
  return digest({ agents: [agent], entries: [build.entry({ agent })] })
}

describe('judge controls', () => {
  test('are planned where any run needs a judge, whichever scenarios are selected', () => {
    const other = { ...refund, key: 'other' }
    const plan = planOf({ scenarios: [refund, other], controls: [controlOf(other)] }, { filter: ['refund'] })
    expect(plan.controls.map(({ control, agent }) => [control.key, agent.key])).toEqual([['bad', 'clinic']])
    expect(summarise(plan).controls).toEqual(['bad'])
  })

  test('are not where none does', () => {
    const plan = planOf({}, { filter: ['greets'] })
    expect(plan.controls).toEqual([])
    expect(summarise(plan).controls).toBeUndefined()
  })

  test('have the caller that the scenario runs with first, and need the values it needs', () => {
    const maria = { key: 'maria', name: 'Maria', at: build.somewhere, agentVariables: {}, callerVariables: { name: 'Maria Lopez' } }
    const named = { ...refund, expectedOutcome: build.outcome(['It refunds {{test_profile.name}}.']) }
    const changed = { scenarios: [named], controls: [controlOf(named)] }
    const plan = planOf({ ...changed, entries: [build.entry({ testProfiles: [maria] })] })
    expect(plan.controls[0]?.testProfile).toBe(maria)
    expect(() => planOf(changed)).toThrow('{{test_profile.name}} is used, but "refund" runs without a test profile.')
  })

  test('are in the digest, wherever the suite lies', () => {
    const before = digest({})
    expect(digest({ controls: [{ ...controlOf(refund), expect: { outcome: 'met', metrics: [] } }] })).not.toBe(before)
    expect(digest({ controls: [] })).not.toBe(before)
    const moved = build.agent({ folder: '/elsewhere' })
    expect(digest({ agents: [moved], entries: [build.entry({ agent: moved })] })).toBe(before)
  })
})

test("an agent's knowledge is in the digest by what it says, not by where it lies", () => {
  expect(digestWith('a.md', 'Open.')).toBe(digestWith('/elsewhere/a.md', 'Open.'))
  expect(digestWith('a.md', 'Open.')).not.toBe(digestWith('a.md', 'Closed.'))
})

test('hallucination without knowledge is warned of, where it is scored', () => {
  const metric = {
    key: 'hallucination',
    name: 'h',
    type: 'numeric',
    source: { kind: 'judge', question: '?', usesKnowledge: true },
  } as const
  const scored = { ...refund, metrics: ['hallucination'] }
  const codes = (knowledge: Document['agents'][number]['knowledge']): string[] => {
    const agent = build.agent({ knowledge })
    const planned = planRuns(build.document({ scenarios: [scored], metrics: [metric], agents: [agent], entries: [build.entry({ agent })] }))
    return 'plan' in planned ? planned.warnings.map(({ code }) => code) : ['refused']
  }
  expect(codes([])).toEqual(['KNOWLEDGE_NONE'])
  expect(codes([{ path: 'a.md', text: 'Open.' }])).toEqual([])
})
