import { expect, test } from 'vitest'
import type { SuiteStarted } from '../../../../src/domain/event.js'
import { isAtHead, limitText } from '../../../../src/domain/limit.js'
import type { ResultId } from '../../../../src/domain/ids.js'
import { createTally } from '../../../../src/pipeline/tally/tally.js'
import { sampleStarted } from '../../adapters/reporters/sample-result.js'

function limitsOf(change: Partial<SuiteStarted>): string[] {
  return createTally({ ...sampleStarted, ...change })
    .report()
    .limits.filter(({ code }) => ['BAR_CHANGED', 'SUITE_CHANGED', 'SECRETS_REDACTED'].includes(code))
    .map(limit => `${isAtHead(limit) ? 'head: ' : ''}${limitText(limit)}`)
}

const before = { result: 'r1' as ResultId, at: '2026-11-01T00:00:00.000Z' }

test('a result says what is not as it was, a changed bar at its head', () => {
  expect(limitsOf({})).toEqual([])
  expect(limitsOf({ changed: { ...before, bar: [] } })).toEqual(['head: The thresholds are not those of r1.'])
  expect(limitsOf({ changed: { ...before, suite: true } })).toEqual([
    "The suite is not that of r1, so what differs from it may not be the agent's doing.",
  ])
})

test('a result says which secrets were taken out', () => {
  expect(limitsOf({ redacted: ['API_KEY', 'TOKEN'] })).toEqual(['Secrets are taken out wherever they were said: API_KEY, TOKEN.'])
})
