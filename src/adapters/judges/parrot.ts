import { heardIn, type CallerSide, type CallerSpeech } from './caller-side.js'
import { shortQuote } from './short-quote.js'
import { wordsOf } from './words.js'

/** People return short words: "Hello", "Thank you". */
const fewestWords = 3
/** Once may be a question back. */
const fewestTimes = 2

/** Finds a caller whose every answer is what the agent has just said. */
export function onlyRepeats(side: CallerSide): string | undefined {
  const answers = side.own.filter(({ turn }) => heardIn(side, turn - 1).length > 0)
  const [first] = answers
  if (!first || answers.length < fewestTimes || !answers.every(answer => isRepeat(answer, side))) return undefined
  return `turn ${first.turn}: the caller only repeated what the agent said: ${shortQuote(first.text)}`
}

/** What an agent repeats after its caller is still the caller's. */
function isRepeat({ turn, text }: CallerSpeech, side: CallerSide): boolean {
  const said = plain(text)
  if (wordsOf(text).length < fewestWords || side.own.some(before => before.turn === turn - 1 && plain(before.text) === said)) return false
  const heard = heardIn(side, turn - 1)
  return [...heard, heard.join(' ')].some(each => plain(each) === said)
}

function plain(text: string): string {
  return wordsOf(text)
    .map(({ word }) => word)
    .join(' ')
}
