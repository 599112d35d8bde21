import { ofSound } from './of-sound.js'

/** After its last voiced sample somebody who has finished is quiet for longer, in seconds. */
const longestS = 0.1

/**
 * Whether the agent hung up in the middle of its own words: its speech lasted until the end of the call.
 *
 * Unit: 1 if it did, 0 otherwise.
 * Source: the end is where the words are cut, so it needs no model; see `appropriate_termination` for who hung up when.
 */
export const abruptEnd = ofSound(({ stretches, seconds }, { transcript }) => {
  const last = stretches.findLast(({ by }) => by === 'agent')
  if (!last) return { because: 'the agent never spoke' }
  return { value: transcript.ending.by === 'agent' && seconds - last.endS < longestS ? 1 : 0 }
})
