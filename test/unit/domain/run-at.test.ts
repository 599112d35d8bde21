import { expect, test } from 'vitest'
import { runAt, runsOf } from '../../../src/domain/plan.js'
import { planRuns } from '../../../src/pipeline/plan/plan-runs.js'
import { document, entry, scenario } from '../../support/build.js'

test('a run is found by its index, as the plan has it', () => {
  const scenarios = [scenario({}, { frequency: 3 }), scenario({}, { key: 'books', name: 'Books', frequency: 2 })]
  const planned = planRuns(document({ scenarios, entries: [entry(), entry({ name: 'Again', frequency: 4 })] }), {})
  if (!('plan' in planned)) throw new Error(planned.diagnostics.map(({ message }) => message).join())
  const { plan } = planned
  const all = plan.entries.flatMap(each => [...runsOf(each)])
  expect(all).toHaveLength(13)
  expect(all.map(({ index }) => runAt(plan, index))).toEqual(all)
  expect(runAt(plan, 13)).toBeUndefined()
  expect(runAt(plan, -1)).toBeUndefined()
})
