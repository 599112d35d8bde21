import { expect, test } from 'vitest'
import { EnergyDetector } from '../../../../../src/adapters/audio/energy-detector.js'
import type { DetectorSettings } from '../../../../../src/domain/detector-settings.js'
import { scenario, step, text } from '../../../../support/build.js'
import { transcriptOf } from '../../../../support/run-plan.js'
import { answersAfter, callRate, voiceCall } from '../../../../support/voice-call.js'

const asked = scenario({ firstMessage: text('Hello.'), steps: [step({ kind: 'any' }, [...text('Bye.'), { type: 'endcall' }])] })

test.each(['energy', 'fvad'] as const)('a call is measured by %s where the suite says so, and the report knows it', async name => {
  const { run } = await voiceCall(asked, answersAfter(1_000, 1_000), { heard: ['Fine.'], detector: { name } })
  const { stretches, detector } = transcriptOf(run).sound!
  expect(detector).toBe(name)
  expect(stretches.map(({ by }) => by)).toEqual(['caller', 'agent', 'caller'])
  expect(stretches[1]!.startS - stretches[0]!.endS).toBeCloseTo(1, 1)
})

test('a detector of a model is opened for the rate of the call, and given back after it', async () => {
  const opened: [DetectorSettings, number][] = []
  let free = 0
  const silero = { name: 'silero', model: '/models/silero_vad.onnx' } as const
  const { run } = await voiceCall(asked, answersAfter(1_000, 1_000), {
    heard: ['Fine.'],
    detector: silero,
    async detectors(settings, rate) {
      opened.push([settings, rate])
      return Object.assign(new EnergyDetector(), { free: () => void (free += 1) })
    },
  })
  expect(transcriptOf(run).sound!.detector).toBe('silero')
  expect(opened).toEqual([[silero, callRate]])
  expect(free).toBe(1)
})

test('a detector that cannot be opened is our fault', async () => {
  const { run } = await voiceCall(asked, answersAfter(1_000, 1_000), {
    detectors: () => Promise.reject(new Error('there is no such model')),
  })
  expect(run.outcome).toMatchObject({ status: 'infra_error', fault: { message: expect.stringContaining('no such model') as string } })
})
