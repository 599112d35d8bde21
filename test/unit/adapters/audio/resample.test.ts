import { expect, test } from 'vitest'
import { dbfsOf, powerOf } from '../../../../src/adapters/audio/level.js'
import { loadResampler, resample } from '../../../../src/adapters/audio/resample.js'
import { tone } from '../../../../src/adapters/audio/tones.js'
import { inParts, joined, silence, voiceLike } from '../../../support/voice-like.js'

test('sound of the same rate is left as it is', async () => {
  const sound = { rate: 8000, samples: voiceLike(100, 8000) }
  expect(await resample(sound, 8000)).toBe(sound)
})

test.each([
  [8000, 16_000],
  [24_000, 8000],
  [22_050, 16_000],
  [48_000, 8000],
])('from %i to %i, sound keeps its length, its place and its level', async (from, to) => {
  const sound = { rate: from, samples: joined(silence(500, from), tone([440], 500, from, 0.5), silence(500, from)) }
  const { rate, samples } = await resample(sound, to)
  expect(rate).toBe(to)
  expect(samples.length).toBe(Math.round(1.5 * to))
  expect(dbfsOf(powerOf(samples, to * 0.6, to * 0.9))).toBeCloseTo(dbfsOf(powerOf(sound.samples, from * 0.6, from * 0.9)), 1)
  const first = samples.findIndex(sample => Math.abs(sample) > 1000)
  expect(Math.abs(first / to - 0.5)).toBeLessThan(0.002)
})

test('long sound takes turns with other work, and is the same sound', async () => {
  const sound = { rate: 2000, samples: tone([440], 30_000, 2000, 0.5) }
  const make = await loadResampler()
  const whole = make(2000, 8000)
  const expected = joined(whole.resample(sound.samples), whole.end())
  whole.free()
  let turns = 0
  const other = setInterval(() => (turns += 1), 0)
  const { samples } = await resample(sound, 8000)
  clearInterval(other)
  expect(turns).toBeGreaterThan(1)
  expect(Buffer.from(samples.buffer).equals(Buffer.from(expected.slice(0, samples.length).buffer))).toBe(true)
})

test('in parts of any size it is the same sound', async () => {
  const make = await loadResampler()
  const sound = voiceLike(700, 24_000)
  const whole = make(24_000, 8000)
  const expected = joined(whole.resample(sound), whole.end())
  for (const length of [1, 480, 997, 16_800]) {
    const parts = make(24_000, 8000)
    const made = inParts(sound, length).map(part => parts.resample(part))
    expect(joined(...made, parts.end())).toEqual(expected)
    parts.free()
    parts.free()
  }
  whole.free()
})
