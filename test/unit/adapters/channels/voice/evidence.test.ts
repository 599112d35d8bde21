import { expect, test } from 'vitest'
import { createPatterns } from '../../../../../src/adapters/patterns/re2.js'
import type { CallerSound } from '../../../../../src/domain/caller-sound.js'
import { createScorer } from '../../../../../src/pipeline/score/score.js'
import { scenario, step, text } from '../../../../support/build.js'
import { transcriptOf } from '../../../../support/run-plan.js'
import { answersAfter, voiceCall } from '../../../../support/voice-call.js'

const score = createScorer({ metrics: [], patterns: createPatterns() })
const asked = scenario({
  firstMessage: text('Can you help me?'),
  steps: [step({ kind: 'any' }, text('Thanks.')), step({ kind: 'any' }, [...text('Bye.'), { type: 'endcall' }])],
})
const network = { loss: 0, meanBurstMs: 100, jitterMs: 0, delayMs: 0 }

test.each<[string, Partial<CallerSound>, string]>([
  ['speaks as usual', {}, 'passed'],
  ['is delayed by more than its words last', { network: { ...network, delayMs: 2_000 } }, 'passed'],
  ['loses every packet', { network: { ...network, loss: 1 } }, 'unscored'],
  ['is as good as silent', { volume: 0.001 }, 'unscored'],
])('a call whose caller %s', async (_, sound, status) => {
  const { run } = await voiceCall(asked, answersAfter(3_000, 1_200), { heard: ['Yes.', 'Good.'], hear: 'after', sound, score })
  expect(run.outcome.status).toBe(status)
  const { levelDbfs } = transcriptOf(run).sound!.caller
  if (status === 'passed') expect(levelDbfs).toBeGreaterThan(-30)
  else expect(JSON.stringify(run.outcome)).toContain('nobody can have heard the caller')
})
