import { muLaw } from '../../../../audio/g711.js'
import { bytesOf, samplesOf } from '../pcm.js'

/** How a stream codes its sound. */
export interface Coding {
  /** For messages. */
  readonly name: string
  /** The bytes are the coding's own until it codes again. */
  encode(frame: Int16Array): Buffer
  decode(bytes: Buffer): Int16Array
}

/** 8 bits a sample, of 8000 a second. */
export function muLawCoding(): Coding {
  const bytes = Buffer.alloc(160)
  return {
    name: 'mu-law',
    encode(frame) {
      muLaw.encode(frame, bytes)
      return bytes
    },
    decode: sound => muLaw.decode(sound),
  }
}

/** 16 bits a sample, the low byte first. */
export const pcmCoding: Coding = { name: '16-bit PCM', encode: bytesOf, decode: samplesOf }
