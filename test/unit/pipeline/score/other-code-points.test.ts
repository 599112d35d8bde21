import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Assertion } from '../../../../src/domain/assertion.js'
import { checkAssertion } from '../../../../src/pipeline/score/checks/check-assertion.js'
import type { Finding } from '../../../../src/pipeline/score/checks/finding.js'
import { SortedTranscript } from '../../../../src/pipeline/score/sorted-transcript.js'
import { agent, caller, calls, patterns, transcript } from './conversations.js'

const at = { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 }
const check = (assertion: object, name: string, args: object, value?: unknown): Finding => {
  const conversation = new SortedTranscript(transcript([caller('Hi'), calls(name, args), agent('Hi.')], { metadata: { value } }))
  return checkAssertion({ at, ...assertion } as Assertion, { conversation, scores: new Map(), patterns })
}
const not = (assertion: object): object => ({ kind: 'not', assertion: { at, ...assertion } })

/** The same words in other code points. */
const unseen = fc.constantFrom<((text: string) => string)[]>(
  text => text.normalize('NFD'),
  text => text.replaceAll(' ', '\u00A0'),
  text => text.replaceAll(' ', '\u202F'),
  text => text.replace('o', 'o\u200B'),
  text => text.replaceAll('-', '\u2011'),
  text => text.replace('o', '\uFF4F'),
)
const words = fc.constantFrom('José de Lóo-1', 'New York-o', 'Zoë o-o')
const wrap = fc.constantFrom<((value: unknown) => unknown)[]>(
  x => x,
  x => [x],
  x => ({ deep: [x] }),
)

test('an argument in other code points, or in another case, fails a not and a maximum, and passes no check', () => {
  fc.assert(
    fc.property(words, unseen, fc.boolean(), wrap, (text, spell, isLower, around) => {
      const found = spell(isLower ? text.toLowerCase() : text)
      fc.pre(found !== text)
      const call = { name: 'book', arguments: { city: around(text) } }
      const args = { city: around(found) }
      expect(check(not({ kind: 'tool_called', call }), 'book', args).holds).toBe('no')
      expect(check({ kind: 'tool_called', call: { ...call, times: { max: 0 } } }, 'book', args).holds).toBe('no')
      expect(check({ kind: 'tool_called', call }, 'book', args).holds).toBe('no')
    }),
  )
})

test('so does the name of a tool or of an argument', () => {
  fc.assert(
    fc.property(words, unseen, (name, spell) => {
      fc.pre(spell(name) !== name)
      expect(check(not({ kind: 'tool_called', call: { name } }), spell(name), {}).holds).toBe('no')
      expect(check({ kind: 'tool_called', call: { name, times: { max: 0 } } }, spell(name), {}).holds).toBe('no')
      expect(
        check(not({ kind: 'tool_called', call: { name: 'book', arguments: { [name]: 1 } } }), 'book', { [spell(name)]: 1 }).holds,
      ).toBe('no')
      const missed = check({ kind: 'tool_called', call: { name } }, spell(name), {})
      expect(missed.holds).toBe('no')
      expect(missed.saw()).toContain('one only looks like it: it has ')
    }),
  )
})

test('so does a value of metadata', () => {
  fc.assert(
    fc.property(words, unseen, wrap, (text, spell, around) => {
      const asked = { kind: 'metadata', pointer: '/value', equals: around(text) }
      fc.pre(spell(text) !== text)
      expect(check(not(asked), 'book', {}, around(spell(text))).holds).toBe('no')
      expect(check(asked, 'book', {}, around(spell(text))).holds).toBe('no')
    }),
  )
})

test('the finding spells out what nobody sees', () => {
  const call = { name: 'book', arguments: { city: 'New York' } }
  const found = (name: string, city: string): string => check(not({ kind: 'tool_called', call }), name, { city }).saw()
  expect(found('book', 'New\u00A0York')).toMatch(
    /was called once this way, .* \(which only looks like it: it has U\+00A0 where the check has U\+0020\)$/,
  )
  expect(found('bo\u200Bok', 'New York')).toMatch(/\(its name only looks like it: it has U\+200B where the check has nothing\)$/)
  expect(found('book', 'New York')).toMatch(/"New York"\}$/)
})

test('what anybody sees makes a difference: another word, a number for a text, another name', () => {
  const asked = { kind: 'tool_called', call: { name: 'book', arguments: { city: 'New York', n: '1' } } }
  for (const args of [
    { city: 'New Yorks', n: '1' },
    { city: 'New York', n: 1 },
    { city: 'NewYork', n: '1' },
  ]) {
    expect(check(not(asked), 'book', args).holds).toBe('yes')
  }
  expect(check(not(asked), 'Book', { city: 'New York', n: '1' }).holds).toBe('yes')
})
