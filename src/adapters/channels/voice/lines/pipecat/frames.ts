/** What a frame of Pipecat's protobuf serializer has. Frames of other kinds have nothing to read. */
export type PipecatFrame =
  | { readonly kind: 'audio'; readonly audio: Buffer; readonly rate: number; readonly channels: number }
  /** JSON. */
  | { readonly kind: 'message'; readonly data: string }
  | { readonly kind: 'other' }

/**
 * The numbers of fields in Pipecat's frames.proto: a Frame has one of text, audio, transcription and message.
 *
 * @see https://github.com/pipecat-ai/pipecat/blob/main/src/pipecat/frames/frames.proto
 */
const frame = { audio: 2, message: 4 } as const
const audioFrame = { audio: 3, sampleRate: 4, channels: 5 } as const
const messageFrame = { data: 1 } as const

/** A frame of mono sound. @param audio  Samples of 16 bits, the low byte first. */
export function audioFrameOf(audio: Buffer, rate: number): Buffer {
  const own = [bytesField(audioFrame.audio, audio), numberField(audioFrame.sampleRate, rate), numberField(audioFrame.channels, 1)]
  return bytesField(frame.audio, Buffer.concat(own))
}

/** A frame with a message. @param data  JSON. */
export function messageFrameOf(data: string): Buffer {
  return bytesField(frame.message, bytesField(messageFrame.data, Buffer.from(data)))
}

/** @returns `undefined` for what is no frame. */
export function readFrame(bytes: Buffer): PipecatFrame | undefined {
  const fields = fieldsOf(bytes)
  if (!fields || fields.size === 0) return undefined
  const [audio, message] = [fields.get(frame.audio), fields.get(frame.message)]
  if (Buffer.isBuffer(audio)) {
    const own = fieldsOf(audio)
    const [sound, rate, channels] = [own?.get(audioFrame.audio), own?.get(audioFrame.sampleRate), own?.get(audioFrame.channels)]
    if (!own) return undefined
    return { kind: 'audio', audio: Buffer.isBuffer(sound) ? sound : Buffer.alloc(0), rate: numberOf(rate), channels: numberOf(channels) }
  }
  if (Buffer.isBuffer(message)) {
    const data = fieldsOf(message)?.get(messageFrame.data)
    return Buffer.isBuffer(data) ? { kind: 'message', data: data.toString() } : undefined
  }
  return { kind: 'other' }
}

function numberOf(field: Buffer | number | undefined): number {
  return typeof field === 'number' ? field : 0
}

function bytesField(number: number, bytes: Buffer): Buffer {
  return Buffer.concat([varint(number * 8 + 2), varint(bytes.length), bytes])
}

function numberField(number: number, value: number): Buffer {
  return Buffer.concat([varint(number * 8), varint(value)])
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let left = value
  for (; left >= 0x80; left = Math.floor(left / 0x80)) bytes.push((left % 0x80) + 0x80)
  return Buffer.from([...bytes, left])
}

/** The last value of each field, by number; `undefined` if the bytes are no message of protobuf. */
function fieldsOf(bytes: Buffer): Map<number, Buffer | number> | undefined {
  const fields = new Map<number, Buffer | number>()
  let at = 0
  /** Beyond 2^53 a number loses digits, and none of ours is so large. */
  const number = (): number => {
    let [value, place] = [0, 1]
    for (let length = 0; length < 10; length += 1) {
      const byte = bytes[at]
      if (byte === undefined) return NaN
      at += 1
      value += (byte % 0x80) * place
      place *= 0x80
      if (byte < 0x80) return value
    }
    return NaN
  }
  while (at < bytes.length) {
    const tag = number()
    const kind = tag % 8
    if (!(tag >= 8) || ![0, 1, 2, 5].includes(kind)) return undefined
    if (kind === 0) {
      const value = number()
      if (Number.isNaN(value)) return undefined
      fields.set(Math.floor(tag / 8), value)
      continue
    }
    const length = kind === 2 ? number() : kind === 1 ? 8 : 4
    if (!(at + length <= bytes.length)) return undefined
    fields.set(Math.floor(tag / 8), bytes.subarray(at, at + length))
    at += length
  }
  return fields
}
