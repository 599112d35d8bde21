import { noMask } from '../../../../src/domain/mask.js'
import { expect, test } from 'vitest'
import type { Connection } from '../../../../src/domain/connection.js'
import type { Agent, Document, Scenario } from '../../../../src/domain/document.js'
import type { MockAnswer, MockTool } from '../../../../src/domain/mock-tool.js'
import { planDigest } from '../../../../src/pipeline/plan/digest.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { agent, document, entry, scenario, somewhere } from '../../../support/build.js'

const http: Connection = { type: 'http', url: 'http://127.0.0.1:1' }
const answering = (gives: MockAnswer['gives']): MockTool => ({
  name: 'book',
  at: somewhere,
  cases: [{ input: {}, gives, delayMs: 0 }],
})
const withTools = (tools: readonly MockTool[], more: Partial<Agent> = {}): Agent =>
  agent({ connection: http, mockTools: { tools }, ...more })
const suiteOf = (clinic: Agent, asks: Partial<Scenario> = {}, mockToolNames?: readonly string[]): Document =>
  document({ scenarios: [scenario({}, asks)], entries: [entry({ agent: clinic, ...(mockToolNames && { mockToolNames }) })] })

function codes(suite: Document): string[] {
  const result = planRuns(suite)
  return 'plan' in result ? [] : result.diagnostics.map(({ code }) => code)
}

const digest = (suite: Document): string => {
  const planned = planRuns(suite)
  if (!('plan' in planned)) throw new Error('It was refused.')
  return planDigest(planned.plan, suite, noMask)
}

const profile = (agentVariables: Record<string, string>) => ({
  testProfile: { key: 'maria', name: 'maria', at: somewhere, agentVariables, callerVariables: { tier: 'no' } },
})

const callsTool = { expect: [{ kind: 'tool_called', at: somewhere, call: { name: 'book' } }] } as const

test('an agent with mock tools shows its tool calls, whatever its connection; with none picked it does not', () => {
  expect(codes(suiteOf(agent({ connection: http }), callsTool))).toEqual(['CHANNEL_CANNOT_SHOW'])
  expect(codes(suiteOf(withTools([answering({ output: 1 })]), callsTool))).toEqual([])
  expect(codes(suiteOf(withTools([answering({ output: 1 })]), callsTool, []))).toEqual(['CHANNEL_CANNOT_SHOW'])
})

test('run entries pick tools of the one agent', () => {
  const clinic = withTools([answering({ output: 1 })])
  const suite = document({ entries: [entry({ agent: clinic, mockToolNames: [] }), entry({ agent: clinic, name: 'All' })] })
  const planned = planRuns(suite)
  if (!('plan' in planned)) throw new Error('It was refused.')
  expect(planned.plan.entries.map(({ agent: { mockTools } }) => mockTools?.picked)).toEqual([[], undefined])
})

test('what an answer is filled in with has to be there before the first call', () => {
  const clinic = withTools([answering({ output: { tier: '{{test_profile.tier}}', at: '{{input.at}}' } })])
  expect(codes(suiteOf(clinic))).toEqual(['TEST_PROFILE_NEEDED'])
  expect(codes(suiteOf(clinic, profile({})))).toEqual(['VARIABLE_MISSING'])
  expect(codes(suiteOf(clinic, profile({ tier: 'gold' })))).toEqual([])
  expect(codes(suiteOf(clinic, {}, []))).toEqual([])
})

test('a connection can name where the mock tools are only of an agent that has some', () => {
  const body = { message: '{{message}}', tools: '{{mock_tools.url}}', mcp: '{{mock_tools.mcp_url}}' }
  expect(codes(suiteOf(withTools([answering({ output: 1 })], { connection: { ...http, body } })))).toEqual([])
  expect(codes(suiteOf(agent({ connection: { ...http, body } })))).toEqual([
    'CONNECTION_PLACEHOLDER_UNKNOWN',
    'CONNECTION_PLACEHOLDER_UNKNOWN',
  ])
})

test('what mock tools answer, and which are picked, is in the digest', () => {
  const one = withTools([answering({ output: 1 })])
  const moved = withTools([{ ...answering({ output: 1 }), at: { ...somewhere, start: 0 } }])
  expect(digest(suiteOf(moved))).toBe(digest(suiteOf(one)))
  const others = [suiteOf(withTools([answering({ output: 2 })])), suiteOf(one, {}, []), suiteOf(agent({ connection: http }))]
  expect(new Set([suiteOf(one), ...others].map(digest)).size).toBe(4)
})
