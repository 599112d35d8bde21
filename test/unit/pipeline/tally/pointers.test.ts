import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { RunEnded } from '../../../../src/domain/event.js'
import { ended, tallied } from './journals.js'

/** A run's end, with messages that `reply` passed over in each of its attempts. */
function passedOver(index: number, attempts: readonly number[]): RunEnded {
  const plain = ended(index, 'passed')
  const outcomes = attempts.map(leftOut => {
    if (!('transcript' in plain.outcome)) throw new Error('It has a transcript.')
    const pointers = [{ setting: 'reply', pointer: '/messages/0', answers: 1, found: 1, ...(leftOut > 0 && { leftOut }) }]
    return { ...plain.outcome, transcript: { ...plain.outcome.transcript, pointers } }
  })
  const earlier = outcomes.slice(1).map(outcome => ({ startedAt: plain.at, durationMs: 0, outcome }))
  return { ...plain, outcome: outcomes[0]!, earlier }
}

test('messages that were left out count once a run, however often it ends', () => {
  const attempts = fc.array(fc.nat(5), { minLength: 1, maxLength: 3 })
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(3), attempts), { maxLength: 12 }), ends => {
      const report = tallied(
        { entries: [{ cases: [{ repeats: 4 }] }] },
        ends.map(([index, left]) => passedOver(index, left)),
      ).report()
      const last = [...new Map(ends).values()].flat()
      const messages = last.reduce((sum, each) => sum + each, 0)
      expect(report.leftOut ?? []).toEqual(messages > 0 ? [{ agent: 'clinic', pointer: '/messages/0', messages }] : [])
    }),
  )
})
