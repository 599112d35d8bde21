import type { Random } from '../../../../ports/clock.js'
import { powerOfDbfs } from '../../../audio/level.js'
import { saturated } from '../../../audio/mix.js'
import { BadNetwork, type NetworkTrouble } from './bad-network.js'
import { muffled, telephoneBand, type Filter } from './filters.js'
import { NoisyRoom, type RoomNoise } from './room-noise.js'
import type { SoundShape } from './sound-shape.js'

/** What a caller sounds like, beside its voice. */
export interface CallerSound {
  /** Level of the caller's speech as its engine makes it, which the noise is relative to. Default: -20 dBFS. */
  readonly speechDbfs?: number
  /** A factor of its speech; 1 is normal. */
  readonly volume?: number
  readonly isMuffled?: boolean
  readonly noise?: RoomNoise
  readonly band?: 'telephone'
  readonly network?: NetworkTrouble
}

/**
 * Shapes what a caller sends, in the order of a real call: its mouth, its room, its telephone, its network.
 *
 * @param draw  Random numbers by name: every draw of the call comes from them.
 */
export function callerShape(sound: CallerSound, rate: number, draw: (name: string) => Random): SoundShape {
  const frame = rate / 50
  const scratch = new Float64Array(frame)
  const speechRms = Math.sqrt(powerOfDbfs(sound.speechDbfs ?? -20)) * (sound.volume ?? 1)
  const source: Filter | undefined = sound.isMuffled ? muffled(rate) : undefined
  const room = sound.noise && new NoisyRoom(sound.noise, rate, speechRms, draw('room'))
  const band = sound.band && telephoneBand(rate)
  const network = sound.network && new BadNetwork(sound.network, frame, draw('network'))
  const volume = sound.volume ?? 1
  const isPlain = volume === 1 && !source && !room && !band

  return {
    shape(samples) {
      if (!isPlain) {
        for (let i = 0; i < frame; i += 1) scratch[i] = samples[i]! * volume
        source?.(scratch)
        room?.addTo(scratch)
        band?.(scratch)
        for (let i = 0; i < frame; i += 1) samples[i] = saturated(scratch[i]!)
      }
      network?.pass(samples)
    },
    get delay() {
      return (network?.delayFrames ?? 0) * frame
    },
  }
}
