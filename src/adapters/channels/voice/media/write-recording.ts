import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { Recording, RecordingFormat } from '../../../../domain/recording.js'
import { samplesOf } from '../../../audio/write-wav.js'
import { Peaks } from './peaks.js'
import { beginRecording } from './recording-format.js'

/** Bytes that are encoded at once: a second at 8 kHz, which Opus takes 10 ms for. */
const blockBytes = 32_000

export interface RecordingSource {
  /** The file that `pcmFile` wrote. */
  readonly pcm: string
  readonly rate: number
}

/**
 * Makes a recording of the sound that a call left. Meant for another thread than that of the media. The sound is removed; the recording is there
 * whole or not at all.
 *
 * @param target  The recording's path.
 * @throws {PackageMissing} for Opus, without its encoder.
 */
export async function writeRecording(source: RecordingSource, target: string, format: RecordingFormat): Promise<Omit<Recording, 'path'>> {
  const part = `${target}.part`
  const facts = await encode(source, part, format)
  await rename(part, target)
  await rm(source.pcm)
  return facts
}

async function encode({ pcm, rate }: RecordingSource, target: string, format: RecordingFormat): Promise<Omit<Recording, 'path'>> {
  await using source = await open(pcm, 'r')
  const { size } = await source.stat()
  // Pairs of samples: a part of one at the end is left out.
  const length = size - (size % 4)
  const writer = await beginRecording(format, rate, length)
  await using file = await open(target, 'w')
  const peaks = new Peaks(length / 4)
  const hash = createHash('sha256')
  let bytes = 0
  const write = async (part: Uint8Array): Promise<void> => {
    hash.update(part)
    bytes += part.length
    await file.writeFile(part)
  }

  await write(writer.head())
  for (let at = 0; at < length;) {
    const { buffer, bytesRead } = await source.read(Buffer.alloc(Math.min(blockBytes, length - at)), 0, null, at)
    if (bytesRead === 0) throw new Error(`${pcm} became shorter while it was read`)
    const samples = samplesOf(buffer.subarray(0, bytesRead - (bytesRead % 4)))
    peaks.add(samples)
    await write(writer.add(samples))
    at += samples.byteLength
  }
  await write(writer.end())
  const { mediaType } = writer
  return { sha256: hash.digest('hex'), bytes, mediaType, channels: 2, rate, seconds: length / 4 / rate, peaks: peaks.peaks() }
}
