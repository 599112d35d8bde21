/** One of the two telephone codings of ITU-T G.711: 8 bits a sample, 8000 samples a second. */
export interface G711 {
  /** The byte of silence. */
  readonly silence: number
  /** @param into  At least as long as the samples. Default: a new array. */
  encode(samples: Int16Array, into?: Uint8Array): Uint8Array
  /** @param into  At least as long as the bytes. Default: a new array. */
  decode(bytes: Uint8Array, into?: Int16Array): Int16Array
}

/** North America and Japan; `audio/x-mulaw`, PCMU. */
export const muLaw: G711 = coding(0xff, muLawSample)

/** Europe; PCMA. */
export const aLaw: G711 = coding(0xd5, aLawSample)

function coding(silence: number, sampleOf: (byte: number) => number): G711 {
  const decoded = Int16Array.from({ length: 256 }, (_, byte) => sampleOf(byte))
  const encoded = nearestBytes(decoded, silence)
  return {
    silence,
    encode(samples, into = new Uint8Array(samples.length)) {
      for (let i = 0; i < samples.length; i += 1) into[i] = encoded[samples[i]! + 32_768]!
      return into
    },
    decode(bytes, into = new Int16Array(bytes.length)) {
      for (let i = 0; i < bytes.length; i += 1) into[i] = decoded[bytes[i]!]!
      return into
    },
  }
}

function muLawSample(byte: number): number {
  const bits = ~byte & 0xff
  const magnitude = ((((bits & 0x0f) << 3) + 0x84) << ((bits & 0x70) >> 4)) - 0x84
  return bits & 0x80 ? -magnitude : magnitude
}

function aLawSample(byte: number): number {
  const bits = byte ^ 0x55
  const exponent = (bits & 0x70) >> 4
  const mantissa = (bits & 0x0f) << 4
  const magnitude = exponent === 0 ? mantissa + 8 : (mantissa + 0x108) << (exponent - 1)
  return bits & 0x80 ? magnitude : -magnitude
}

/** For each sample from -32768 to 32767, the byte whose sample is nearest: between two, the louder one; for 0 that of silence. */
function nearestBytes(decoded: Int16Array, silence: number): Uint8Array {
  const bytes = Array.from(decoded, (_, byte) => byte).toSorted((a, b) => decoded[a]! - decoded[b]!)
  const nearest = new Uint8Array(65_536)
  let at = 0
  for (let sample = -32_768; sample <= 32_767; sample += 1) {
    while (at + 1 < bytes.length && isNearer(decoded[bytes[at + 1]!]!, decoded[bytes[at]!]!, sample)) at += 1
    nearest[sample + 32_768] = bytes[at]!
  }
  nearest[32_768] = silence
  return nearest
}

function isNearer(next: number, current: number, sample: number): boolean {
  const gain = Math.abs(current - sample) - Math.abs(next - sample)
  return gain > 0 || (gain === 0 && Math.abs(next) >= Math.abs(current))
}
