import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { outcomeStatuses } from '../../../../src/domain/outcome.js'
import type { Report } from '../../../../src/domain/report.js'
import { createTally } from '../../../../src/pipeline/tally/tally.js'
import { ended, started, tallied } from './journals.js'
import { disorderedScenes, runsIn, scenes, type Scene } from './plans.js'

describe('whatever the plan and however its runs end,', () => {
  test('the order in which they end does not change a byte of the report', () => {
    fc.assert(
      fc.property(disorderedScenes, ({ plan, ends, inOrder }) => {
        expect(JSON.stringify(tallied(plan, ends).report())).toBe(JSON.stringify(tallied(plan, inOrder).report()))
      }),
    )
  })

  test('the counts sum up to what was planned', () => {
    fc.assert(
      fc.property(scenes, fc.nat(), ({ plan, ends }, cut) => {
        const report = tallied(plan, ends.slice(0, cut % (ends.length + 1))).report()
        expect(sum(report)).toBe(runsIn(plan))
        expect(report.totals.runs).toBe(runsIn(plan))
        for (const entry of report.entries) {
          expect(sum(entry)).toBe(entry.totals.runs)
          expect(entry.cases.reduce((all, each) => all + sum(each), 0)).toBe(entry.totals.runs)
        }
        expect(report.entries.reduce((all, each) => all + sum(each), 0)).toBe(report.totals.runs)
      }),
    )
  })

  test('a pass instead of a failure never makes the gate worse', () => {
    const rank = { failed: 0, could_not_tell: 1, passed: 2 }
    const rankOf = ({ plan, ends }: Scene): number => rank[tallied(plan, ends).report().gate.verdict]
    fc.assert(
      fc.property(scenes, ({ plan, ends }) => {
        for (const { index, outcome } of ends) {
          if (outcome.status !== 'failed' && outcome.status !== 'agent_error') continue
          const metrics = 'verdict' in outcome ? outcome.verdict.metrics : []
          const better = ends.with(index, ended(index, 'passed', { metrics }))
          expect(rankOf({ plan, ends: better })).toBeGreaterThanOrEqual(rankOf({ plan, ends }))
        }
      }),
    )
  })

  test('a stored journal gives the same report as the live run, byte for byte', () => {
    fc.assert(
      fc.property(scenes, ({ plan, ends }) => {
        const first = started(plan)
        const live = createTally(first)
        for (const event of ends) live.add(event)
        const replayed = createTally(JSON.parse(JSON.stringify(first)) as typeof first)
        for (const event of ends) replayed.add(JSON.parse(JSON.stringify(event)) as typeof event)
        expect(JSON.stringify(replayed.report())).toBe(JSON.stringify(live.report()))
      }),
    )
  })
})

function sum({ totals }: Pick<Report, 'totals'>): number {
  return outcomeStatuses.reduce((all, status) => all + totals[status], 0)
}
