import type { Sound, Stretch } from '../../../../domain/sound.js'
import type { Moment } from '../../../../domain/transcript.js'
import { longestBackchannelS } from '../../../../domain/turn-taking.js'

/** The agent goes on with the same utterance if it pauses no longer than this while the caller speaks. */
const breathS = 0.6
/** An overlap at the beginning or the end of a stretch that is shorter than this is a collision: nobody can react so fast. */
const reactionS = 0.2

/** What the caller says to the agent: all but backchannels and tics, in the order of their onsets. */
export function callerWords({ stretches }: Sound): readonly Stretch[] {
  return stretches.filter(each => each.by === 'caller' && !isAside(each))
}

/** A backchannel or a tic: it does not take the floor. */
export function isAside({ kind }: Stretch): boolean {
  return kind === 'backchannel' || kind === 'tic'
}

/** The agent's utterances, in the order of their onsets: without breaths while the caller speaks, and without its own backchannels. */
export function agentUtterances(sound: Sound): readonly Stretch[] {
  const caller = callerWords(sound)
  const utterances: Stretch[] = []
  for (const stretch of sound.stretches) {
    if (stretch.by !== 'agent') continue
    const last = utterances.at(-1)
    const isBreath = last && stretch.startS - last.endS < breathS && caller.some(each => covers(each, last.endS, stretch.startS))
    if (isBreath) utterances[utterances.length - 1] = { ...last, endS: stretch.endS }
    else utterances.push(stretch)
  }
  return utterances.filter(each => !isBackchannel(each, caller))
}

function isBackchannel({ startS, endS }: Stretch, caller: readonly Stretch[]): boolean {
  return endS - startS <= longestBackchannelS && caller.some(each => each.startS < startS && each.endS > endS)
}

function covers({ startS, endS }: Stretch, fromS: number, toS: number): boolean {
  return startS <= fromS && endS >= toS
}

/**
 * The utterance of the other side into which a stretch begins, if that side holds the floor: it has spoken for a moment, and would have
 * gone on.
 */
export function spokenOver({ startS }: Stretch, others: readonly Stretch[]): Stretch | undefined {
  return others.find(other => startS - other.startS >= reactionS && other.endS - startS >= reactionS)
}

/**
 * The agent's utterance that the caller's words interrupt. On purpose, they do so however short the overlap is: an agent that stops at once
 * has stopped best.
 */
export function interruptedBy(words: Stretch, agent: readonly Stretch[]): Stretch | undefined {
  if (words.kind !== 'barge_in') return spokenOver(words, agent)
  return agent.find(({ startS, endS }) => words.startS - startS >= reactionS && endS > words.startS)
}

/** The caller's interruptions that began on purpose, each with the utterance of the agent that it cut into. */
export function bargeIns(sound: Sound): readonly { readonly bargeIn: Stretch; readonly into: Stretch }[] {
  const agent = agentUtterances(sound)
  return callerWords(sound).flatMap(bargeIn => {
    const into = bargeIn.kind === 'barge_in' ? interruptedBy(bargeIn, agent) : undefined
    return into ? [{ bargeIn, into }] : []
  })
}

/** How long somebody speaks in a list of stretches, in seconds. */
export function lengthOf(stretches: readonly Stretch[]): number {
  let length = 0
  let endS = Number.NEGATIVE_INFINITY
  for (const stretch of stretches.toSorted((a, b) => a.startS - b.startS)) {
    length += Math.max(0, stretch.endS - Math.max(stretch.startS, endS))
    endS = Math.max(endS, stretch.endS)
  }
  return length
}

/** The turn that has begun at a time. Words and their stretch begin at the same sample; a millisecond is for their rounding. */
export function turnAt(moments: readonly Moment[], atS: number): number {
  return moments.findLast(({ by, startS }) => by === 'caller' && startS <= atS + 0.001)?.turn ?? 0
}

/** Seconds as milliseconds, to the microsecond. */
export function milliseconds(seconds: number): number {
  return Math.round(seconds * 1e6) / 1e3
}

/** Seconds, to the millisecond. */
export function rounded(seconds: number): number {
  return Math.round(seconds * 1000) / 1000
}
