import { ofSound } from './of-sound.js'
import { agentUtterances, callerWords, interruptedBy, spokenOver } from './stretches.js'

/**
 * How often the agent began to speak while the caller held the floor: had spoken for 0.2 s and would have spoken 0.2 s longer. A pause of
 * the agent of less than 0.6 s while the caller speaks is a breath, and what lasts at most 1 s inside the caller's words a backchannel.
 *
 * Unit: interruptions.
 * Source: Sacks, Schegloff & Jefferson, Language 50, 1974; overlaps shorter than a reaction are the normal case (Levinson & Torreira,
 * "Timing in turn-taking", Frontiers in Psychology 6, 2015).
 */
export const agentInterruptions = ofSound(sound => {
  const caller = callerWords(sound)
  return { value: agentUtterances(sound).filter(each => spokenOver(each, caller)).length }
})

/**
 * How often the caller began to speak while the agent held the floor, on purpose or not; backchannels and tics aside.
 *
 * Unit: interruptions. Source: as `agent_interruptions`.
 */
export const callerInterruptions = ofSound(sound => {
  const agent = agentUtterances(sound)
  return { value: callerWords(sound).filter(each => interruptedBy(each, agent)).length }
})
