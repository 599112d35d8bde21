import { expect, test } from 'vitest'
import { askedFor, otherScenario } from '../../../../src/app/hosted/contradictions.js'

const caseOf = (id: number, ...runs: number[]) => ({ scenario: { id, name: 'unnamed' }, runs })

test('a scenario that was begun unasked is found, where the request lists its scenarios', () => {
  expect(otherScenario([caseOf(11, 1), caseOf(99, 2)], { agent_id: 7, scenarios: [11, 12] })).toBe(99)
  expect(otherScenario([caseOf(11, 1), caseOf(0, 2)], { agent_id: 7, scenarios: [11] })).toBeUndefined()
  expect(otherScenario([caseOf(99, 1)], { agent_id: 7, scenarios: 'all' })).toBeUndefined()
  expect(otherScenario([caseOf(99, 1)], { agent_id: 7 })).toBeUndefined()
})

test('what was asked for is known by run; a scenario that the service did not name is not', () => {
  const asked = askedFor([caseOf(11, 1, 2), caseOf(0, 3)], 7)
  expect([...asked]).toEqual([
    [1, { scenario: 11, agent: 7 }],
    [2, { scenario: 11, agent: 7 }],
    [3, { scenario: undefined, agent: 7 }],
  ])
})
