import { serviceWordsIn } from '../../domain/service-words.js'
import type { CallerSide } from './caller-side.js'
import { shortQuote } from './short-quote.js'

/**
 * Finds a caller that offers the agent its services, as models do that forget their part. Who is called may ask once how to help, so
 * it has to be all that the caller says, or half of it and more than once. Instructions may ask for it.
 */
export function offersServices({ own, instructions, personality }: CallerSide): string | undefined {
  const offers = own.flatMap(({ turn, text }) => {
    const words = serviceWordsIn(text)
    return words === undefined ? [] : { turn, words }
  })
  const [first] = offers
  const isMost = offers.length * 2 >= own.length && (offers.length > 1 || own.length === 1)
  if (!first || !isMost || serviceWordsIn(`${instructions}\n${personality}`) !== undefined) return undefined
  return `turn ${first.turn}: the caller spoke for the agent: ${shortQuote(first.words)}`
}
