import { expect, test } from 'vitest'
import { addAll } from '../../../src/domain/add-all.js'
import { largest } from '../../../src/domain/largest.js'

const many = Array.from({ length: 500_000 }, (_, index) => index)

test('the largest of many numbers is found, and the least stands for none', () => {
  expect(largest(many)).toBe(499_999)
  expect(largest([], 4)).toBe(4)
  expect(largest([3, 7, 5], 4)).toBe(7)
})

test('many items are added in order', () => {
  const list = [-1]
  addAll(list, many)
  expect(list).toHaveLength(500_001)
  expect([list[0], list[1], list.at(-1)]).toEqual([-1, 0, 499_999])
})
