import type { Measure } from './measure.js'
import { countWords } from './words.js'

/**
 * The agent's share of all words said. Text has no speaking time, so words stand for it.
 *
 * Unit: 0..1.
 * Source: the talk-to-listen ratio of call analysis, by words instead of seconds.
 */
export const talkRatio: Measure = ({ agent, caller }) => {
  const agentWords = countWords(agent)
  const allWords = agentWords + countWords(caller)
  return allWords > 0 ? { value: agentWords / allWords } : { because: 'nobody said a word' }
}
