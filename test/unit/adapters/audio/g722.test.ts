import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { G722Decoder, G722Encoder } from '../../../../src/adapters/audio/g722.js'

/** Two seconds: silence, soft, louder and full noise, then square waves of falling pitch. */
function signal(): Int16Array {
  let state = 12_345
  return Int16Array.from({ length: 32_000 }, (_, n) => {
    state = Number((BigInt(state) * 1_103_515_245n + 12_345n) & 0x7fff_ffffn)
    if (n >= 16_000) return Math.floor(n / (1 + Math.floor((n - 16_000) / 400))) % 2 === 1 ? 12_000 : -12_000
    const loudness = [0, 300, 3000, 32_767][Math.floor(n / 4000) % 4]!
    return Math.trunc((((state >> 8) % 65_536) - 32_768) * (loudness / 32_768))
  })
}

function digest(bytes: NodeJS.ArrayBufferView): string {
  return createHash('sha256').update(bytes).digest('hex')
}

// Sums of what libg722 1.2.8, which is tested with ITU-T's sequences, makes of the same signal.
test('G.722 codes and decodes bit for bit as the reference does', () => {
  const coded = new G722Encoder().encode(signal())
  expect(digest(coded)).toBe('eee9ec6c44a8a78e0f7baf61604b936ed9e086ae961ddfd57d4c23503b14f2b6')
  expect(digest(new G722Decoder().decode(coded))).toBe('e4fc3669bc88d997e35f2aa22116cec8556c00dd3306003ef806ca49f7634fab')
})

test('it does so in frames of 20 ms too, and into arrays that are given', () => {
  const encoder = new G722Encoder()
  const decoder = new G722Decoder()
  const all = signal()
  const coded = new Uint8Array(16_000)
  const decoded = new Int16Array(32_000)
  for (let at = 0; at < all.length; at += 320) {
    const frame = encoder.encode(all.subarray(at, at + 320), coded.subarray(at / 2, at / 2 + 160))
    decoder.decode(frame, decoded.subarray(at, at + 320))
  }
  expect(digest(coded)).toBe('eee9ec6c44a8a78e0f7baf61604b936ed9e086ae961ddfd57d4c23503b14f2b6')
  expect(digest(decoded)).toBe('e4fc3669bc88d997e35f2aa22116cec8556c00dd3306003ef806ca49f7634fab')
})

test('silence stays silence, and an odd last sample is left out', () => {
  const decoded = new G722Decoder().decode(new G722Encoder().encode(new Int16Array(641)))
  expect(decoded.length).toBe(640)
  expect(decoded.every(sample => Math.abs(sample) < 8)).toBe(true)
})
