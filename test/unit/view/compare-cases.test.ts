import { expect, test } from 'vitest'
import type { OutcomeStatus } from '../../../src/domain/outcome.js'
import type { Rows } from '../../../src/view/model/rows.js'
import type { ViewIndex } from '../../../src/view/model/view-index.js'
import { casesOf, compareCases } from '../../../src/view/parts/compare-cases.js'

/** A result of a request with a name, of two cases. */
function side(slug: string | undefined, statuses: readonly OutcomeStatus[]) {
  const cases = ['haggles', 'asks'].map((key, i) => ({ key: `${slug ?? 'nightly'}/${key}`, firstRun: i * 20, repeats: 20 }))
  const index = { slug, started: { plan: { entries: [{ cases }] } } } as unknown as ViewIndex
  const rows = { statusAt: (run: number) => statuses[Math.floor(run / 20)] } as unknown as Rows
  return { index, rows }
}

test('what a request is called is no part of its cases: results of two names are compared case by case', () => {
  const [before, after] = [side('first-try', ['passed', 'passed']), side('second-try', ['failed', 'passed'])]
  expect([...casesOf(before, after).keys()]).toEqual(['second-try/haggles', 'second-try/asks'])
  expect(compareCases(before, after, 0.05)).toMatchObject([{ key: 'second-try/haggles', verdict: 'worse', examples: [0, 0] }])
  // Run entries of suites are other entries if they have other names.
  expect(compareCases(side(undefined, ['passed', 'passed']), after, 0.05)).toEqual([])
})
