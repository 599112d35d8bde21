import type { Scenario } from '../../domain/document.js'
import type { Hearing } from '../../domain/hearing.js'
import type { Metric } from '../../domain/metric.js'
import type { Sound, Stretch } from '../../domain/sound.js'
import { isShownNoise } from '../../domain/spoken.js'
import type { Check } from '../../domain/verdict.js'
import { leavesOf } from '../../domain/assertion-leaves.js'
import { deadAirIn } from './metrics/sound/dead-air.js'
import { lengthOf, rounded, turnAt } from './metrics/sound/stretches.js'
import type { SortedTranscript } from './sorted-transcript.js'

/** What a call is scored on. */
interface ScoredCall {
  readonly conversation: SortedTranscript
  /** How the case hears, if it is a call of ours. */
  readonly hear: Hearing | undefined
}

/**
 * Whether a call proves anything: both tracks have speech, and the agent's words were heard, or the suite says that claimed ones are
 * enough.
 *
 * @returns Why it does not; `undefined` for a call that does, and for a conversation without sound.
 */
export function unheard({ conversation, hear }: ScoredCall): Check | undefined {
  const { transcript, agent, lastTurn } = conversation
  const { sound, moments } = transcript
  if (!sound) return undefined
  const because = whyUnheard(sound, {
    hear,
    hasCallerWords: moments.some(moment => moment.type === 'said' && moment.by === 'caller' && !isShownNoise(moment.text)),
    agentWords: agent.length,
    answerWords: agent.filter(({ turn }) => turn > 0).length,
    answers: sound.stretches.filter(each => each.by === 'agent' && turnAt(moments, each.startS) > 0),
  })
  return because === undefined ? undefined : { assertion: 'both sides were heard', holds: 'unknown', because, turn: lastTurn }
}

interface Words {
  readonly hear: Hearing | undefined
  readonly hasCallerWords: boolean
  readonly agentWords: number
  /** Of the agent's words, how many came after the caller had spoken. */
  readonly answerWords: number
  /** The agent's speech after the caller had spoken. */
  readonly answers: readonly Stretch[]
}

/** Nobody hears a caller that is quieter than this, in dB relative to full scale. */
const faintestDbfs = -60

function whyUnheard(
  { stretches, caller, ears }: Sound,
  { hear, hasCallerWords, agentWords, answerWords, answers }: Words,
): string | undefined {
  const speaks = (side: Stretch['by']): boolean => stretches.some(({ by }) => by === side)
  if (hasCallerWords && !speaks('caller')) return 'the caller had words, but no sound of it was sent'
  if (hasCallerWords && caller.levelDbfs !== null && caller.levelDbfs < faintestDbfs) {
    return `nobody can have heard the caller: at ${caller.levelDbfs} dBFS, nothing or next to nothing of its words was sent`
  }
  if (agentWords > 0 && !speaks('agent')) return 'the agent has words, but no sound of it was heard'
  if (agentWords > 0 && ears === undefined && hear !== 'claimed') return 'nothing listened to the agent: its words are only claimed'
  if (hear !== 'never' && answers.length > 0 && answerWords === 0) {
    return `the agent spoke for ${rounded(lengthOf(answers))} s after the caller, but none of its words were made out`
  }
  return undefined
}

/** From how long on speech without words may hide something, in seconds, and as a share of the agent's speech. */
const longestWordlessS = 2
const largestWordlessShare = 0.2

/**
 * A check that is inconclusive if no words were made out in much of the agent's speech: what it must not say may be there. Only a detector
 * that tells speech from tones and noise proves that it was speech.
 *
 * @returns `undefined` without sound.
 */
export function allSpeechHeard({ conversation, hear }: ScoredCall): Check | undefined {
  const { transcript, agent } = conversation
  const { sound, moments } = transcript
  if (!sound || hear === 'claimed' || hear === 'never' || sound.detector !== 'silero') return undefined
  const speech = sound.stretches.filter(({ by }) => by === 'agent')
  const heard = moments.filter(({ type, by }) => type === 'said' && by === 'agent')
  const wordless = speech.filter(({ startS, endS }) => !heard.some(said => said.startS < endS && said.endS > startS))
  const [seconds, all] = [lengthOf(wordless), lengthOf(speech)]
  const assertion = "the agent's speech was made out"
  if (agent.length === 0 || seconds < longestWordlessS || seconds <= largestWordlessShare * all)
    return { assertion, holds: 'yes', because: '' }
  const because = `no words were made out in ${rounded(seconds)} s of the ${rounded(all)} s that the agent spoke`
  return { assertion, holds: 'unknown', because, turn: turnAt(moments, wordless[0]?.startS ?? 0) }
}

/** A caller who waits for longer hangs up. */
const longestDeadAirS = 10

/**
 * A check that fails if the agent let the caller wait in silence for 10 s, unless the scenario has a bound of its own.
 *
 * @param metrics  Those that the scenario names.
 * @returns `undefined` without sound, or with such a bound.
 */
export function noDeadAir(
  { expect }: Pick<Scenario, 'expect'>,
  metrics: readonly Metric[],
  { transcript }: SortedTranscript,
): Check | undefined {
  const { sound, moments } = transcript
  if (!sound) return undefined
  const own = metrics.filter(({ source }) => source.kind === 'builtin' && source.builtin === 'dead_air_s').map(({ key }) => key)
  const asked = expect.flatMap(assertion => leavesOf(assertion))
  if (asked.some(({ assertion }) => assertion.kind === 'metric' && own.includes(assertion.name))) return undefined
  const [longest] = deadAirIn(sound).toSorted((a, b) => b.seconds - a.seconds)
  const assertion = `no dead air of ${longestDeadAirS} s`
  if (!longest || longest.seconds < longestDeadAirS) return { assertion, holds: 'yes', because: '' }
  const turn = turnAt(moments, longest.startS)
  return { assertion, holds: 'no', because: `the agent let the caller wait for ${longest.seconds} s`, turn }
}
