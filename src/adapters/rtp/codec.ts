import { aLaw, muLaw, type G711 } from '../audio/g711.js'
import { G722Decoder, G722Encoder } from '../audio/g722.js'

/** The codings of sound that are spoken, by their names in session descriptions. */
export type CodecName = 'PCMU' | 'PCMA' | 'G722'

export interface CodecFacts {
  /** Its static payload type (RFC 3551). */
  readonly payloadType: number
  /** Samples a second. */
  readonly rate: number
  /** Units of its timestamps a second. G.722 says 8000 by an error that stayed (RFC 3551, 4.5.2). */
  readonly clockRate: number
}

/** In the order in which they are offered. */
export const codecs: Readonly<Record<CodecName, CodecFacts>> = {
  PCMU: { payloadType: 0, rate: 8_000, clockRate: 8_000 },
  PCMA: { payloadType: 8, rate: 8_000, clockRate: 8_000 },
  G722: { payloadType: 9, rate: 16_000, clockRate: 8_000 },
}

/** Both directions of one coding in one call. */
export interface Codec {
  readonly name: CodecName
  /** @returns Bytes that are the codec's own until it codes again. */
  encode(frame: Int16Array): Uint8Array
  /** @returns Samples that may be the codec's own until it decodes again. */
  decode(payload: Uint8Array): Int16Array
}

/** @param rate  Samples a second of what goes in and comes out: 8000 or 16,000. */
export function openCodec(name: CodecName, rate: number): Codec {
  const own = name === 'G722' ? g722() : g711(name, name === 'PCMU' ? muLaw : aLaw)
  if (rate === codecs[name].rate) return own
  const isWider = rate > codecs[name].rate
  return {
    name,
    encode: frame => own.encode(isWider ? halved(frame) : doubled(frame)),
    decode: payload => (isWider ? doubled(own.decode(payload)) : halved(own.decode(payload))),
  }
}

function g711(name: CodecName, coding: G711): Codec {
  const [bytes, samples] = [new Uint8Array(160), new Int16Array(160)]
  return {
    name,
    encode: frame => coding.encode(frame, frame.length === bytes.length ? bytes : undefined),
    decode: payload => coding.decode(payload, payload.length === samples.length ? samples : undefined),
  }
}

function g722(): Codec {
  const encoder = new G722Encoder()
  const decoder = new G722Decoder()
  return { name: 'G722', encode: frame => encoder.encode(frame), decode: payload => decoder.decode(payload) }
}

/** Twice as many samples, the new ones halfway between the others. */
function doubled(samples: Int16Array): Int16Array {
  const wide = new Int16Array(2 * samples.length)
  for (let i = 0; i < samples.length; i += 1) {
    const sample = samples[i]!
    wide[2 * i] = sample
    wide[2 * i + 1] = (sample + (samples[i + 1] ?? sample)) >> 1
  }
  return wide
}

/** Half as many samples: the means of pairs. */
function halved(samples: Int16Array): Int16Array {
  const narrow = new Int16Array(samples.length >> 1)
  for (let i = 0; i < narrow.length; i += 1) narrow[i] = (samples[2 * i]! + samples[2 * i + 1]!) >> 1
  return narrow
}
