import { FaultError } from '../../../domain/fault.js'
import { soundFaults } from '../../../domain/faults/sound-faults.js'
import { isNoiseName } from '../../../domain/noise.js'
import type { PlayedSound } from '../../../domain/spoken.js'
import type { Random } from '../../../ports/clock.js'
import { powerOfDbfs } from '../../audio/level.js'
import { amplify, fadeIn, fadeOut, saturated } from '../../audio/mix.js'
import { beep } from '../../audio/tones.js'
import { noiseNamed } from './media/noise-sources.js'
import type { ReadSound } from './read-sound.js'

export interface PlayedUse {
  readonly rate: number
  /** Of a generated noise. */
  readonly random: Random
  readonly read: ReadSound
}

/** How long a noise is that has no end of its own. */
const usualMs = 1000
/** A noise is as loud as speech. */
const usualDbfs = -20
/** So that what is cut does not click. */
const fadeS = 0.005

/**
 * The samples of a sound that is played at its place. A generated noise lasts a second and a beep half of one, unless the suite says how long.
 *
 * @throws {FaultError} when a file cannot be used.
 */
export async function soundOf(sound: PlayedSound, use: PlayedUse): Promise<Int16Array> {
  if (sound.type === 'audio') return sound.path === undefined ? missing(sound.file ?? sound.id ?? '') : use.read(sound.path, use.rate)
  const samples = await noiseOf(sound, use)
  if (sound.volume !== undefined && sound.volume !== 1) amplify(samples, sound.volume)
  return samples
}

async function noiseOf(
  { sound, path, ms }: Extract<PlayedSound, { type: 'noise' }>,
  { rate, random, read }: PlayedUse,
): Promise<Int16Array> {
  if (path !== undefined) return firstOf(await read(path, rate), ms, rate)
  if (sound === 'beep' || sound === 'beeps') return beep(rate, ms)
  if (!isNoiseName(sound)) return missing(sound)
  const noise = new Float64Array(Math.round((rate * (ms ?? usualMs)) / 1000))
  noiseNamed(sound, { rate, random }).addTo(noise, Math.sqrt(powerOfDbfs(usualDbfs)))
  return faded(Int16Array.from(noise, saturated), rate)
}

function firstOf(samples: Int16Array, ms: number | undefined, rate: number): Int16Array {
  const most = ms === undefined ? samples.length : Math.round((rate * ms) / 1000)
  return most < samples.length ? faded(samples.slice(0, most), rate) : samples
}

function faded(samples: Int16Array, rate: number): Int16Array {
  const edge = Math.round(rate * fadeS)
  fadeIn(samples, edge)
  fadeOut(samples.subarray(Math.max(0, samples.length - edge)), edge)
  return samples
}

function missing(file: string): never {
  throw new FaultError(soundFaults.fileUnusable({ file, problem: 'is not there' }))
}
