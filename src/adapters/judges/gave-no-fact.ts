import { foldText } from '../../domain/fold-text.js'
import type { Moment } from '../../domain/transcript.js'
import { asksFor } from './asks-for.js'
import { heardIn, type CallerSide } from './caller-side.js'
import { wordList } from './word-list.js'
import { wordsOf } from './words.js'

/** A caller that is asked this often for what it knows, and tells nothing of it, does not play its part. */
const mostAsked = 3

/** Instructions that may keep a caller from giving its facts. */
const mayHoldBack =
  /\b(?:not?|never|don't|refuse\w*|without|hold|withhold|only|unless|pretend\w*|forg[eo]t\w*|kein\w*|nicht|nie|ne|pas|jamais|no|nunca|não|non|mai|niet|nooit)\b/i

/** Words that are no answer to a question for a fact. A number in words, a spelled name, and "I don't have it" have others. */
const emptyWords = wordList(
  'yes yeah please thanks thank you hello hi hey well of course sure certainly right okay ok oh ah hm hmm mm um uh er so ' +
    'ja bitte danke hallo also natürlich klar gut ' +
    'oui merci bonjour bien sûr alors ' +
    'sí gracias hola bueno claro por favor ' +
    'sì grazie ciao certo bene sim obrigado obrigada olá ' +
    'graag dank hoi natuurlijk goed',
)

/**
 * Finds a caller that gave none of its facts, though it was asked for them three times by their names, and that answered each time
 * with empty words. Any other words may be a fact in another form, or say that it has none: they are left to the model's check.
 */
export function gaveNoFact(side: CallerSide): string | undefined {
  const { instructions, personality, facts, isInstructed, own, transcript } = side
  if (!isInstructed || own.length < mostAsked || mayHoldBack.test(`${instructions}\n${personality}`)) return undefined
  const known = Object.entries(facts)
  const given = transcript.moments.flatMap(moment => (moment.by === 'caller' ? givenIn(moment) : []))
  if (known.some(([, value]) => isGiven(value, given))) return undefined
  const isAsked = (turn: number): boolean => heardIn(side, turn).some(text => known.some(([name]) => asksFor(text, name)))
  const answers = own.filter(({ turn }) => isAsked(turn - 1))
  if (!answers.every(({ text }) => isEmpty(text))) return undefined
  const asked = new Set(answers.map(({ turn }) => turn)).size
  return asked >= mostAsked ? `the caller gave none of its facts, though it was asked for them ${asked} times` : undefined
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

function isEmpty(text: string): boolean {
  const words = wordsOf(text)
  return words.length > 0 && words.every(({ word }) => emptyWords.has(word))
}
