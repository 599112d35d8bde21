import { expect, test } from 'vitest'
import { conditionsOf } from '../../../../src/domain/conditions.js'
import { sampleResult } from '../../adapters/reporters/sample-result.js'
import { createColumns } from '../../../../src/view/model/run-columns.js'
import { matchesRow, readQuery } from '../../../../src/view/model/query.js'
import { createRows } from '../../../../src/view/model/rows.js'
import type { ViewIndex } from '../../../../src/view/model/view-index.js'

async function sampleIndex(): Promise<ViewIndex> {
  const { started, report, runs } = sampleResult()
  const columns = createColumns()
  for await (const batch of runs())
    for (const run of batch) columns.add(run, run.outcome.status === 'failed' ? [0] : [], run.outcome.status === 'failed')
  return {
    title: 'Clinic',
    started,
    report,
    commands: { folder: 'result' },
    runs: columns.columns(),
    agents: {},
    conditions: conditionsOf(started),
    content: { of: 'all', leftOut: 0 },
    worse: ['smoke/opening_hours/calm/maria'],
  }
}

async function found(query: string): Promise<string[]> {
  const index = await sampleIndex()
  const rows = createRows(index)
  const all = Array.from({ length: rows.length }, (_, i) => rows.at(i))
  return all.filter(row => matchesRow(readQuery(query), row, index)).map(({ key }) => key)
}

test('rows are in plan order, and each is found by its key', async () => {
  const index = await sampleIndex()
  const rows = createRows(index)
  expect(rows.length).toBe(index.started.plan.totalRuns)
  for (let i = 0; i < rows.length; i += 1) expect(rows.find(rows.at(i).key)).toBe(i)
  expect(rows.find('smoke/cancel_appointment/calm/maria#99')).toBeUndefined()
  expect(rows.find('nowhere')).toBeUndefined()
  expect(() => rows.at(rows.length)).toThrow(RangeError)
})

test.each([
  ['is:failed', (keys: string[]) => keys.length > 0],
  ['is:passed -is:flaky', (keys: string[]) => keys.length > 0],
  ['is:inconclusive', (keys: string[]) => keys.length > 0],
  ['is:waived', (keys: string[]) => keys.length === 1],
  ['is:worse', (keys: string[]) => keys.join(' ') === 'smoke/opening_hours/calm/maria#1'],
  ['is:flaky', (keys: string[]) => keys.length === 1],
  ['tag:billing is:failed', (keys: string[]) => keys.every(key => key.startsWith('billing/'))],
  ['entry:smoke', (keys: string[]) => keys.length === 6 && keys.every(key => key.startsWith('smoke/'))],
  ['person:calm profile:maria', (keys: string[]) => keys.length === 12],
  ['person:nobody', (keys: string[]) => keys.length === 0],
  ['tool:cancel', (keys: string[]) => keys.length > 0],
  ['latency:>100', (keys: string[]) => keys.length > 0],
  ['latency:>100000', (keys: string[]) => keys.length === 0],
  ['"opening hours"', (keys: string[]) => keys.length === 1],
  ['angry -refund', (keys: string[]) => keys.length === 0],
])('%s', async (query, holds) => {
  const keys = await found(query)
  expect(keys).toSatisfy(holds)
})

test('what means nothing is told, and finds everything', () => {
  expect(readQuery('is:odd latency:fast said:"two o’clock" is:failed http://x')).toEqual({
    terms: [
      { key: 'is', value: 'failed', isNot: false },
      { key: 'words', value: 'http://x', isNot: false },
    ],
    said: ['two o’clock'],
    unknown: ['is:odd', 'latency:fast'],
  })
})
