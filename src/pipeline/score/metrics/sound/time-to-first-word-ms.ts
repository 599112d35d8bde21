import { ofSound } from './of-sound.js'
import { milliseconds } from './stretches.js'

/**
 * How long after the answer of the call the agent's first words begin.
 *
 * Unit: milliseconds; resolution 20 ms.
 * Source: the service level of call centres, counted in samples.
 */
export const timeToFirstWordMs = ofSound(({ stretches }) => {
  const first = stretches.find(({ by }) => by === 'agent')
  return first ? { value: milliseconds(first.startS) } : { because: 'the agent never spoke' }
})
