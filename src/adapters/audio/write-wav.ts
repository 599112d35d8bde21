import type { Samples } from '../../domain/samples.js'

/** Writes a WAV file of 16 bits, with one channel. */
export function writeWav({ rate, samples }: Samples): Buffer {
  return Buffer.concat([wavHeader(rate, 1, samples.byteLength), littleEndian(samples)])
}

/**
 * The header of a WAV file of 16 bits.
 *
 * @param bytes  Of the sound that follows.
 */
export function wavHeader(rate: number, channels: number, bytes: number): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(Math.min(0xffff_ffff, 36 + bytes), 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(channels, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * channels * 2, 28)
  header.writeUInt16LE(channels * 2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(Math.min(0xffff_ffff, bytes), 40)
  return header
}

/** Samples as bytes, the low byte first. Shares their memory: every machine that Node runs on stores them this way. */
export function littleEndian(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
}

/** The samples of bytes, the low byte first. An odd byte at the end is left out. Copies. */
export function samplesOf(bytes: Uint8Array): Int16Array {
  const copy = bytes.slice(0, bytes.length - (bytes.length % 2))
  return new Int16Array(copy.buffer, copy.byteOffset, copy.length / 2)
}
