import type { Samples } from '../../domain/samples.js'
import { aLaw, muLaw } from './g711.js'

/** What bytes were, if not a WAV file that can be read. */
export interface NoWav {
  /** The end of a sentence that begins with the name of the file: `is empty`. */
  readonly problem: string
}

/** Samples a second. Sound of a lower rate has no words, and a few of its samples would last for hours. */
const [leastRate, mostRate] = [2_000, 768_000]

/**
 * Reads a WAV file: integers of 8 to 32 bits, floats, mu-law and A-law, with any number of channels, which are mixed to one. Takes what
 * servers send in reality: sizes that nobody knew (0, 0xFFFFFFFF), chunks before the sound, an end in the middle of a sample, and a header
 * that is repeated at the beginning of each part.
 */
export function readWav(bytes: Uint8Array): Samples | NoWav {
  if (bytes.length === 0) return { problem: 'is empty' }
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (!isHeader(view, 0)) return { problem: `is not a WAV file: it begins with ${beginning(bytes)}` }

  const found = findSound(view, 0)
  if (!found.format) return { problem: 'is a WAV file without a format (no chunk "fmt ")' }
  if (found.from === undefined) return { problem: 'is a WAV file without sound (no chunk "data")' }
  const { format } = found
  const decode = decoderOf(format)
  if (!decode) return { problem: `is a WAV file in a format that is not supported (number ${format.code}, ${format.bits} bits)` }
  if (format.channels === 0 || format.rate < leastRate || format.rate > mostRate) {
    return { problem: `is a WAV file of ${format.channels} channels and ${format.rate} samples a second` }
  }

  const parts = soundParts(view, found.from, found.bytes)
  const bytesPerSample = format.bits / 8
  const frames = parts.map(part => Math.floor(part.bytes / (bytesPerSample * format.channels)))
  const samples = new Int16Array(frames.reduce((sum, count) => sum + count, 0))
  let at = 0
  for (const [index, { from }] of parts.entries()) {
    for (let frame = 0; frame < frames[index]!; frame += 1, at += 1) {
      let sum = 0
      const place = from + frame * format.channels * bytesPerSample
      for (let channel = 0; channel < format.channels; channel += 1) sum += decode(view, place + channel * bytesPerSample)
      samples[at] = Math.max(-32_768, Math.min(32_767, Math.round(sum / format.channels)))
    }
  }
  return { rate: format.rate, samples }
}

interface Format {
  readonly code: number
  readonly channels: number
  readonly rate: number
  readonly bits: number
}

interface Sound {
  readonly format?: Format
  /** Where the sound begins, and how long it says it is, cut to what there is. */
  readonly from?: number
  readonly bytes: number
}

function isHeader(view: DataView, at: number): boolean {
  return at + 12 <= view.byteLength && text(view, at) === 'RIFF' && text(view, at + 8) === 'WAVE'
}

/** Goes through the chunks that follow a header. */
function findSound(view: DataView, header: number): Sound {
  let format: Format | undefined
  for (let at = header + 12; at + 8 <= view.byteLength;) {
    const [name, size] = [text(view, at), view.getUint32(at + 4, true)]
    if (name === 'data') return { ...(format && { format }), from: at + 8, bytes: bytesOf(size, view, at + 8) }
    if (name === 'fmt ' && at + 24 <= view.byteLength) format = formatAt(view, at + 8, size)
    // Chunks begin at even places.
    at += 8 + size + (size % 2)
  }
  return { ...(format && { format }), bytes: 0 }
}

function formatAt(view: DataView, at: number, size: number): Format {
  const code = view.getUint16(at, true)
  const isExtensible = code === 0xfffe && size >= 26 && at + 26 <= view.byteLength
  return {
    code: isExtensible ? view.getUint16(at + 24, true) : code,
    channels: view.getUint16(at + 2, true),
    rate: view.getUint32(at + 4, true),
    bits: view.getUint16(at + 14, true),
  }
}

/**
 * How much sound there is from a place on. A size that is 0, or larger than what follows, was written before the sound was made; and the size
 * of a part says nothing about the parts behind it, which have headers of their own.
 */
function bytesOf(size: number, view: DataView, from: number): number {
  const left = view.byteLength - from
  return size === 0 || size > left || isHeader(view, from + size) ? left : size
}

/** The sound, without the headers that some servers repeat in it. */
function soundParts(view: DataView, from: number, bytes: number): { from: number; bytes: number }[] {
  const parts = []
  const end = from + bytes
  let start = from
  // A header is 44 bytes at least.
  for (let at = from; at + 44 <= end; at += 1) {
    if (view.getUint8(at) !== 0x52 || !isHeader(view, at)) continue
    const inner = findSound(view, at)
    if (inner.from === undefined || inner.from > end) continue
    parts.push({ from: start, bytes: at - start })
    start = inner.from
    at = inner.from - 1
  }
  return [...parts, { from: start, bytes: end - start }]
}

/** What reads a sample as one of 16 bits; `undefined` for a format that is not supported. */
function decoderOf({ code, bits }: Format): ((view: DataView, at: number) => number) | undefined {
  switch (`${code}/${bits}`) {
    case '1/8':
      return (view, at) => (view.getUint8(at) - 128) * 256
    case '1/16':
      return (view, at) => view.getInt16(at, true)
    case '1/24':
      return (view, at) => view.getInt16(at + 1, true) + view.getUint8(at) / 256
    case '1/32':
      return (view, at) => view.getInt32(at, true) / 65_536
    case '3/32':
      return (view, at) => scaled(view.getFloat32(at, true))
    case '3/64':
      return (view, at) => scaled(view.getFloat64(at, true))
    case '6/8':
      return (view, at) => aLawTable[view.getUint8(at)]!
    case '7/8':
      return (view, at) => muLawTable[view.getUint8(at)]!
    default:
      return undefined
  }
}

const allBytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
const aLawTable = aLaw.decode(allBytes)
const muLawTable = muLaw.decode(allBytes)

function scaled(value: number): number {
  return Number.isNaN(value) ? 0 : Math.max(-1, Math.min(1, value)) * 32_768
}

function text(view: DataView, at: number): string {
  return String.fromCharCode(view.getUint8(at), view.getUint8(at + 1), view.getUint8(at + 2), view.getUint8(at + 3))
}

function beginning(bytes: Uint8Array): string {
  const start = bytes.subarray(0, 16)
  const shown = String.fromCharCode(...start)
  return /^[\x20-\x7e]+$/.test(shown) ? JSON.stringify(shown) : `the bytes ${Buffer.from(start.subarray(0, 4)).toString('hex')}`
}
