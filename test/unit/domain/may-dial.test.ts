import { expect, test } from 'vitest'
import { mayDial } from '../../../src/domain/may-dial.js'

test.each([
  ['+15555550100', undefined, true],
  ['+493012345', undefined, true],
  ['100', undefined, true],
  ['911', undefined, false],
  ['112', undefined, false],
  ['999', undefined, false],
  ['+19005550100', undefined, false],
  ['+449005550100', undefined, false],
  ['+499001234567', undefined, false],
  ['+15555550100', ['+1555*'], true],
  ['+15545550100', ['+1555*'], false],
  ['+15555550100', ['*'], true],
  ['911', ['*'], false],
  ['911', ['9*'], false],
  ['911', ['911'], true],
  ['112', ['911'], false],
  ['+19005550100', ['+1*'], false],
  ['+19005550100', ['+1900*'], true],
  ['+19005550100', ['+19005550100'], true],
  ['+19005550101', ['+19005550100'], false],
  ['19005550100', undefined, false],
  ['01119005550100', undefined, false],
  ['19005550100', ['1*'], false],
  ['19005550100', ['+1900*'], true],
  ['+911', undefined, false],
  ['+911', ['911'], true],
  ['5550', undefined, true],
  ['+4915112345678', undefined, true],
] as const)('%s with %j: %s', (number, allow, expected) => {
  expect(mayDial(number, allow)).toBe(expected)
})
