import type { Sound, Stretch } from '../../../../domain/sound.js'
import { callerWords, rounded } from './stretches.js'

/** A silence in which the caller waited for the agent. */
export interface DeadAir {
  readonly startS: number
  /** Without the time in which we let the agent wait. */
  readonly seconds: number
}

/**
 * The silences in which it was the agent's turn: from the end of what the caller said to the agent's next onset, or to the end of the
 * call. Idle prompts do not end them; a prompt shows that the caller waited, so before one, silence counts after the agent's words as
 * well, and after the answer. What the caller does besides, backchannels and tics, is no answer either.
 */
export function deadAirIn(sound: Sound): DeadAir[] {
  const found: DeadAir[] = []
  const timeline = [...callerWords(sound), ...sound.stretches.filter(({ by }) => by === 'agent')].toSorted((a, b) => a.startS - b.startS)
  let waiting: Waiting = { sinceS: 0, isAgentsTurn: false }
  for (const stretch of timeline) {
    if (stretch.kind === 'idle_prompt') {
      waiting = { ...waiting, isAgentsTurn: true }
      continue
    }
    if (stretch.by === 'agent' && waiting.isAgentsTurn) add(found, waiting.sinceS, stretch.startS, sound)
    if (stretch.endS >= waiting.sinceS) waiting = { sinceS: stretch.endS, isAgentsTurn: stretch.by === 'caller' }
  }
  if (waiting.isAgentsTurn) add(found, waiting.sinceS, sound.seconds, sound)
  return found
}

/** Since when nobody has spoken, idle prompts aside. */
interface Waiting {
  readonly sinceS: number
  readonly isAgentsTurn: boolean
}

function add(found: DeadAir[], startS: number, endS: number, { waits = [] }: Sound): void {
  const ours = waits.reduce((sum, wait) => sum + overlapOf({ startS, endS }, wait), 0)
  if (endS > startS) found.push({ startS, seconds: rounded(Math.max(0, endS - startS - ours)) })
}

type Stretched = Pick<Stretch, 'startS' | 'endS'>

function overlapOf(a: Stretched, b: Stretched): number {
  return Math.max(0, Math.min(a.endS, b.endS) - Math.max(a.startS, b.startS))
}
