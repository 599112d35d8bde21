import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { dbfsOf, powerOf } from '../../../../../src/adapters/audio/level.js'
import { tone } from '../../../../../src/adapters/audio/tones.js'
import { writeWav } from '../../../../../src/adapters/audio/write-wav.js'
import type { SoundTag } from '../../../../../src/domain/sound-tag.js'
import type { Utterance, UtterancePart } from '../../../../../src/domain/utterance.js'
import { scenario, step, text } from '../../../../support/build.js'
import { linesOf, transcriptOf } from '../../../../support/run-plan.js'
import { answersAfter, between, callRate, voiceCall, type VoiceCallOptions } from '../../../../support/voice-call.js'

const goodbye = [...text('Bye.'), { type: 'endcall' }] as const
const at = { start: 0, end: 0, file: { path: 's.yaml', text: '' } }
const tag = (own: SoundTag): UtterancePart => ({ type: 'sound', at, ...own })

/** A caller that says this first, and goodbye once it is answered. */
function saying(firstMessage: Utterance, options: VoiceCallOptions = {}) {
  const asked = scenario({ firstMessage, steps: [step({ kind: 'any' }, goodbye)] })
  return voiceCall(asked, answersAfter(1_000, 1_000), { heard: ['Fine.'], ...options })
}

const level = (samples: Int16Array): number => dbfsOf(powerOf(samples))

/** How much of the power is in one frequency, 0..1. */
function shareOf(hz: number, samples: Int16Array): number {
  let [real, imaginary] = [0, 0]
  for (const [i, sample] of samples.entries()) {
    real += sample * Math.cos((2 * Math.PI * hz * i) / callRate)
    imaginary += sample * Math.sin((2 * Math.PI * hz * i) / callRate)
  }
  return (2 * (real ** 2 + imaginary ** 2)) / samples.length ** 2 / powerOf(samples)
}

function waveFile(samples: Int16Array): string {
  const folder = mkdtempSync(join(tmpdir(), 'callsheet-played-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const path = join(folder, 'greeting.wav')
  writeFileSync(path, writeWav({ rate: callRate, samples }))
  return path
}

test('a noise is played at its place, as long and as loud as its tag says, and is no speech', async () => {
  const { run, sent } = await saying([...text('Wait.'), tag({ tag: 'noise', sound: 'white', volume: 0.5, ms: 600 })])
  const [words, noise] = transcriptOf(run).moments
  expect(noise).toMatchObject({ by: 'caller', text: '[noise: white]' })
  expect(noise!.endS - noise!.startS).toBeCloseTo(0.6, 2)
  expect(noise!.startS).toBeGreaterThanOrEqual(words!.endS)
  expect(level(between(sent, noise!.startS + 0.02, noise!.endS - 0.02))).toBeCloseTo(-26, 0)
  expect(level(between(sent, noise!.endS + 0.1, noise!.endS + 0.5))).toBe(-96)
  const { stretches } = transcriptOf(run).sound!
  expect(stretches.map(({ by }) => by)).toEqual(['caller', 'agent', 'caller'])
  expect(stretches[0]!.endS).toBeLessThan(noise!.startS)
})

test('a beep is one tone', async () => {
  const { run, sent } = await saying([tag({ tag: 'noise', sound: 'beep' })])
  const [beep] = transcriptOf(run).moments
  expect(beep!.endS - beep!.startS).toBeCloseTo(0.5, 2)
  expect(shareOf(1000, between(sent, beep!.startS + 0.05, beep!.endS - 0.05))).toBeGreaterThan(0.95)
})

test('a noise is the same for the same seed, and another for another', async () => {
  const one = await pinkNoise(1)
  expect(await pinkNoise(1)).toEqual(one)
  expect(await pinkNoise(2)).not.toEqual(one)
})

async function pinkNoise(seed: number): Promise<number[]> {
  const { run, sent } = await saying([tag({ tag: 'noise', sound: 'pink', ms: 100 })], { seed })
  const [noise] = transcriptOf(run).moments
  return [...between(sent, noise!.startS, noise!.endS)]
}

test('a recording is played in place of words, and the agent may talk over it', async () => {
  const file = waveFile(tone([440], 2_000, callRate, 0.3))
  const { run, sent } = await saying([tag({ tag: 'audio', file: 'greeting.wav', path: file })])
  const [recording] = transcriptOf(run).moments
  expect(recording).toMatchObject({ by: 'caller', text: '[audio: greeting.wav]' })
  expect(recording!.endS - recording!.startS).toBeCloseTo(2, 1)
  expect(shareOf(440, between(sent, recording!.startS + 0.1, recording!.endS - 0.1))).toBeGreaterThan(0.95)
  expect(transcriptOf(run).sound!.stretches[0]).toMatchObject({ by: 'caller' })

  const asked = scenario({ firstMessage: [tag({ tag: 'audio', file: 'greeting.wav', path: file })], steps: [] })
  const over = await voiceCall(asked, talking => {
    talking.later(300, () => {
      talking.speaks(3_000)
      talking.later(3_500, () => talking.tell({ type: 'ended' }))
    })
    return {}
  })
  expect(transcriptOf(over.run).moments[0]).toMatchObject({ text: '[audio: greeting.wav]', cut: true })
})

test('a file that is gone or no recording is our fault, before the agent is called', async () => {
  const { run } = await saying([tag({ tag: 'audio', file: 'gone.wav', path: '/nowhere/gone.wav' })])
  expect(run.outcome).toMatchObject({ status: 'infra_error', fault: { message: expect.stringContaining('gone.wav') as string } })
  expect(linesOf(run)).toEqual([])
})

test('the greeting of a voicemail ends with its tone, and the agent does not cut it off', async () => {
  const asked = scenario({
    firstMessage: [tag({ tag: 'voicemail', scope: { text: 'Please leave a message after the tone.' } })],
    steps: [],
  })
  const { run, sent } = await voiceCall(asked, talking => {
    talking.speaks(8_000)
    talking.later(8_500, () => talking.tell({ type: 'ended' }))
    return {}
  })
  const { moments, sound } = transcriptOf(run)
  const greeting = moments.find(({ by }) => by === 'caller')!
  expect(greeting).not.toHaveProperty('cut')
  const { endS } = sound!.stretches.find(({ by }) => by === 'caller')!
  expect(shareOf(1000, between(sent, endS - 0.45, endS - 0.05))).toBeGreaterThan(0.95)
  expect(shareOf(1000, between(sent, endS - 1, endS - 0.6))).toBeLessThan(0.3)
})

test("a noise under words replaces the room's own, as loud as its tag says, and ends with them", async () => {
  const parts = [tag({ tag: 'background_noise', sound: 'white', volume: 1, scope: 'enclosed' }), ...text('Hello there.')]
  const { run, sent } = await saying([
    ...parts,
    { type: 'sound_end', tag: 'background_noise' },
    { type: 'silence', ms: 500 },
    ...text('Bye.'),
  ])
  const [first, second] = transcriptOf(run).sound!.stretches.filter(({ by }) => by === 'caller')
  // Speech at -20 dBFS, and noise that drifts by 3 dB around as much.
  expect(level(between(sent, first!.startS, first!.endS))).toBeGreaterThan(-20)
  expect(level(between(sent, first!.endS + 0.1, second!.startS - 0.1))).toBe(-96)
})

test('a bad line by tag delays what is said on it, all of which arrives', async () => {
  const parts = [tag({ tag: 'network_simulation', latencyMs: 400, scope: 'enclosed' }), ...text('Hello there.')]
  const { run, sent } = await saying([...parts, { type: 'sound_end', tag: 'network_simulation' }, ...text('On a good line.')])
  const [late, good] = transcriptOf(run).sound!.stretches.filter(({ by }) => by === 'caller')
  const plain = await saying([...text('Hello there.'), { type: 'silence', ms: 1 }, ...text('On a good line.')])
  const [early] = transcriptOf(plain.run).sound!.stretches
  expect(late!.startS - early!.startS).toBeCloseTo(0.4, 2)
  expect(between(sent, late!.startS, late!.endS)).toEqual(between(plain.sent, early!.startS, early!.endS))
  expect(good!.startS).toBeGreaterThanOrEqual(late!.endS)
})

test('on hold nothing is heard of the room, and while the caller thinks it is', async () => {
  const sound = { backgroundNoise: { sound: 'white', snrDb: 10, driftDb: 0 } }
  const pausing = async (pause: UtterancePart) => {
    const { run, sent } = await saying([...text('One moment.'), pause, ...text('Here I am.')], { sound })
    const [before, after] = transcriptOf(run).sound!.stretches
    expect(after!.startS - before!.endS).toBeGreaterThan(0.95)
    return level(between(sent, before!.endS + 0.2, after!.startS - 0.2))
  }
  expect(await pausing({ type: 'hold', ms: 1_000 })).toBe(-96)
  expect(await pausing({ type: 'hold', ms: 1_000, thinks: true })).toBeCloseTo(-30, 0)
  expect(await pausing({ type: 'silence', ms: 1_000 })).toBeCloseTo(-30, 0)
})
