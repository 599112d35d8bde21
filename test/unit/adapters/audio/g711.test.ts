import fc from 'fast-check'
import { expect, test } from 'vitest'
import { aLaw, muLaw } from '../../../../src/adapters/audio/g711.js'

const everyByte = Uint8Array.from({ length: 256 }, (_, byte) => byte)

test('mu-law and A-law are those of G.711', () => {
  expect([...muLaw.decode(Uint8Array.of(0x00, 0x80, 0xff, 0x7f, 0xfe, 0x8f))]).toEqual([-32124, 32124, 0, 0, 8, 16764])
  expect([...muLaw.encode(Int16Array.of(0, 32767, -32768, 1000, -1000, 8))]).toEqual([0xff, 0x80, 0x00, 0xce, 0x4e, 0xfe])
  expect([...aLaw.decode(Uint8Array.of(0xd5, 0x55, 0xaa, 0x2a, 0x80))]).toEqual([8, -8, 32256, -32256, 5504])
  expect([...aLaw.encode(Int16Array.of(0, 32767, -32768, 1000, -1000))]).toEqual([0xd5, 0xaa, 0x2a, 0xfa, 0x7a])
})

test('what was decoded is encoded as the same bytes', () => {
  const again = muLaw.encode(muLaw.decode(everyByte))
  // Mu-law has two zeros; one of them is enough.
  expect([...again]).toEqual([...everyByte].map(byte => (byte === 0x7f ? 0xff : byte)))
  expect([...aLaw.encode(aLaw.decode(everyByte))]).toEqual([...everyByte])
})

test('a sample comes back within its coding step', () => {
  fc.assert(
    fc.property(fc.integer({ min: -32124, max: 32124 }), fc.constantFrom(muLaw, aLaw), (sample, coding) => {
      const [back] = coding.decode(coding.encode(Int16Array.of(sample)))
      expect(Math.abs(back! - sample)).toBeLessThanOrEqual(Math.max(8, Math.abs(sample) / 28))
    }),
  )
})

test('silence is a byte of its own', () => {
  expect(muLaw.decode(Uint8Array.of(muLaw.silence))[0]).toBe(0)
  expect(aLaw.encode(new Int16Array(1))[0]).toBe(aLaw.silence)
})
