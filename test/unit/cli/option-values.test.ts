import { expect, test } from 'vitest'
import { keepOption } from '../../../src/cli/option-values.js'

test.each([
  ['12h', 43_200_000],
  ['90d', 7_776_000_000],
  ['2w', 1_209_600_000],
])('--keep %s', (text, ms) => {
  expect(keepOption(text)).toBe(ms)
})

test.each(['90', '0d', 'd', '-1d', '1.5d', '90 d', '999999d'])('--keep %s is no time', text => {
  expect(() => keepOption(text)).toThrow('Expected a time such as 12h, 90d or 26w.')
})
