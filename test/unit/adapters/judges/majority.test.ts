import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { majorityOf, medianOf } from '../../../../src/adapters/judges/majority.js'

test('a majority is more than half of all votes', () => {
  expect(majorityOf(['yes', 'no', 'yes'])).toBe('yes')
  expect(majorityOf(['yes', 'no'])).toBeUndefined()
  expect(majorityOf(['yes', 'no', 'unknown'])).toBeUndefined()
  expect(majorityOf(['yes', 'yes', 'no', 'no'])).toBeUndefined()
  expect(majorityOf([false])).toBe(false)
})

test('whatever the votes and their order: who has the majority has more than all others together, and else there is none', () => {
  const votes = fc.array(fc.constantFrom('yes', 'no', 'unknown'), { minLength: 1, maxLength: 15 })
  fc.assert(
    fc.property(votes, fc.integer(), (cast, turn) => {
      const most = majorityOf(cast)
      const timesOf = (vote: string): number => cast.filter(each => each === vote).length
      const winners = cast.filter(vote => timesOf(vote) > cast.length - timesOf(vote))
      expect(winners.every(vote => vote === most)).toBe(true)
      expect(winners.length > 0).toBe(most !== undefined)
      const at = Math.abs(turn) % cast.length
      expect(majorityOf([...cast.slice(at), ...cast.slice(0, at)])).toBe(most)
    }),
  )
})

test('the median is one of the numbers, with as many above as below, if more than half gave one', () => {
  const vote = fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 100 }) }, fc.constant(null))
  fc.assert(
    fc.property(fc.array(vote, { minLength: 1, maxLength: 15 }), votes => {
      const numbers = votes.filter(each => each !== null)
      const median = medianOf(votes)
      const isTold = numbers.length * 2 > votes.length
      expect(median !== undefined && numbers.includes(median)).toBe(isTold)
      const above = numbers.filter(each => each > (median ?? NaN)).length
      const below = numbers.filter(each => each < (median ?? NaN)).length
      expect(Math.max(above, below) * 2).toBeLessThanOrEqual(numbers.length)
    }),
  )
})
