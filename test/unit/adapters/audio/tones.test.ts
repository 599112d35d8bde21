import fc from 'fast-check'
import { expect, test } from 'vitest'
import { DtmfDetector } from '../../../../src/adapters/audio/dtmf-detector.js'
import { muLaw } from '../../../../src/adapters/audio/g711.js'
import { powerOf } from '../../../../src/adapters/audio/level.js'
import { mixInto } from '../../../../src/adapters/audio/mix.js'
import { beep, dtmfTones, tone } from '../../../../src/adapters/audio/tones.js'
import { inParts, joined, silence, voiceLike, whiteNoise } from '../../../support/voice-like.js'

function keysIn(sound: Int16Array, rate: number): string {
  const detector = new DtmfDetector(rate)
  return inParts(joined(sound, silence(100, rate)), rate / 50)
    .map(frame => detector.hear(frame, powerOf(frame)))
    .join('')
}

test('keys are heard as they were pressed, at any rate and any place', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom(...'0123456789ABCD*#'.split('')), minLength: 1, maxLength: 6 }),
      fc.constantFrom(8000, 16_000, 24_000, 48_000),
      fc.double({ min: 0, max: 20, noNaN: true }),
      (digits, rate, shiftMs) => {
        expect(keysIn(joined(silence(shiftMs, rate), dtmfTones(digits, rate)), rate)).toBe(digits)
      },
    ),
    { numRuns: 40 },
  )
})

test('keys are heard through mu-law and noise, as short as 60 ms', () => {
  const sound = joined(silence(50, 8000), dtmfTones('5550199#', 8000, { onMs: 60, offMs: 60 }))
  mixInto(sound, whiteNoise(3000, 8000, -30))
  expect(keysIn(muLaw.decode(muLaw.encode(sound)), 8000)).toBe('5550199#')
})

test('a key that is held is pressed once', () => {
  expect(keysIn(dtmfTones('7', 8000, { onMs: 2000 }), 8000)).toBe('7')
})

test.each([
  ['speech', voiceLike(3000, 8000)],
  ['a high voice', voiceLike(3000, 8000, { hz: 230 })],
  ['noise', whiteNoise(3000, 8000, -15)],
  ['a beep', beep(8000)],
  ['a ringback tone', tone([440, 480], 1000, 8000, 0.2)],
  ['a click', Int16Array.of(...new Int16Array(100), 30_000, -30_000, ...new Int16Array(100))],
  ['silence', silence(1000, 8000)],
])('%s is no key', (_, sound) => {
  expect(keysIn(sound, 8000)).toBe('')
})

test('a pause and what is no key take the time that they should', () => {
  expect(dtmfTones('1w(2)-', 8000).length).toBe(2 * 1600 + 4000)
})
