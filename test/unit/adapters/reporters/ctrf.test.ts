import { validate } from 'ctrf'
import { expect, test } from 'vitest'
import { unfinishedCtrfReport } from '../../../../src/adapters/reporters/unfinished.js'

// Finished reports are checked with every golden case.

test('a run that has not finished is a valid report that is neither green nor red', () => {
  const text = unfinishedCtrfReport({ suite: 'suite‮.yaml', callsheet: '0.1.0', startedAt: '2026-01-01T09:00:00.000Z' })
  const report = JSON.parse(text) as { results: { tests: readonly { status: string; name: string }[]; environment: { healthy: boolean } } }
  expect(validate(report)).toMatchObject({ valid: true })
  expect(report.results.tests.map(({ status }) => status)).toEqual(['other'])
  expect(report.results.environment.healthy).toBe(false)
  expect(text).not.toContain('\u202e')
})
