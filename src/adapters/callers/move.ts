import { traitsOf, type ConnectionType } from '../../domain/connection.js'
import type { AnswerShape } from '../../ports/language-model.js'
import { longestSpeech } from './clean-speech.js'

/** What a model wants its caller to do next. */
export interface Move {
  readonly say: string
  readonly next: Next
  readonly digits?: string
  readonly hold_s?: number
}

type Next = 'reply' | 'end_call' | 'hold' | 'dtmf' | 'wait'

/** What a caller can do besides speaking and hanging up. */
export interface Abilities {
  /** The agent can speak again unprompted, so that listening on makes sense. */
  readonly wait: boolean
  readonly keys: boolean
  readonly hold: boolean
}

/**
 * Telephone keys and holding belong to calls with sound. On a text channel a caller has them only if its instructions speak of them: a
 * model that may press keys or keep the agent waiting does so by mistake.
 */
export function abilitiesOf(type: ConnectionType, instructions: string): Abilities {
  const { floor, medium } = traitsOf[type]
  const hasSound = medium === 'voice'
  return { wait: floor !== 'turns', keys: hasSound || keyWords.test(instructions), hold: hasSound || holdWords.test(instructions) }
}

const keyWords =
  /\b(?:keypad|dtmf|dial(?:s|ling)?|press(?:es|ing)?\b[^.\n]{0,30}(?:\d|[*#]|\b(?:keys?|pound|star|hash)\b)|(?:telephone|phone) keys)/i
const holdWords = /\b(?:on hold|hold the line|keep\w*\b[^.\n]{0,30}\bwaiting)\b/i

const meanings: Readonly<Record<Next, string>> = {
  reply: 'say it and listen',
  end_call: 'say it and hang up',
  hold: 'say it and keep the agent waiting for hold_s seconds',
  dtmf: 'press the telephone keys in digits',
  wait: 'say nothing, the agent is not done',
}

/** The shape of a move, with what this caller can do. */
export function moveAnswer({ wait, keys, hold }: Abilities): AnswerShape {
  const ways: readonly Next[] = [
    'reply',
    'end_call',
    ...(hold ? ['hold' as const] : []),
    ...(keys ? ['dtmf' as const] : []),
    ...(wait ? ['wait' as const] : []),
  ]
  const properties = {
    say: { type: 'string', maxLength: longestSpeech, description: 'your words to the agent' },
    next: { type: 'string', enum: ways },
    ...(keys && { digits: { type: 'string', maxLength: 40, description: 'for dtmf: keys 0-9 * #, else empty' } }),
    ...(hold && { hold_s: { type: 'number', description: 'for hold: 1 to 30, else 0' } }),
  }
  const schema = { type: 'object', additionalProperties: false, required: Object.keys(properties), properties }
  return {
    name: 'caller_move',
    schema,
    mostTokens: 200,
    wrap: say => ({ say, next: 'reply', ...(keys && { digits: '' }), ...(hold && { hold_s: 0 }) }),
  }
}

/** What the ways to go on mean, for the caller's rules. */
export function meaningsOf({ schema }: AnswerShape): string {
  const { next } = schema['properties'] as { readonly next: { readonly enum: readonly Next[] } }
  return `"next" is ${next.enum.map(way => `"${way}" (${meanings[way]})`).join(', ')}.`
}
