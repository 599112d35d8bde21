import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

/** A model's description stands at the end of its file, behind megabytes of numbers. */
const end = 1 << 18

/**
 * The names of a model's voices, as its description has them: the first is voice 0.
 *
 * @param file  An ONNX model that was prepared for sherpa-onnx.
 * @returns None if it has no names.
 */
export function voiceNames(file: string): readonly string[] {
  const bytes = endOf(file)
  const at = bytes.indexOf('speaker_names')
  if (at === -1) return []
  // Protobuf: the key, then field 2 with its length as a varint, seven bits a byte.
  let from = at + 'speaker_names'.length + 1
  let length = 0
  for (let shift = 0; ; shift += 7) {
    const byte = bytes[from] ?? 0
    length |= (byte & 0x7f) << shift
    from += 1
    if (byte < 0x80) break
  }
  return bytes
    .toString('utf8', from, from + length)
    .split(',')
    .map(name => name.trim())
}

/** Whether a model speaks, as its description has it: the models that hear have no speakers. */
export function hasSpeakers(file: string): boolean {
  return endOf(file).includes('n_speakers')
}

function endOf(file: string): Buffer {
  const descriptor = openSync(file, 'r')
  try {
    const { size } = fstatSync(descriptor)
    const bytes = Buffer.alloc(Math.min(size, end))
    readSync(descriptor, bytes, 0, bytes.length, size - bytes.length)
    return bytes
  } finally {
    closeSync(descriptor)
  }
}
