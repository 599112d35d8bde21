import { endianness } from 'node:os'

const isLittleEndian = endianness() === 'LE'

/** Samples as bytes, the low byte first (s16le). Shares their memory where the machine has them so. */
export function bytesOf(samples: Int16Array): Buffer {
  const bytes = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
  return isLittleEndian ? bytes : Buffer.from(bytes).swap16()
}

/** Bytes as samples, the low byte first. A last odd byte is left out. */
export function samplesOf(bytes: Uint8Array): Int16Array {
  const samples = new Int16Array(bytes.length >> 1)
  const copy = Buffer.from(samples.buffer)
  copy.set(bytes.subarray(0, copy.length))
  if (!isLittleEndian) copy.swap16()
  return samples
}
