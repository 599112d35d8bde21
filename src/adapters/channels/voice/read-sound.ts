import { readFile } from 'node:fs/promises'
import { FaultError } from '../../../domain/fault.js'
import { soundFaults } from '../../../domain/faults/sound-faults.js'
import type { Samples } from '../../../domain/samples.js'
import { readWav } from '../../audio/read-wav.js'
import { resample } from '../../audio/resample.js'

/** Reads a suite's WAV file, at the rate of a call. @throws {FaultError} when it cannot be used. */
export type ReadSound = (file: string, rate: number) => Promise<Int16Array>

export const readSound: ReadSound = async (file, rate) => (await resample(await readWaveFile(file), rate)).samples

/** The WAV files of a call: each is read once, and may be read ahead. */
export function createSoundFiles(): { readonly ahead: (file: string) => Promise<Samples>; readonly read: ReadSound } {
  const known = new Map<string, Promise<Samples>>()
  const ahead = (file: string): Promise<Samples> => {
    const reading = known.get(file) ?? readWaveFile(file)
    known.set(file, reading)
    return reading
  }
  return { ahead, read: async (file, rate) => (await resample(await ahead(file), rate)).samples.slice() }
}

/** @throws {FaultError} when a WAV file of a suite cannot be played. */
export async function checkSoundFile(file: string): Promise<void> {
  await readWaveFile(file)
}

async function readWaveFile(file: string): Promise<Samples> {
  const read = readWav(await bytesOf(file))
  if ('problem' in read) throw new FaultError(soundFaults.fileUnusable({ file, problem: read.problem }))
  if (read.samples.length === 0) throw new FaultError(soundFaults.fileUnusable({ file, problem: 'is a WAV file without a sample' }))
  return read
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (cause) {
    const problem = `cannot be read (${cause instanceof Error ? cause.message : String(cause)})`
    throw new FaultError(soundFaults.fileUnusable({ file, problem }))
  }
}
