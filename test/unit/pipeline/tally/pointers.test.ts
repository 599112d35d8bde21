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

test('texts that were not read are warned of, once a run', () => {
  const plain = ended(0, 'passed')
  if (!('transcript' in plain.outcome)) throw new Error('It has a transcript.')
  const pointers = [{ setting: 'reply', pointer: '', answers: 1, found: 1, unread: 2 }]
  const run = { ...plain, outcome: { ...plain.outcome, transcript: { ...plain.outcome.transcript, pointers } } }
  expect(tallied({ entries: [{ cases: [{ repeats: 1 }] }] }, [run, run]).report().warnings).toEqual([
    'Agent clinic sent 2 texts under keys that are not read, in what connection.reply () points to, so no check saw them. Send all words as text.',
  ])
})

test.each([
  ['tool_calls', 0, true, 1],
  ['end', 0, true, 1],
  ['tool_calls', 1, true, 0],
  ['tool_calls', 0, false, 0],
  // What a judge never sees.
  ['metadata', 0, true, 0],
])('%s that was found %i times, where a judge decided: %s, is warned of %i times', (setting, found, isJudged, warned) => {
  const plain = ended(0, 'passed')
  if (!('verdict' in plain.outcome)) throw new Error('It has a verdict.')
  const { transcript, verdict } = plain.outcome
  const outcome = {
    ...plain.outcome,
    transcript: { ...transcript, pointers: [{ setting, pointer: '/x', answers: 2, found }] },
    verdict: { ...verdict, ...(isJudged && { outcome: { score: 100, claims: [] } }) },
  }
  const report = tallied({ entries: [{ cases: [{ repeats: 1 }] }] }, [{ ...plain, outcome }]).report()
  const sentence = `${setting}: /x was found in none of 2 answers of agent clinic, and a judge decided 1 run without it. Correct the pointer.`
  expect(report.warnings ?? []).toEqual(warned > 0 ? [sentence] : [])
  expect(report.totals.passed).toBe(1)
})
