import fc from 'fast-check'
import { expect, test } from 'vitest'
import { muLaw } from '../../../../src/adapters/audio/g711.js'
import { readWav } from '../../../../src/adapters/audio/read-wav.js'
import { wavHeader, writeWav } from '../../../../src/adapters/audio/write-wav.js'

const samples = Int16Array.from({ length: 500 }, (_, i) => Math.round(Math.sin(i / 7) * 20_000))

test('what was written is read back, sample for sample', () => {
  fc.assert(
    fc.property(fc.int16Array(), fc.constantFrom(8000, 16_000, 22_050, 24_000, 48_000), (sound, rate) => {
      expect(readWav(writeWav({ rate, samples: sound }))).toEqual({ rate, samples: sound })
    }),
  )
})

test.each([0, 0xffff_ffff, 0x7fff_ffff, 2_000_000_000])('a size of %i that nobody knew is that of what follows', size => {
  const wav = writeWav({ rate: 8000, samples })
  wav.writeUInt32LE(size, 40)
  wav.writeUInt32LE(size, 4)
  expect(readWav(wav)).toEqual({ rate: 8000, samples })
})

test('chunks before and after the sound are passed over, also of an odd length', () => {
  const wav = writeWav({ rate: 16_000, samples })
  const list = Buffer.concat([Buffer.from('LIST'), Buffer.from([5, 0, 0, 0]), Buffer.from('INFO!\0')])
  const after = Buffer.concat([Buffer.from('LIST'), Buffer.from([4, 0, 0, 0]), Buffer.from('INFO')])
  expect(readWav(Buffer.concat([wav.subarray(0, 36), list, wav.subarray(36), after]))).toEqual({ rate: 16_000, samples })
})

test('a header in every part of a stream is not played', () => {
  const parts = [samples.subarray(0, 200), samples.subarray(200)].map(part => {
    const wav = writeWav({ rate: 24_000, samples: part })
    wav.writeUInt32LE(0xffff_ffff, 40)
    return wav
  })
  expect(readWav(Buffer.concat(parts))).toEqual({ rate: 24_000, samples })
})

test('an end in the middle of a sample is left out', () => {
  const wav = Buffer.concat([writeWav({ rate: 8000, samples }), Buffer.from([7])])
  wav.writeUInt32LE(0, 40)
  expect(readWav(wav)).toEqual({ rate: 8000, samples })
})

test.each([
  ['8 bits', 1, 8, Buffer.from([128, 255, 0]), [0, 32512, -32768]],
  ['24 bits', 1, 24, Buffer.from([0, 0, 0x40, 0, 0, 0x80]), [16384, -32768]],
  ['32 bits', 1, 32, Buffer.from([0, 0, 0, 0x40]), [16384]],
  ['floats', 3, 32, Buffer.from(Float32Array.of(0.5, -2, Number.NaN).buffer), [16384, -32768, 0]],
  ['doubles', 3, 64, Buffer.from(Float64Array.of(-0.5, 1).buffer), [-16384, 32767]],
  ['mu-law', 7, 8, Buffer.from(muLaw.encode(Int16Array.of(0, 8))), [0, 8]],
  ['A-law', 6, 8, Buffer.from([0xd5]), [8]],
])('reads %s', (_, code, bits, bytes, expected) => {
  const header = wavHeader(8000, 1, bytes.length)
  header.writeUInt16LE(code, 20)
  header.writeUInt16LE(bits, 34)
  expect(readWav(Buffer.concat([header, bytes]))).toEqual({ rate: 8000, samples: Int16Array.from(expected) })
})

test('reads the format behind an extensible one', () => {
  const fmt = Buffer.alloc(48)
  fmt.write('fmt ', 0)
  fmt.writeUInt32LE(40, 4)
  fmt.set(writeWav({ rate: 8000, samples }).subarray(20, 36), 8)
  fmt.writeUInt16LE(0xfffe, 8)
  fmt.writeUInt16LE(1, 32)
  const wav = writeWav({ rate: 8000, samples })
  expect(readWav(Buffer.concat([wav.subarray(0, 12), fmt, wav.subarray(36)]))).toEqual({ rate: 8000, samples })
})

test('reads parts that each have a header, whether or not it says how long its part is', () => {
  const [first, second] = [writeWav({ rate: 8000, samples }), writeWav({ rate: 8000, samples: samples.toReversed() })]
  const both = { rate: 8000, samples: Int16Array.from([...samples, ...samples.toReversed()]) }
  expect(readWav(Buffer.concat([first, second]))).toEqual(both)
  for (const part of [first, second]) part.writeUInt32LE(0xffff_ffff, 40)
  expect(readWav(Buffer.concat([first, second]))).toEqual(both)
})

test('two channels become their mean', () => {
  const stereo = Buffer.concat([wavHeader(8000, 2, 8), Buffer.from(Int16Array.of(100, 300, -32768, -32768).buffer)])
  expect(readWav(stereo)).toEqual({ rate: 8000, samples: Int16Array.of(200, -32768) })
})

test.each([
  ['nothing', Buffer.alloc(0), 'is empty'],
  ['JSON', Buffer.from('{"error":"no such voice"}'), 'is not a WAV file: it begins with "{\\"error\\":\\"no suc"'],
  ['an MP3', Buffer.from([0xff, 0xfb, 0x90, 0x00, 1, 2]), 'is not a WAV file: it begins with the bytes fffb9000'],
  ['a header alone', Buffer.from('RIFF\0\0\0\0WAVE'), 'is a WAV file without a format (no chunk "fmt ")'],
  ['no sound', wavHeader(8000, 1, 0).subarray(0, 36), 'is a WAV file without sound (no chunk "data")'],
  ['no rate', wavHeader(0, 1, 0), 'is a WAV file of 1 channels and 0 samples a second'],
  ['a rate that makes seconds of its samples', wavHeader(1, 1, 0), 'is a WAV file of 1 channels and 1 samples a second'],
])('%s is no sound', (_, bytes, problem) => {
  expect(readWav(bytes)).toEqual({ problem })
})

test('a coding that nobody knows is named', () => {
  const header = wavHeader(8000, 1, 0)
  header.writeUInt16LE(0x55, 20)
  expect(readWav(header)).toEqual({ problem: 'is a WAV file in a format that is not supported (number 85, 16 bits)' })
})

test('no bytes make it fail otherwise', () => {
  const start = writeWav({ rate: 8000, samples: new Int16Array(20) })
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 100 }), fc.nat({ max: 84 }), (noise, at) => {
      const bytes = Buffer.from(start)
      bytes.set(noise.subarray(0, bytes.length - at), at)
      const read = readWav(bytes)
      expect('problem' in read || read.samples.length <= bytes.length).toBe(true)
    }),
  )
})
