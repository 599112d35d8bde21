import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { maskRun } from '../../../src/domain/mask-event.js'
import { createMask } from '../../../src/domain/mask.js'
import type { MetricScore } from '../../../src/domain/verdict.js'
import { agentAt, soundOf } from '../../support/sounds.js'
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

test('no words that were heard or claimed keep a secret; numbers, and the place of the recording, stay', () => {
  const recording = {
    path: 'r.wav',
    sha256: '',
    bytes: 1,
    mediaType: 'audio/wav',
    channels: 2,
    rate: 1,
    seconds: 1,
    peaks: [[0.5], [1]],
  } as const
  const sound = soundOf([agentAt(0, 1)], {
    recording,
    claimed: [{ text: `It is ${secret}.`, atS: 1 }],
    selfHeard: { said: [{ text: secret, heard: `about ${secret}` }], usualWer: 0.05 },
  })
  const run = ended(0, 'passed')
  if (!('transcript' in run.outcome)) throw new Error('it has no transcript')
  const outcome = { ...run.outcome, transcript: { ...run.outcome.transcript, sound } } as typeof run.outcome
  const masked = maskRun({ ...run, outcome }, mask).outcome
  expect(JSON.stringify(masked)).not.toContain(secret)
  expect(masked).toMatchObject({ transcript: { sound: { recording, stretches: sound.stretches, selfHeard: { usualWer: 0.05 } } } })
})
