import type { Sound, Stretch } from '../../../../domain/sound.js'
import { ofSound } from './of-sound.js'
import { agentUtterances, callerWords, isAside, turnAt } from './stretches.js'

const stopsWithinS = 1
/** A pause of the agent's that is shorter is one between its sentences. */
const pauseS = 0.8
const answersWithinS = 2

/**
 * The share of the caller's backchannels, tics and words to somebody else that the agent rightly ignored: while it spoke, it did not stop
 * within 1.0 s (for 0.8 s or longer); while nobody spoke, it did not answer within 2.0 s. Left out are those while the agent owed an
 * answer: whether it answered these, nobody can tell.
 *
 * Unit: 0..1, one sample for each.
 * Source: backchannels do not claim the floor (Yngve, "On getting a word in edgewise", Chicago Linguistic Society 6, 1970).
 */
export const selectivity = ofSound((sound, { transcript }) => {
  const samples: number[] = []
  const turns: number[] = []
  for (const aside of sound.stretches.filter(isAside)) {
    const wasIgnored = isIgnored(aside, sound)
    if (wasIgnored === undefined) continue
    samples.push(wasIgnored ? 1 : 0)
    turns.push(turnAt(transcript.moments, aside.startS))
  }
  return samples.length > 0 ? { samples, turns, isRate: true } : { moot: 'the caller made no sound that was to be ignored' }
})

function isIgnored(aside: Stretch, sound: Sound): boolean | undefined {
  const agent = agentUtterances(sound)
  const speaking = agent.find(each => each.startS < aside.startS && each.endS > aside.startS)
  const nextOf = (atS: number): Stretch | undefined => agent.find(({ startS }) => startS >= atS)
  if (speaking) {
    const goesOnIn = (nextOf(speaking.endS)?.startS ?? Number.POSITIVE_INFINITY) - speaking.endS
    return speaking.endS - aside.startS > stopsWithinS || goesOnIn < pauseS
  }
  const lastAgentS = Math.max(0, ...agent.filter(({ endS }) => endS <= aside.startS).map(({ endS }) => endS))
  const owesAnswer = callerWords(sound).some(({ endS, startS }) => startS < aside.endS && endS > lastAgentS)
  if (owesAnswer) return undefined
  const answer = nextOf(aside.startS)
  return !answer || answer.startS - aside.endS > answersWithinS
}
