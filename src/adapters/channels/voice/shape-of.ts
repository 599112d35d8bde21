import type { CallerSound } from '../../../domain/caller-sound.js'
import type { Random } from '../../../ports/clock.js'
import { callerShape } from './media/caller-shape.js'
import type { SoundShape } from './media/sound-shape.js'
import { readSound } from './read-sound.js'

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
  return callerShape({ sound, rate, draw, ...(file !== undefined && { recording: await readSound(file, rate) }) })
}
