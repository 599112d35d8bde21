import { usualNoise, type CallerSound } from '../../../../domain/caller-sound.js'
import { isNoiseName } from '../../../../domain/noise.js'
import type { Random } from '../../../../ports/clock.js'
import { powerOfDbfs } from '../../../audio/level.js'
import { saturated } from '../../../audio/mix.js'
import { BadNetwork } from './bad-network.js'
import { muffled, telephoneBand } from './filters.js'
import { noiseNamed, repeated, type NoiseSource } from './noise-sources.js'
import { NoisyRoom } from './room-noise.js'
import type { SoundShape } from './sound-shape.js'

/** How a caller sounds, beside its voice. All but `draw` is plain data. */
export interface ShapeUse {
  readonly sound: Pick<CallerSound, 'backgroundNoise' | 'burstsPerMinute' | 'network' | 'band' | 'muffled'>
  /** Samples a second of the call, and of all sound here. */
  readonly rate: number
  /** Level of the caller's speech as its engine makes it, which the noise is relative to. Default: -20 dBFS. */
  readonly speechDbfs?: number
  /** The recording that is the background noise, if it is one. */
  readonly recording?: Int16Array
  /** Speech of our own, for a babble. */
  readonly voices?: readonly Int16Array[]
  /** Random numbers by name: every draw of the call comes from them. */
  draw(name: string): Random
}

/** Shapes what a caller sends, in the order of a real call: its mouth, its room, its telephone, its network. */
export function callerShape(use: ShapeUse): SoundShape {
  const { sound, rate, draw } = use
  const frame = rate / 50
  const scratch = new Float64Array(frame)
  const source = sound.muffled ? muffled(rate) : undefined
  const room = roomOf(use)
  const band = sound.band && telephoneBand(rate)
  const network = sound.network && new BadNetwork(sound.network, frame, draw('network'))
  const isPlain = !source && !room && !band

  return {
    shape(samples, isMuted = false) {
      if (!isPlain) {
        scratch.set(samples)
        source?.(scratch)
        if (!isMuted) room?.addTo(scratch)
        band?.(scratch)
        // What went through a telephone is rounded already.
        if (band) samples.set(scratch)
        else for (let i = 0; i < frame; i += 1) samples[i] = saturated(scratch[i]!)
      }
      network?.pass(samples)
    },
    get delay() {
      return (network?.delayFrames ?? 0) * frame
    },
  }
}

function roomOf(use: ShapeUse): NoisyRoom | undefined {
  const { backgroundNoise, burstsPerMinute } = use.sound
  if (!backgroundNoise && burstsPerMinute === 0) return undefined
  const source = noiseOf(use)
  const { snrDb, driftDb } = backgroundNoise ?? usualNoise
  const speechRms = Math.sqrt(powerOfDbfs(use.speechDbfs ?? -20))
  return new NoisyRoom({ ...(source && { source }), snrDb, driftDb, burstsPerMinute }, use.rate, speechRms, use.draw('room'))
}

function noiseOf({ sound: { backgroundNoise }, rate, recording, voices, draw }: ShapeUse): NoiseSource | undefined {
  if (recording) return repeated(recording, draw('noise'))
  if (!backgroundNoise || !isNoiseName(backgroundNoise.sound)) return undefined
  return noiseNamed(backgroundNoise.sound, { rate, random: draw('noise'), ...(voices && { voices }) })
}
