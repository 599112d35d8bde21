import type { Sound, Stretch } from '../../../../domain/sound.js'
import type { Moment, Transcript } from '../../../../domain/transcript.js'
import type { Measured } from '../measure.js'
import { agentUtterances, callerWords, interruptedBy, milliseconds, turnAt } from './stretches.js'

/** An answer of the agent to the caller. */
export interface Answer {
  readonly turn: number
  /** When it began, in seconds since the answer of the call. */
  readonly startS: number
  readonly latencyMs: number
  /** What came before it. Such latencies are kept apart: their usual bars are others. */
  readonly after: 'words' | 'tool' | 'interruption'
}

/**
 * The samples of the answers after one thing.
 *
 * @param none  Why there is no sample, where the agent answered otherwise.
 */
export function latencyAfter(after: Answer['after'], none: string, sound: Sound, transcript: Transcript): Measured {
  const answers = answersIn(sound, transcript)
  const wanted = answers.filter(answer => answer.after === after)
  if (wanted.length > 0) return { samples: wanted.map(({ latencyMs }) => latencyMs), turns: wanted.map(({ turn }) => turn) }
  return answers.length > 0 || after !== 'words' ? { moot: none } : { because: 'the agent never answered the caller' }
}

/**
 * The agent's answers: for each utterance of the caller, the agent's next onset before the caller speaks again; at 0 ms if the agent
 * began before the caller had finished. Keys that are pressed are said and answered as words are.
 */
export function answersIn(sound: Sound, { moments }: Pick<Transcript, 'moments'>): Answer[] {
  const caller = withKeys(callerWords(sound), 'caller', moments)
  const agent = withKeys(agentUtterances(sound), 'agent', moments)
  const calls = moments.filter(({ type }) => type === 'tool_called')
  return caller.flatMap((words, i): Answer[] => {
    const next = caller[i + 1]?.startS ?? Number.POSITIVE_INFINITY
    const into = interruptedBy(words, agent)
    const answer = agent.find(each => each !== into && each.endS > words.endS && each.startS > words.startS && each.startS < next)
    if (!answer) return []
    const usesTool = calls.some(({ startS }) => startS >= words.endS && startS <= answer.startS)
    return [
      {
        turn: turnAt(moments, words.startS),
        startS: answer.startS,
        latencyMs: latencyOf(words, answer),
        after: into ? 'interruption' : usesTool ? 'tool' : 'words',
      },
    ]
  })
}

function withKeys(words: readonly Stretch[], side: Stretch['by'], moments: readonly Moment[]): readonly Stretch[] {
  const keys = moments.flatMap(({ type, by, startS, endS }) => (type === 'dtmf' && by === side ? { by, startS, endS } : []))
  return keys.length === 0 ? words : [...words, ...keys].toSorted((a, b) => a.startS - b.startS)
}

function latencyOf({ endS }: Stretch, { startS }: Stretch): number {
  return milliseconds(Math.max(0, startS - endS))
}
