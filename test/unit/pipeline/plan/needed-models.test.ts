import { noMask } from '../../../../src/domain/mask.js'
import { expect, test } from 'vitest'
import type { Document, Scenario } from '../../../../src/domain/document.js'
import type { Metric } from '../../../../src/domain/metric.js'
import type { JudgeModel, Model } from '../../../../src/domain/model.js'
import { checkPrices, neededModels } from '../../../../src/pipeline/plan/needed-models.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { document, limits, outcome, scenario, somewhere, step, text } from '../../../support/build.js'

const caller: Model = {
  role: 'caller',
  at: somewhere,
  baseUrl: 'http://127.0.0.1/v1',
  model: 'small',
  headers: {},
  timeoutMs: 1,
  stream: false,
  structured: 'json_schema',
  limits: { concurrency: 1 },
  retries: 0,
}
const judge: JudgeModel = { ...caller, role: 'judge', model: 'large', votes: 1, emptyControl: true }
const empathy: Metric = { key: 'empathy', name: 'Empathy', type: 'rating', source: { kind: 'judge', question: 'Was it kind?' } }
const told: Metric = {
  ...empathy,
  key: 'told',
  type: 'binary',
  source: { kind: 'agent_says', matcher: { contains: 'a' } },
  trigger: { kind: 'judge', question: 'Was it asked?' },
}
const suite: Pick<Document, 'models' | 'metrics' | 'callerCheck'> = {
  models: { caller, judge },
  metrics: [empathy, told],
  callerCheck: true,
}

const scripted = scenario({})
const instructed: Scenario = { ...scripted, behaviour: { kind: 'instructions', instructions: 'You want a refund.' } }
const conditional = scenario({ steps: [step({ kind: 'when', matcher: {}, says: 'the agent asks for a name' }, text('Maria.'))] })

test.each<[string, Scenario, { caller?: boolean; judge?: boolean; audits?: boolean }]>([
  ['a script', scripted, {}],
  ['instructions', instructed, { caller: true, judge: true, audits: true }],
  ['a condition in plain language', conditional, { caller: true }],
  ['an expected outcome', { ...scripted, expectedOutcome: outcome('It is solved.') }, { judge: true }],
  ['a metric that is judged', { ...scripted, metrics: ['empathy'] }, { judge: true }],
  ['a metric whose trigger is judged', { ...scripted, metrics: ['told'] }, { judge: true }],
])('%s needs no model but its own', (_what, own, { caller: asksCaller = false, judge: asksJudge = false, audits = false }) => {
  expect(neededModels([scripted, own], suite)).toEqual({ ...(asksCaller && { caller }), ...(asksJudge && { judge }), audits })
})

test('without the caller check nobody reads what callers say', () => {
  expect(neededModels([instructed], { ...suite, callerCheck: false })).toEqual({ caller, audits: false })
})

test('a bound on cost needs the prices of the models that are asked, and of no other', () => {
  const priced = { ...judge, prices: { input: 1, output: 1 } }
  expect(checkPrices({ caller, judge: priced, audits: false }, 5)).toMatchObject([
    { code: 'PRICES_MISSING', at: caller.at, message: expect.stringContaining('prices for the caller model "small"') },
  ])
  expect(checkPrices({ caller, audits: false }, undefined)).toEqual([])
  const bounded = { models: { caller, judge }, limits: { ...limits, maxCost: 5 } }
  expect(planRuns(document(bounded))).toHaveProperty('plan')
  expect(planRuns(document({ ...bounded, scenarios: [instructed] }))).toMatchObject({
    diagnostics: [{ code: 'PRICES_MISSING' }, { code: 'PRICES_MISSING' }],
  })
})

test('a plan tells with what its models are asked; where they are and what they may take is no part of its digest', async () => {
  const { summarise } = await import('../../../../src/pipeline/plan/summary.js')
  const { planDigest } = await import('../../../../src/pipeline/plan/digest.js')
  const planned = (model: Partial<Model>) => {
    const plan = planRuns(document({ models: { caller: { ...caller, ...model }, judge }, scenarios: [instructed] }), { seed: 3 })
    if (!('plan' in plan)) throw new Error('it was refused')
    return { summary: summarise(plan.plan), digest: planDigest(plan.plan, { metrics: [], variables: [] }, noMask) }
  }
  const { summary, digest } = planned({})
  expect(summary.caller).toEqual({ model: 'small', seed: 3 })
  expect(summary.judge).toEqual({ model: 'large', temperature: 0, seed: 3, votes: 1 })
  expect(planned({ baseUrl: 'http://elsewhere/v1', apiKey: 'k', timeoutMs: 5, limits: { concurrency: 9 } }).digest).toBe(digest)
  expect(planned({ temperature: 1 }).digest).not.toBe(digest)
})
