import { expect, test } from 'vitest'
import { FaultError } from '../../../../../src/domain/fault.js'
import { speechFaults } from '../../../../../src/domain/faults/speech-faults.js'
import { Place } from '../../../../../src/domain/place.js'
import { createPatterns } from '../../../../../src/adapters/patterns/re2.js'
import type { CallerSound } from '../../../../../src/domain/caller-sound.js'
import { createScorer } from '../../../../../src/pipeline/score/score.js'
import { scenario, step, text } from '../../../../support/build.js'
import { transcriptOf } from '../../../../support/run-plan.js'
import { fakeEars } from '../../../../support/talking.js'
import { answersAfter, voiceCall } from '../../../../support/voice-call.js'

const score = createScorer({ metrics: [], patterns: createPatterns() })
const asked = scenario({
  firstMessage: text('Can you help me?'),
  steps: [step({ kind: 'any' }, text('Thanks.')), step({ kind: 'any' }, [...text('Bye.'), { type: 'endcall' }])],
})
const network = { loss: 0, meanBurstMs: 100, jitterMs: 0, delayMs: 0 }

const held = async (sound: Partial<CallerSound>) =>
  (await voiceCall(asked, answersAfter(3_000, 1_200), { heard: ['Yes.', 'Good.'], hear: 'after', sound, score })).run

test.each<[string, Partial<CallerSound>]>([
  ['speaks as usual', {}],
  ['is delayed by more than its words last', { network: { ...network, delayMs: 2_000 } }],
])('a call whose caller %s passes', async (_, sound) => {
  const run = await held(sound)
  expect(run.outcome.status).toBe('passed')
  expect(transcriptOf(run).sound!.caller.levelDbfs).toBeGreaterThan(-30)
})

test.each<[string, Partial<CallerSound>]>([
  ['loses every packet', { network: { ...network, loss: 1 } }],
  ['is as good as silent', { volume: 0.001 }],
])('a call whose caller %s is unscored', async (_, sound) => {
  const run = await held(sound)
  expect(run.outcome.status).toBe('unscored')
  expect(JSON.stringify(run.outcome)).toContain('nobody can have heard the caller')
})

test.each(['after', 'live'] as const)('a call whose last words the ears failed to hear, %s, says so and passes nothing', async hear => {
  const working = fakeEars(['Yes.'])
  const failed = speechFaults.programFailed({ speech: 'stt', place: new Place('ears'), how: 'ended with exit code 3', output: 'boom' })
  let pieces = 0
  const ears = {
    ...working,
    hear: (...heard: Parameters<typeof working.hear>) =>
      (pieces += 1) < 2 ? working.hear(...heard) : Promise.reject(new FaultError(failed)),
  }
  const { run } = await voiceCall(asked, answersAfter(1_000, 1_200), { hear, ears, score })
  expect(run.outcome).toMatchObject({ status: 'infra_error', fault: { message: failed.message } })
})
