import { deadAirIn } from './dead-air.js'
import { ofSound } from './of-sound.js'
import { lengthOf, rounded, turnAt } from './stretches.js'

const noDeadAir = { samples: [0], turns: [0] }

/**
 * The silences in which it was the agent's turn, see {@link deadAirIn}; our own holds and thinking taken out.
 *
 * Unit: seconds; resolution 20 ms. A run's value is the longest.
 * Source: "dead air" as monitored in call centres; ITU-T P.Sup24 (10/2005), system response delay.
 */
export const deadAirS = ofSound((sound, { transcript }) => {
  const found = deadAirIn(sound)
  if (found.length === 0) return noDeadAir
  return { samples: found.map(({ seconds }) => seconds), turns: found.map(({ startS }) => turnAt(transcript.moments, startS)) }
})

/**
 * All of the dead air of a call.
 *
 * Unit: seconds. Source: as `dead_air_s`.
 */
export const deadAirTotalS = ofSound(sound => ({ value: rounded(deadAirIn(sound).reduce((sum, { seconds }) => sum + seconds, 0)) }))

/**
 * How long both sides spoke at once.
 *
 * Unit: seconds; resolution 20 ms.
 * Source: overlapping speech of Sacks, Schegloff & Jefferson, Language 50, 1974.
 */
export const overlapS = ofSound(({ stretches }) => {
  const [agent, caller] = (['agent', 'caller'] as const).map(side => lengthOf(stretches.filter(({ by }) => by === side)))
  return { value: rounded(Math.max(0, agent! + caller! - lengthOf(stretches))) }
})
