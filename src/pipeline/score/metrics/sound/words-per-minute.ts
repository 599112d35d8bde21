import { countWords } from '../words.js'
import { ofSound } from './of-sound.js'
import { lengthOf } from './stretches.js'

/**
 * How fast the agent spoke: its words by the minutes in which it spoke, pauses aside.
 *
 * Unit: words a minute, to a tenth.
 * Source: articulation rate; about 150 words a minute is usual in English (Tauroza & Allison, "Speech rates in British English", Applied
 * Linguistics 11, 1990).
 */
export const wordsPerMinute = ofSound(({ stretches }, { agent }) => {
  const minutes = lengthOf(stretches.filter(({ by }) => by === 'agent')) / 60
  const words = countWords(agent)
  if (minutes === 0) return { because: 'the agent never spoke' }
  if (words === 0) return { because: 'no words of the agent were heard' }
  return { value: Math.round((words / minutes) * 10) / 10 }
})
