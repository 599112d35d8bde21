import { expect, test } from 'vitest'
import { watchAgents, type AgentsUp } from '../../../src/app/agents-up.js'
import type { RunEnded } from '../../../src/domain/event.js'
import type { Plan } from '../../../src/domain/plan.js'
import { transcript } from '../pipeline/score/conversations.js'

const at = '2026-01-01T00:00:00.000Z'
const plan = (...starts: boolean[]) =>
  ({ entries: starts.map(start => ({ agent: start ? { start: {} } : {} })) }) as unknown as Pick<Plan, 'entries'>
const ended = (code: 'not_started' | 'silence') =>
  ({
    type: 'run.ended',
    outcome: { status: 'infra_error', fault: { by: 'infra', code, message: '' }, transcript: transcript([]) },
  }) as RunEnded

/** Whether it is known by now, and what. */
async function now({ some }: AgentsUp): Promise<boolean | 'unknown'> {
  return Promise.race([some, new Promise<'unknown'>(resolve => setImmediate(() => resolve('unknown')))])
}

test('an agent that nobody here starts is up', async () => {
  expect(await now(watchAgents(plan(true, false)))).toBe(true)
})

test('one that has to be started is up when it is ready', async () => {
  const agents = watchAgents(plan(true, true))
  expect(await now(agents)).toBe('unknown')
  agents.see(ended('not_started'))
  expect(await now(agents)).toBe('unknown')
  agents.see({ type: 'agent.ready', at, agent: 'shop', tookMs: 1 })
  expect(await now(agents)).toBe(true)
})

test.each([
  ['not_started', false],
  ['silence', true],
] as const)('after all runs it is up unless it could not be started: %s', async (code, isUp) => {
  const agents = watchAgents(plan(true))
  agents.see(ended(code))
  agents.over()
  expect(await now(agents)).toBe(isUp)
})

test('of a result that has no runs left, the judge is still to be controlled', async () => {
  const agents = watchAgents(plan(true))
  agents.over()
  expect(await now(agents)).toBe(true)
})
