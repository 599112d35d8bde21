import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Assertion } from '../../../../src/domain/assertion.js'
import { checkAssertion } from '../../../../src/pipeline/score/checks/check-assertion.js'
import { SortedTranscript } from '../../../../src/pipeline/score/sorted-transcript.js'
import { agent, caller, patterns, transcript } from './conversations.js'

const at = { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 }

function check(asked: object, value: unknown, isDenied: boolean): string {
  const assertion = { at, kind: 'metadata', pointer: '/value', ...asked } as Assertion
  const conversation = new SortedTranscript(transcript([caller('Hi'), agent('Hi.')], { metadata: { value } }))
  return checkAssertion(isDenied ? { at, kind: 'not', assertion } : assertion, { conversation, scores: new Map(), patterns }).holds
}

const matcher = fc.constantFrom(
  { matcher: { contains: 'escalated' } },
  { matcher: { matches: '^5' } },
  { exists: true, matcher: { contains: '5' } },
)

test('what is no text never passes a not of contains or matches, nor the check itself', () => {
  const value = fc.oneof(
    fc.constantFrom<unknown[]>(['escalated'], { a: 'escalated' }, 500, true, { $number: '5.00' }),
    fc.jsonValue().filter(each => typeof each === 'number' || (typeof each === 'object' && each !== null && Object.keys(each).length > 0)),
  )
  fc.assert(
    fc.property(matcher, value, (asked, found) => {
      expect(check(asked, found, true)).toBe('unknown')
      expect(check(asked, found, false)).toBe('no')
    }),
  )
})

test('nothing is not searched: null, false, an empty list and an empty map have no words', () => {
  for (const value of [null, false, [], {}, undefined]) expect(check({ matcher: { contains: 'escalated' } }, value, true)).toBe('yes')
})

test('what fails already for another reason passes a not', () => {
  expect(check({ equals: 7, matcher: { contains: '5' } }, 500, true)).toBe('yes')
  expect(check({ exists: false, matcher: { contains: '5' } }, 500, true)).toBe('yes')
})
