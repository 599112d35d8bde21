import { readFile } from 'node:fs/promises'
import { FaultError } from '../../../domain/fault.js'
import { soundFaults } from '../../../domain/faults/sound-faults.js'
import type { CallerSound } from '../../../domain/caller-sound.js'
import type { Samples } from '../../../domain/samples.js'
import type { Random } from '../../../ports/clock.js'
import { readWav } from '../../audio/read-wav.js'
import { resample } from '../../audio/resample.js'
import { callerShape } from './media/caller-shape.js'
import type { SoundShape } from './media/sound-shape.js'

/**
 * How a caller's sound is changed on its way to the line; `undefined` if it is not.
 *
 * @param draw  Random numbers by name.
 * @throws {FaultError} when a file cannot be used.
 */
export async function shapeOf(sound: CallerSound, rate: number, draw: (name: string) => Random): Promise<SoundShape | undefined> {
  const { muffled, backgroundNoise, burstsPerMinute, band, network } = sound
  if (!muffled && !backgroundNoise && burstsPerMinute === 0 && !band && !network) return undefined
  const { file } = backgroundNoise ?? {}
  const recording = file === undefined ? undefined : (await resample(await readSound(file), rate)).samples
  return callerShape({ sound, rate, draw, ...(recording && { recording }) })
}

async function readSound(file: string): Promise<Samples> {
  const read = readWav(await bytesOf(file))
  if ('problem' in read) throw new FaultError(soundFaults.fileUnusable({ file, problem: read.problem }))
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
