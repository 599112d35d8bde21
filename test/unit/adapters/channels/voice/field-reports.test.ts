import { expect, test } from 'vitest'
import { createPatterns } from '../../../../../src/adapters/patterns/re2.js'
import type { RunEnded } from '../../../../../src/domain/event.js'
import type { BuiltinMetric } from '../../../../../src/domain/metric.js'
import type { Judge } from '../../../../../src/ports/judge.js'
import { createScorer } from '../../../../../src/pipeline/score/score.js'
import { scenario, step, text } from '../../../../support/build.js'
import { linesOf, transcriptOf } from '../../../../support/run-plan.js'
import { fakeEars, fakeMouth } from '../../../../support/talking.js'
import { score as measured } from '../../../pipeline/score/conversations.js'
import { answersAfter, callRate, voiceCall } from '../../../../support/voice-call.js'
import { joined, silence, whiteNoise } from '../../../../support/voice-like.js'

const goodbye = [...text('Bye.'), { type: 'endcall' }] as const
const patterns = createPatterns()
const answered = scenario({ firstMessage: text('Can you help me?'), steps: [step({ kind: 'any' }, goodbye)] })
/** Each is named after the report of a user of another tool that it comes from. */

/** A judge that finds whatever it is asked. */
const yes: Judge = {
  prepare: () => undefined,
  judge: async () => ({
    metrics: [],
    outcome: { score: 100, claims: [{ claim: 'The caller is helped.', holds: 'yes', because: 'so it is' }] },
  }),
}

function valueOf(run: RunEnded, builtin: BuiltinMetric) {
  const metric = { key: 'm', name: 'M', type: 'numeric', source: { kind: 'builtin', builtin, statistic: 'mean' } } as const
  return measured(transcriptOf(run), { metrics: ['m'] }, [metric]).metrics[0]
}

test('langwatch/scenario #664: a caller that was deaf passes nothing, whatever a judge makes of it', async () => {
  const { run } = await voiceCall(answered, answersAfter(500, 2000), {
    heard: [],
    score: createScorer({ metrics: [], patterns, judge: yes }),
  })
  expect(run.outcome.status).not.toBe('passed')
  expect(JSON.stringify(run.outcome)).toContain('none of its words were made out')
})

test('langwatch/scenario #467: a caller that cut in when the agent was done interrupted nobody', async () => {
  const late = scenario({
    firstMessage: text('Hello.'),
    steps: [step({ kind: 'after', step: -1 }, [{ type: 'interruption', ms: 2000 }, ...text('Stop!'), { type: 'endcall' }])],
  })
  const { run } = await voiceCall(late, answersAfter(500, 1000), { heard: ['Hello.'] })
  const [, spoke, cutIn] = transcriptOf(run).sound!.stretches
  expect(spoke).toMatchObject({ by: 'agent' })
  expect(cutIn?.startS ?? Number.POSITIVE_INFINITY).toBeGreaterThan(spoke!.endS)
  expect(valueOf(run, 'caller_interruptions')).toMatchObject({ value: 0 })
})

test.each([-40, -20])('langwatch/scenario PR #355: noise is no Greek, at %i dBFS', async dbfs => {
  const ears = fakeEars(['Καλημέρα σας, πώς μπορώ να βοηθήσω;', 'Ναι.', 'Βεβαίως.'])
  const { run } = await voiceCall(
    answered,
    ({ tell, later }) => {
      later(500, () => tell({ type: 'sound', samples: whiteNoise(8000, callRate, dbfs) }))
      later(12_000, () => tell({ type: 'ended' }))
      return {}
    },
    { ears, score: createScorer({ metrics: [], patterns }) },
  )
  expect(run.outcome.status).not.toBe('passed')
  expect(ears.heard).toEqual([])
  expect(transcriptOf(run).sound!.stretches.map(({ by }) => by)).not.toContain('agent')
})

test('langwatch/scenario #749: no sound of one turn is in another', async () => {
  const ears = fakeEars(['One.', 'Two.', 'Three.'])
  const asked = scenario({
    firstMessage: text('Count.'),
    steps: [step({ kind: 'any' }, text('On.')), step({ kind: 'any' }, text('Yes?')), step({ kind: 'any' }, goodbye)],
  })
  const { run } = await voiceCall(asked, answersAfter(700, 1500), { ears })
  const { stretches } = transcriptOf(run).sound!
  const spoken = stretches.filter(({ by }) => by === 'agent')
  expect(ears.heard).toHaveLength(3)
  // 200 ms around the speech at most, and never so much that the next turn is in it.
  for (const [i, { samples }] of ears.heard.entries()) {
    const { startS, endS } = spoken[i]!
    expect(samples.length / callRate).toBeLessThan(endS - startS + 0.41)
    expect(samples.length / callRate).toBeGreaterThan(endS - startS)
  }
  expect(
    linesOf(run)
      .filter(line => line.includes('agent:'))
      .map(line => line.replace(/.*: /, '')),
  ).toEqual(['One.', 'Two.', 'Three.'])
})

test.each([0, 800])(
  "calibrate #36, ServiceNow/eva PR #154: %i ms of silence after the caller's words are none of the agent's latency",
  async ms => {
    const plain = fakeMouth(callRate)
    const mouth: typeof plain = {
      ...plain,
      async speak(words, use) {
        const { samples } = await plain.speak(words, use)
        return { rate: callRate, samples: joined(samples, silence(ms, callRate)) }
      },
    }
    let silentFrames = Number.NEGATIVE_INFINITY
    const { run } = await voiceCall(
      answered,
      ({ speaks }) => ({
        // The agent answers after a second of silence, as its own detector hears it.
        send: frame => {
          silentFrames = frame.some(sample => Math.abs(sample) > 200) ? 0 : silentFrames + 1
          if (silentFrames === 50) speaks(1000)
        },
      }),
      { heard: ['Yes.'], mouth },
    )
    const { stretches } = transcriptOf(run).sound!
    expect(stretches[1]!.startS - stretches[0]!.endS).toBeGreaterThan(0.9)
    expect(stretches[1]!.startS - stretches[0]!.endS).toBeLessThan(1.1)
  },
)

test("tau2-bench #297: the caller's last words are out before it hangs up", async () => {
  const { run, sent } = await voiceCall(answered, answersAfter(500, 1000), { heard: ['Yes.'] })
  const { moments, ending, sound } = transcriptOf(run)
  expect(moments.at(-1)).toMatchObject({ by: 'caller', text: 'Bye.' })
  expect(moments.at(-1)).not.toHaveProperty('cut')
  // The call is over in the frame that ends them.
  expect(ending.atS).toBeGreaterThanOrEqual(moments.at(-1)!.endS - 0.02)
  expect(sent.length / callRate).toBeGreaterThanOrEqual(sound!.stretches.at(-1)!.endS)
})

test('sutando PR #1469: a frame is sent for every 20 ms of the call, whatever is said', async () => {
  const { run, sent } = await voiceCall(answered, answersAfter(500, 3000), { heard: ['Yes.'] })
  expect(sent.length / callRate).toBeCloseTo(transcriptOf(run).sound!.seconds, 1)
  expect(transcriptOf(run).sound!.pacing).toMatchObject({ lost: 0 })
})
