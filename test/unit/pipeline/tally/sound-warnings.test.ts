import { expect, test } from 'vitest'
import type { RunEnded } from '../../../../src/domain/event.js'
import type { Sound } from '../../../../src/domain/sound.js'
import { agentAt, callerAt, soundOf } from '../../../support/sounds.js'
import { ended, tallied, type PlanDraft } from './journals.js'

const plan: PlanDraft = { entries: [{ cases: [{ repeats: 3 }] }] }

function call(index: number, more: Partial<Sound>): RunEnded {
  const run = ended(index, 'passed')
  if (!('transcript' in run.outcome)) throw new Error('it has no transcript')
  const sound = soundOf([callerAt(0, 1), agentAt(2, 3)], more)
  return { ...run, outcome: { ...run.outcome, transcript: { ...run.outcome.transcript, sound } } as typeof run.outcome }
}

const warningsOf = (runs: readonly RunEnded[]) => tallied(plan, runs).report().warnings

test('a report says which calls a detector measured that takes noise for speech', () => {
  expect(warningsOf([call(0, { detector: 'energy' }), call(1, { detector: 'energy' }), call(2, {})])).toEqual([
    'The detector energy told speech from silence in 2 calls; it takes tones and loud noise for speech.',
  ])
})

test('a report says where ears are too bad to tell whether the caller was understood', () => {
  const words = Array.from({ length: 40 }, () => 'apple').join(' ')
  const selfHeard = { said: [{ text: words, heard: '' }], usualWer: 0.2 }
  expect(warningsOf([call(0, { selfHeard }), call(1, { selfHeard: { ...selfHeard, usualWer: 0.1 } }), ended(2, 'passed')])).toEqual([
    'sherpa moonshine-tiny mishears flite rms too often to tell whether the agent could understand the caller in 1 call. Use better ears (models.stt) or another voice.',
  ])
})

test('a report says what was wrong with what agents sent in their calls, each once', () => {
  const odd = 'The agent sent half a sample.'
  expect(warningsOf([call(0, { warnings: [odd] }), call(1, { warnings: [odd, 'It sent no name.'] }), call(2, {})])).toEqual([
    `In 2 calls: ${odd}`,
    'In 1 call: It sent no name.',
  ])
})

test('a suite without sound has no such warnings', () => {
  expect(warningsOf([ended(0, 'passed')])).toBe(undefined)
})
