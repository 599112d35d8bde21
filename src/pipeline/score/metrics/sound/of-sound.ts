import type { Sound } from '../../../../domain/sound.js'
import type { SortedTranscript } from '../../sorted-transcript.js'
import type { Measure, Measured } from '../measure.js'

/** A metric of sound. Without sound it does not apply. */
export function ofSound(measure: (sound: Sound, conversation: SortedTranscript) => Measured): Measure {
  return conversation => {
    const { sound } = conversation.transcript
    return sound ? measure(sound, conversation) : { moot: 'it needs sound' }
  }
}
