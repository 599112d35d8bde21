import { createRoleGuard } from '../../domain/out-of-role.js'
import type { Mask } from '../../domain/mask.js'
import type { Moment } from '../../domain/transcript.js'
import type { Utterance, UtterancePart } from '../../domain/utterance.js'
import type { ModelRequest } from '../../ports/language-model.js'
import { objectTo, Unfit } from './ask-in-role.js'
import { cleanSpeech, longestSpeech } from './clean-speech.js'
import { conversationMessages } from './conversation-messages.js'
import { numbered, numberedAnswer } from './numbered-answer.js'
import type { Part } from './part.js'

/** When the caller speaks. */
export interface CallerTurn {
  readonly turn: number
  readonly history: readonly Moment[]
  /** How the caller speaks in this turn. */
  readonly notes: readonly string[]
}

/**
 * The question for the words of a step, whose texts say what to express.
 *
 * @returns `undefined` for a step without texts, which only acts.
 */
export function wordsFor(
  step: Utterance,
  part: Part,
  { turn, history, notes }: CallerTurn,
  mask: Mask,
): { readonly request: ModelRequest; readonly read: (answer: unknown) => Utterance | Unfit } | undefined {
  const tasks = step.flatMap(each => (each.type === 'text' ? each.text : []))
  if (tasks.length === 0) return undefined
  const note = ['It is your turn. Do this now, in your own words, and nothing else:', ...numbered(tasks), ...notes].join('\n')
  const request: ModelRequest = {
    purpose: `caller, turn ${turn + 1}`,
    messages: [{ role: 'system', content: part.system }, ...conversationMessages(history, note)],
    answer: numberedAnswer('caller_words', tasks, { type: 'string', maxLength: longestSpeech, description: 'your words' }, 200),
  }
  const guard = createRoleGuard([...part.told, ...tasks])
  return {
    request,
    read: answer => wordsIn(answer as Readonly<Record<string, string>>, step, (words: string) => objectTo(words, guard, mask)),
  }
}

function wordsIn(
  answer: Readonly<Record<string, string>>,
  step: Utterance,
  objectionTo: (words: string) => Unfit | undefined,
): Utterance | Unfit {
  let nth = 0
  const parts: UtterancePart[] = []
  for (const each of step) {
    if (each.type !== 'text') {
      parts.push(each)
      continue
    }
    nth += 1
    const words = answer[String(nth)] ?? ''
    const said = cleanSpeech(words)
    const unfit = objectionTo(words)
    if (unfit) return unfit
    if (said === '') return new Unfit('one of your texts was empty.', 'the caller found no words')
    parts.push({ type: 'text', text: said })
  }
  return parts
}
