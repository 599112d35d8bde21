import type { TrackQuality } from '../../../../domain/sound.js'
import { ofSound } from './of-sound.js'

/**
 * Quality of the agent's track.
 *
 * - `snr_db`: its speech to the noise between, dB.
 * - `level_dbfs`: the mean level of its speech, dB relative to full scale.
 * - `clipping`: samples at full scale.
 * - `dropouts`: gaps of at most 200 ms of nothing within its speech.
 *
 * Source: active speech level and noise as in ITU-T P.56 (12/2011), without its weighting.
 */
export const snrDb = ofAgentsTrack('snrDb')
export const levelDbfs = ofAgentsTrack('levelDbfs')
export const clipping = ofAgentsTrack('clipped')
export const dropouts = ofAgentsTrack('dropouts')

function ofAgentsTrack(key: keyof TrackQuality) {
  return ofSound(({ agent }) => {
    const value = agent[key]
    return value === null ? { because: 'the agent never spoke' } : { value: Math.round(value * 10) / 10 }
  })
}
