import { heardIn, type CallerSide, type CallerSpeech } from './caller-side.js'
import { shortQuote } from './short-quote.js'
import { wordsOf } from './words.js'

/** People return short words: "Hello", "Thank you". */
const fewestWords = 3
/** Once may be a question back. */
const fewestTimes = 2

/** Finds a caller most of whose answers are what the agent has just said. An agent that repeats its caller is no fault of the caller. */
export function repeatsAgent(side: CallerSide): string | undefined {
  const answers = side.own.filter(({ turn }) => heardIn(side, turn - 1).length > 0)
  const isRepeat = ({ text, turn }: CallerSpeech): boolean => wordsOf(text).length >= fewestWords && isSaidIn(side, turn - 1, text)
  const isEcho = side.own.every(({ text, turn }) => heardIn(side, turn).length === 0 || isSaidIn(side, turn, text))
  const repeats = answers.filter(isRepeat)
  const [first] = repeats
  if (!first || isEcho || repeats.length < fewestTimes || repeats.length * 2 <= answers.length) return undefined
  return `turn ${first.turn}: the caller repeated what the agent said: ${shortQuote(first.text)}`
}

/** Whether the agent says just this in a turn. */
function isSaidIn(side: CallerSide, turn: number, text: string): boolean {
  const heard = heardIn(side, turn)
  return [...heard, heard.join(' ')].some(each => plain(each) === plain(text))
}

function plain(text: string): string {
  return wordsOf(text)
    .map(({ word }) => word)
    .join(' ')
}
