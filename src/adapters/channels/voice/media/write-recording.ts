import { createHash } from 'node:crypto'
import { open, rename, rm } from 'node:fs/promises'
import type { Recording } from '../../../../domain/recording.js'
import { samplesOf, wavHeader } from '../../../audio/write-wav.js'
import { Peaks } from './peaks.js'

/** Bytes that are read at once. */
const blockBytes = 2 ** 18

/**
 * Makes a recording of the sound that a call left. Meant for another thread than that of the media. The sound is removed; the recording is there
 * whole or not at all.
 *
 * @param pcm  The file that {@link pcmFile} wrote.
 * @param target  The recording's path.
 */
export async function writeWavRecording(pcm: string, rate: number, target: string): Promise<Omit<Recording, 'path'>> {
  const part = `${target}.part`
  const facts = await copyAsWav(pcm, rate, part)
  await rename(part, target)
  await rm(pcm)
  return { ...facts, mediaType: 'audio/wav', channels: 2, rate }
}

async function copyAsWav(pcm: string, rate: number, target: string): Promise<Pick<Recording, 'sha256' | 'bytes' | 'seconds' | 'peaks'>> {
  await using source = await open(pcm, 'r')
  await using file = await open(target, 'w')
  const { size } = await source.stat()
  // Pairs of samples: a part of one at the end is left out.
  const bytes = size - (size % 4)
  const peaks = new Peaks(bytes / 4)
  const header = wavHeader(rate, 2, bytes)
  const hash = createHash('sha256').update(header)
  await file.writeFile(header)
  for (let at = 0; at < bytes;) {
    const { buffer, bytesRead } = await source.read(Buffer.alloc(Math.min(blockBytes, bytes - at)), 0, null, at)
    if (bytesRead === 0) throw new Error(`${pcm} became shorter while it was read`)
    const block = buffer.subarray(0, bytesRead - (bytesRead % 4))
    hash.update(block)
    peaks.add(samplesOf(block))
    await file.writeFile(block)
    at += block.length
  }
  return { sha256: hash.digest('hex'), bytes: header.length + bytes, seconds: bytes / 4 / rate, peaks: peaks.peaks() }
}
