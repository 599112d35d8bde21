import { describe, expect, test } from 'vitest'
import { endOfDay, isOver, matchesPattern } from '../../../src/domain/waiver.js'
import { readWaiver } from '../../../src/domain/waiver-problems.js'

describe('a day ends when it ends in UTC', () => {
  test.each([
    ['the day before', '2026-03-08T12:00:00Z', false],
    ['its first moment', '2026-03-09T00:00:00Z', false],
    ['its last second', '2026-03-09T23:59:59.999Z', false],
    ['the next day', '2026-03-10T00:00:00Z', true],
    ['the next day already, in the zone +14', '2026-03-10T00:30:00+14:00', false],
    ['that day still, in the zone -12', '2026-03-09T23:00:00-12:00', true],
  ])('%s', (_, now, over) => expect(isOver('2026-03-09', new Date(now))).toBe(over))

  test.each(['2026-02-30', '2026-13-01', '9.3.2026', '', 'soon', '2026-03-09T00:00'])('"%s" is no day, and so is over', day => {
    expect(endOfDay(day)).toBeUndefined()
    expect(isOver(day, new Date(0))).toBe(true)
  })
})

test.each([
  ['smoke/a', 'smoke/a', true],
  ['smoke/a', 'smoke/ab', false],
  ['smoke/*', 'smoke/a/calm/maria', true],
  ['*/a', 'smoke/a', true],
  ['*', '', true],
  ['a*a', 'a', false],
  ['*a*b*', 'xaxbx', true],
  ['*b*a*', 'xaxbx', false],
  ['a.c', 'abc', false],
])('%s matches %s: %s', (pattern, text, expected) => expect(matchesPattern(pattern, text)).toBe(expected))

test('an exception needs all that somebody answers for it with', () => {
  const whole = { case: 'smoke/*', reason: 'known', issue: 'SHOP-1', owner: 'Ada', expires: '2026-03-09' }
  expect(readWaiver(whole, 1)).toEqual(whole)
  expect(readWaiver({ ...whole, even_must_pass: true, check: 'x' }, 1)).toEqual({ ...whole, check: 'x', evenMustPass: true })
  for (const key of Object.keys(whole))
    expect(readWaiver({ ...whole, [key]: undefined }, 2)).toBe(`Exception 2 has no ${key}. Add one, as text.`)
  expect(readWaiver({ ...whole, expires: '2026-02-30' }, 1)).toContain('is not a day')
  expect(readWaiver({ ...whole, until: 'x' }, 1)).toContain('unknown key "until"')
  expect(readWaiver('smoke/a', 3)).toContain('Exception 3 is not a mapping')
})
