import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskRun } from '../../../src/domain/mask-event.js'
import { createMask } from '../../../src/domain/mask.js'
import type { MetricScore } from '../../../src/domain/verdict.js'
import { ended } from '../pipeline/tally/journals.js'

const secret = 'sk-live-4242424242'
const mask = createMask([{ name: 'AGENT_KEY', value: secret }])

test("no text of a score keeps a secret: neither an enum's value from the metadata, nor votes, nor reasons", () => {
  const said = fc.tuple(fc.string(), fc.string()).map(([before, after]) => `${before} ${secret} ${after}`)
  const score: fc.Arbitrary<MetricScore> = fc.record({
    metric: fc.constant('tier'),
    type: fc.constant('enum' as const),
    value: said,
    votes: fc.array(fc.oneof(said, fc.constant(null)), { minLength: 1 }),
    because: said,
    explanation: said,
  })
  fc.assert(
    fc.property(fc.array(score, { minLength: 1, maxLength: 3 }), metrics => {
      const run = ended(0, 'passed')
      const outcome = { ...run.outcome, verdict: { holds: 'yes' as const, checks: [], metrics } } as typeof run.outcome
      expect(JSON.stringify(maskRun({ ...run, outcome }, mask))).not.toContain(secret)
    }),
  )
})

test('numbers and what a check decided stay as they are', () => {
  const run = ended(0, 'passed')
  const metrics: MetricScore[] = [{ metric: 'sure', type: 'binary', value: true, votes: [true, false, null] }]
  const outcome = { ...run.outcome, verdict: { holds: 'yes' as const, checks: [], metrics } } as typeof run.outcome
  expect(maskRun({ ...run, outcome }, mask).outcome).toEqual(outcome)
})
