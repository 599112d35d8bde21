import { expect, test } from 'vitest'
import { EnergyDetector } from '../../../../src/adapters/audio/energy-detector.js'
import { loadFvad } from '../../../../src/adapters/audio/fvad-detector.js'
import { mixInto } from '../../../../src/adapters/audio/mix.js'
import type { VoiceDetector } from '../../../../src/ports/speech.js'
import { inParts, joined, silence, voiceLike, whiteNoise } from '../../../support/voice-like.js'

const fvad = await loadFvad()
const makers: [string, () => VoiceDetector][] = [
  ['energy', () => new EnergyDetector()],
  ['fvad', fvad],
]

function framesOf(detector: VoiceDetector, sound: Int16Array, rate: number): boolean[] {
  return inParts(sound, rate / 50).map(frame => detector.isSpeech(frame))
}

test.each(makers)('%s tells speech from silence, within 40 ms', (_, make) => {
  for (const rate of [8000, 16_000, 24_000, 48_000]) {
    const heard = framesOf(make(), joined(silence(1000, rate), voiceLike(1000, rate), silence(1000, rate)), rate)
    expect(heard.slice(0, 50)).not.toContain(true)
    expect(heard.indexOf(true)).toBeLessThanOrEqual(52)
    expect(heard.slice(53, 99).filter(Boolean).length).toBeGreaterThan(40)
    expect(heard.lastIndexOf(true)).toBeLessThanOrEqual(110)
  }
})

test('energy follows the background: steady noise is no speech after 3 s, and speech above it is', () => {
  const sound = joined(whiteNoise(5000, 8000, -40), whiteNoise(1000, 8000, -40, 'more'))
  mixInto(sound.subarray(40_000), voiceLike(1000, 8000))
  const heard = framesOf(new EnergyDetector(), sound, 8000)
  expect(heard.slice(160, 250)).not.toContain(true)
  expect(heard.slice(250).filter(Boolean).length).toBeGreaterThan(40)
})

test('fvad gives its memory back, once', () => {
  const detector = fvad()
  expect(detector.isSpeech(new Int16Array(160))).toBe(false)
  detector.free()
  expect(() => detector.free()).not.toThrow()
})
