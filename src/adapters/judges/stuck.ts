import { heardIn, type CallerSide, type CallerSpeech } from './caller-side.js'
import { mayRepeat } from './may-repeat.js'
import { shortQuote } from './short-quote.js'
import { wordsAlone } from './words.js'

/** Whoever says as much as this, letter for letter, so often in a row, and each time to different words, is not listening. */
const mostRepeats = 4
/** "Yes", "I don't know", and "I want to speak to a human" answer many questions. */
const fewestWords = 12

/**
 * Finds a caller that says the same long words again and again, whatever it hears. The same answer to the same question is not the
 * caller's fault, nor are words that its instructions give it. A script's steps decide what is said again.
 */
export function isStuck(side: CallerSide): string | undefined {
  const { own, isInstructed } = side
  if (!isInstructed || own.length < mostRepeats || mayRepeat(side)) return undefined
  const last = own.find((line, at) => saysOneThing(own.slice(Math.max(0, at - mostRepeats + 1), at + 1), side) && !isGivenTo(side, line))
  return last && `turn ${last.turn}: the caller said the same for the fourth time, whatever it heard: ${shortQuote(last.text)}`
}

function saysOneThing(run: readonly CallerSpeech[], side: CallerSide): boolean {
  const [words = '', ...others] = new Set(run.map(({ text }) => wordsAlone(text)))
  if (run.length < mostRepeats || others.length > 0 || words.split(' ').length < fewestWords) return false
  const heard = new Set(run.map(({ turn }) => wordsAlone(heardIn(side, turn - 1).join(' '))))
  return heard.size === run.length && !heard.has('')
}

function isGivenTo({ instructions, personality }: CallerSide, { text }: CallerSpeech): boolean {
  return wordsAlone(`${instructions}\n${personality}`).includes(wordsAlone(text))
}
