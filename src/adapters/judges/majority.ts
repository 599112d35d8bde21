import { percentile } from '../../domain/statistics.js'

/**
 * The answer that more than half of all votes give.
 *
 * @returns `undefined` where there is none: a tie, or too many different answers.
 */
export function majorityOf<Answer>(votes: readonly Answer[]): Answer | undefined {
  return votes.find(candidate => votes.filter(vote => vote === candidate).length * 2 > votes.length)
}

/**
 * The median of the numbers among the votes (of an even number of them the lower middle), if more than half gave one.
 *
 * @returns `undefined` where too few did.
 */
export function medianOf(votes: readonly unknown[]): number | undefined {
  const numbers = votes.filter(vote => typeof vote === 'number')
  if (numbers.length * 2 <= votes.length) return undefined
  return percentile(Float64Array.from(numbers).toSorted(), 50)
}
