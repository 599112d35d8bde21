import type { Sound } from '../../../domain/sound.js'
import type { Measure, Measured } from './measure.js'
import { lengthOf } from './sound/stretches.js'
import { countWords } from './words.js'

/**
 * The agent's share of all speaking time. Text has no speaking time, so words stand for it.
 *
 * Unit: 0..1.
 * Source: the talk-to-listen ratio of call analysis, in text by words instead of seconds.
 */
export const talkRatio: Measure = ({ agent, caller, transcript }) => {
  const { sound } = transcript
  if (sound) return shareOfSpeech(sound)
  const agentWords = countWords(agent)
  const allWords = agentWords + countWords(caller)
  return allWords > 0 ? { value: agentWords / allWords } : { because: 'nobody said a word' }
}

function shareOfSpeech({ stretches }: Sound): Measured {
  const [agentS, callerS] = (['agent', 'caller'] as const).map(side => lengthOf(stretches.filter(({ by }) => by === side)))
  const allS = agentS! + callerS!
  return allS > 0 ? { value: Math.round((agentS! / allS) * 1000) / 1000 } : { because: 'nobody spoke' }
}
