import { foldText } from '../../domain/fold-text.js'
import type { Moment } from '../../domain/transcript.js'
import type { CallerSide } from './caller-side.js'
import { wordsOf } from './words.js'

/** A caller that is asked this often for what it knows, and tells nothing of it, does not play its part. */
const mostAsked = 3

/** Instructions that may keep a caller from giving its facts. */
const mayHoldBack =
  /\b(?:not?|never|don't|refuse\w*|without|hold|withhold|only|unless|pretend\w*|forg[eo]t\w*|kein\w*|nicht|nie|ne|pas|jamais|no|nunca|não|non|mai|niet|nooit)\b/i

/** Finds a caller that gave none of its facts, though it was asked for them three times by their names. */
export function gaveNoFact({ instructions, personality, facts, transcript: { moments } }: CallerSide): string | undefined {
  const known = Object.entries(facts)
  if (known.length === 0 || mayHoldBack.test(`${instructions}\n${personality}`)) return undefined
  const given = moments.flatMap(moment => (moment.by === 'caller' ? givenIn(moment) : []))
  if (known.some(([, value]) => isGiven(value, given))) return undefined
  const asked = new Set(moments.filter(moment => known.some(([name]) => asksFor(moment, name))).map(({ turn }) => turn))
  return asked.size >= mostAsked ? `the caller gave none of its facts, though it was asked for them ${asked.size} times` : undefined
}

function givenIn(moment: Moment): string[] {
  return moment.type === 'said' ? [moment.text] : moment.type === 'dtmf' ? [moment.digits] : []
}

/** Any part of a value counts: a first name, a year, the digits of a number. */
function isGiven(value: string, said: readonly string[]): boolean {
  const plain = foldText(said.join(' '))
  const digits = plain.replaceAll(/\D/g, '')
  const parts = foldText(value).match(/[\p{L}\p{M}\p{N}]{2,}/gu) ?? [foldText(value)]
  return parts.some(part => plain.includes(part) || (/^\d+$/.test(part) && digits.includes(part)))
}

/** A question of the agent with all words of the fact's name: `order_number`, "What is the number of your order?" */
function asksFor(moment: Moment, name: string): boolean {
  if (moment.type !== 'said' || moment.by !== 'agent' || !/[?？؟]/.test(moment.text)) return false
  const heard = wordsOf(moment.text).map(({ word }) => word)
  const wanted = wordsOf(name.replaceAll(/[_-]|(?<=\p{Ll})(?=\p{Lu})/gu, ' ')).map(({ word }) => word)
  if (wanted.length === 0) return false
  return wanted.every(word => heard.includes(word)) || isRunOf(heard, wanted.join(''))
}

/** Whether whole words that follow one another are this word together: languages compound and cut words differently. */
function isRunOf(words: readonly string[], compound: string): boolean {
  return words.some((_, from) => {
    let run = ''
    for (let to = from; to < words.length && run.length < compound.length; to += 1) run += words[to]
    return run === compound
  })
}
