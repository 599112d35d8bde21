import { percentile } from '../../domain/statistics.js'

/**
 * The answer that more than half of the votes give.
 *
 * @returns `undefined` without a majority.
 */
export function majorityOf<Answer>(votes: readonly Answer[]): Answer | undefined {
  return votes.find(candidate => votes.filter(vote => vote === candidate).length * 2 > votes.length)
}

/**
 * The median of the numbers among the votes (the lower middle of an even count), if more than half of the votes are
 * numbers.
 *
 * @returns `undefined` otherwise.
 */
export function medianOf(votes: readonly unknown[]): number | undefined {
  const numbers = votes.filter(vote => typeof vote === 'number')
  if (numbers.length * 2 <= votes.length) return undefined
  return percentile(Float64Array.from(numbers).toSorted(), 50)
}
