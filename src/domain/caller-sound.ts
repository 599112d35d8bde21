import type { Level } from './how-often.js'

/** How a caller sounds in a call: speech, then source, room, telephone and network. Every draw comes from the run's seed. */
export interface CallerSound {
  /** The speech engine's id of the voice. Default: the engine's own. */
  readonly voice?: string
  /** Speaking rate, 1 is normal. */
  readonly speed: number
  /** Factor, 1 is normal. */
  readonly volume: number
  readonly backgroundNoise?: BackgroundNoise
  /** Short loud noises, as of a door or a horn. */
  readonly burstsPerMinute: number
  readonly network?: NetworkQuality
  /** `telephone`: 300 to 3400 Hz, through mu-law. Default: all that the line carries. */
  readonly band?: 'telephone'
  /** As through a hand or a cloth. */
  readonly muffled: boolean
  /** In how many of its turns it coughs, or speaks to somebody beside it. */
  readonly tics: Level
}

/** A noise under the whole call, also while the agent speaks. */
export interface BackgroundNoise {
  /** A name, or a WAV file as the suite gives it. */
  readonly sound: string
  /** The absolute path of that file. */
  readonly file?: string
  /** The caller's speech to the noise, dB. */
  readonly snrDb: number
  /** How far the noise drifts up and down, dB. */
  readonly driftDb: number
}

/** A bad network: packets of 20 ms are lost in bursts (Gilbert-Elliott), delayed, or both. */
export interface NetworkQuality {
  /** Share of packets that are lost, 0..1. */
  readonly loss: number
  readonly meanBurstMs: number
  readonly jitterMs: number
  readonly delayMs: number
}

export const usualNoise = { snrDb: 15, driftDb: 3 } as const
export const usualNetwork: NetworkQuality = { loss: 0, meanBurstMs: 100, jitterMs: 0, delayMs: 0 }
export const usualSound: CallerSound = { speed: 1, volume: 1, burstsPerMinute: 0, muffled: false, tics: 'none' }
