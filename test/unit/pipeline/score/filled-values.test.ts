import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Assertion, Bounds } from '../../../../src/domain/assertion.js'
import { fillInAssertion } from '../../../../src/domain/fill-in-checks.js'
import { checkAssertion } from '../../../../src/pipeline/score/checks/check-assertion.js'
import { SortedTranscript } from '../../../../src/pipeline/score/sorted-transcript.js'
import { agent, calls, caller, patterns, score, transcript } from './conversations.js'

const at = { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 }
type Value = string | number | boolean | null

function check(assertion: Assertion, value: Value, held: ReturnType<typeof transcript>): string {
  const filled = fillInAssertion(assertion, { 'test_profile.x': value })
  return checkAssertion(filled, { conversation: new SortedTranscript(held), scores: new Map(), patterns }).holds
}

const called = (times?: Bounds, wrap = (x: unknown): unknown => x): Assertion => ({
  at,
  kind: 'tool_called',
  call: { name: 't', arguments: { n: wrap('{{test_profile.x}}') }, ...(times && { times }) },
})
const equal = (wrap = (x: unknown): unknown => x): Assertion => ({
  at,
  kind: 'metadata',
  pointer: '/n',
  equals: wrap('{{test_profile.x}}'),
})
const not = (assertion: Assertion): Assertion => ({ at, kind: 'not', assertion })
const conversation = (...values: readonly unknown[]) =>
  transcript([caller('Hi'), ...values.map(n => calls('t', { n })), agent('Hi.')], { metadata: { n: values.at(-1) } })

/** Ways to write a number, all of the same value. */
const number = fc.oneof(
  fc.integer(),
  fc.bigInt({ min: -(10n ** 30n), max: 10n ** 30n }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
)
const written = number.chain(value => {
  const digits = String(value)
  const isPlain = /^-?\d+$/.test(digits)
  return fc.record({
    value: fc.constant(value),
    as: fc.constantFrom(digits, ...(isPlain ? [`${digits}.0`, `${digits}e0`, digits.replace(/\d/, '00$&')] : []), ` ${digits} `),
  })
})
const depth = fc.constantFrom<(x: unknown) => unknown>(
  x => x,
  x => ({ deep: x }),
  x => [x],
  x => ({ includes: [x] }),
)

describe('a variable that is a whole value', () => {
  test('fails a not, and a maximum, by a number of its value, however either is written', () => {
    fc.assert(
      fc.property(written, fc.boolean(), depth, ({ value, as }, isText, wrap) => {
        const seen = isText || typeof value === 'bigint' ? String(value) : value
        const found = wrap(seen)
        const isPart = typeof found === 'object' && Object.hasOwn(found as object, 'includes')
        const sent = conversation(isPart ? [7.5, seen] : found)
        expect(check(not(called(undefined, wrap)), as, sent)).toBe('no')
        expect(check(called({ max: 0 }, wrap), as, sent)).toBe('no')
        // Only arguments have includes.
        const whole = isPart ? (x: unknown): unknown => x : wrap
        expect(check(not(equal(whole)), as, conversation(whole(seen)))).toBe('no')
      }),
      { numRuns: 2000 },
    )
  })

  test('passes a check only as it is given', () => {
    fc.assert(
      fc.property(written, ({ as }) => {
        expect([check(called(), as, conversation(as)), check(equal(), as, conversation(as))]).toEqual(['yes', 'yes'])
        expect([check(called(), as, conversation(Number(as))), check(equal(), as, conversation(Number(as)))]).toEqual(['no', 'no'])
      }),
      { numRuns: 1000 },
    )
  })

  test('fails no not by another number, and none by another text', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (one, other) => {
        fc.pre(one !== other)
        expect(check(not(called()), String(one), conversation(other))).toBe('yes')
        expect(check(not(equal()), one, conversation(`${other}`, `${one} ${other}`))).toBe('yes')
      }),
    )
  })

  test.each<[Value, unknown]>([
    ['01002', 1002],
    ['1002.0', 1002],
    ['1002', 1002],
    [1002, '1002'],
    [1002, '01002'],
    ['9007199254740993', { $number: '9007199254740993' }],
    ['-0', 0],
    [true, 'true'],
    ['false', false],
    [null, 'null'],
    [null, ''],
  ])('%j reads like %j', (value, found) => {
    expect([check(not(called()), value, conversation(found)), check(not(equal()), value, conversation(found))]).toEqual(['no', 'no'])
  })

  test.each<[Value, unknown]>([
    ['1002', [1002]],
    ['1002', undefined],
    [true, 1],
    ['', 0],
    ['9007199254740993', 9007199254740992],
  ])('%j does not read like %j', (value, found) => {
    expect(check(not(called()), value, conversation(found))).toBe('yes')
  })

  test('counts for times in the way that is worse for the agent', () => {
    const sent = conversation('1002', 1002, '1002')
    expect(check(called({ min: 3, max: 3 }), '1002', sent)).toBe('no')
    expect(check(called({ min: 2 }), '1002', sent)).toBe('yes')
    expect(check(called({ max: 2 }), '1002', sent)).toBe('no')
    expect(check(not(called({ min: 3 })), '1002', sent)).toBe('no')
    expect(check(not(called({ min: 4 })), '1002', sent)).toBe('yes')
  })
})

test('a value that the suite writes itself is compared as ever: 1 is not "1"', () => {
  const asked = { kind: 'not', assertion: { kind: 'tool_called', call: { name: 't', arguments: { n: '1' } } } } as const
  expect(score(conversation(1), { expect: [asked] }).holds).toBe('yes')
})
