import { heardIn, type CallerSide, type CallerSpeech } from './caller-side.js'
import { isQuestion } from './is-question.js'
import { mayRepeat } from './may-repeat.js'
import { shortQuote } from './short-quote.js'
import { wordsAlone, wordsOf } from './words.js'

/** People return short words: "Hello", "How are you?" */
const fewestWords = 4
/** Unless it says nothing else. */
const fewestTimes = 3
/** Once may be a question back. */
const fewestQuestions = 2

/**
 * Finds a caller most of whose answers are what the agent has just said, and that asks the agent its own questions. Who gives a
 * question back as a statement answers it ("Tuesday at ten?" - "Tuesday at ten."), and who repeats statements may be confirming them.
 * An agent that repeats its caller is no fault of the caller.
 */
export function repeatsAgent(side: CallerSide): string | undefined {
  if (side.own.length < fewestQuestions || mayRepeat(side)) return undefined
  const answers = side.own.filter(({ turn }) => heardIn(side, turn - 1).length > 0)
  const repeats = answers.filter(({ text, turn }) => wordsOf(text).length >= fewestWords && isSaidIn(side, turn - 1, text))
  const questions = repeats.filter(({ text }) => isQuestion(text))
  const [first] = repeats
  const isMost = repeats.length >= fewestTimes && repeats.length * 2 > answers.length
  if (!first || questions.length < fewestQuestions || !(isMost || repeats.length === answers.length)) return undefined
  const isEcho = side.own.every(({ text, turn }) => heardIn(side, turn).length === 0 || isSaidIn(side, turn, text))
  return isEcho ? undefined : reasonFor(first)
}

function reasonFor({ turn, text }: CallerSpeech): string {
  return `turn ${turn}: the caller repeated what the agent said: ${shortQuote(text)}`
}

/** Whether the agent says just this in a turn. */
function isSaidIn(side: CallerSide, turn: number, text: string): boolean {
  const heard = heardIn(side, turn)
  return [...heard, heard.join(' ')].some(each => wordsAlone(each) === wordsAlone(text))
}
