import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Metric } from '../../../../src/domain/metric.js'
import type { Transcript } from '../../../../src/domain/transcript.js'
import { agent, caller, score, transcript, type Asked } from './conversations.js'

const streamed = (...pieces: readonly string[]): Transcript =>
  transcript([caller('Cancel it.'), ...pieces.map(piece => agent(piece)), caller('Bye.')])
const holds = (asked: Asked, held: Transcript): string | undefined => score(held, { expect: [asked] }).checks.at(1)?.holds
const says = (words: string): Asked => ({ kind: 'agent_says', matcher: { contains: words } })
const not = (assertion: Asked): Asked => ({ kind: 'not', assertion })

const card = streamed('Sure. ', 'Tell ', 'me ', 'your ', 'credit', ' card', ' number', '.')

test('an answer in pieces is matched as the text that a person would read', () => {
  expect(holds(says('your credit card number.'), card)).toBe('yes')
  expect(holds(not(says('credit card')), card)).toBe('no')
  expect(holds({ kind: 'agent_says', matcher: { equals: 'Sure. Tell me your credit card number.' } }, card)).toBe('yes')
  expect(holds({ kind: 'agent_says', matcher: { equals: 'Sure.' } }, card)).toBe('no')
})

test('what must not be said is looked for in every reading, and in each piece', () => {
  expect(holds(not(says('credit card')), streamed('cre', 'dit', ' card'))).toBe('no')
  expect(holds(not(says('password')), streamed('Your pass', 'word'))).toBe('no')
  expect(holds(says('password'), streamed('Your pass', 'word'))).toBe('no')
  expect(holds(not(says('One. Two')), streamed('One.', 'Two.\n', 'Three.'))).toBe('no')
  expect(holds(not({ kind: 'agent_says', matcher: { equals: 'credit' } }), card)).toBe('no')
})

test('two negations are none: what has to be said is looked for as it reads', () => {
  expect(holds(not(not(says('password'))), streamed('Your pass', 'word'))).toBe('no')
  expect(holds(not({ kind: 'any', assertions: [says('password'), says('nothing')] }), streamed('Your pass', 'word'))).toBe('no')
})

test('a metric is not scored where its value depends on the reading', () => {
  const metric: Metric = {
    key: 'asks',
    name: 'asks',
    type: 'binary',
    at: { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 },
    source: { kind: 'agent_says', matcher: { contains: 'password' } },
  } as unknown as Metric
  const valueIn = (held: Transcript): unknown => score(held, { metrics: ['asks'] }, [metric]).metrics[0]?.value
  expect(valueIn(streamed('Your pass', 'word'))).toBeNull()
  expect(valueIn(streamed('Your pass', 'word', ' please'))).toBe(true)
  expect(valueIn(streamed('Nothing.', 'At all.'))).toBe(false)
})

/** Splits a text. White space alone comes with what follows it, as from the channels. */
function split(whole: string, places: readonly number[]): string[] {
  const ends = [...places.toSorted((a, b) => a - b), whole.length]
  const pieces: string[] = []
  let begun = 0
  for (const end of ends) {
    if (whole.slice(begun, end).trim() === '') continue
    pieces.push(whole.slice(begun, end))
    begun = end
  }
  return pieces
}

test('however an answer is split, what it says is never missed under a not', () => {
  const text = 'Tell me your credit card number, please.'
  fc.assert(
    fc.property(fc.uniqueArray(fc.integer({ min: 1, max: text.length - 1 }), { minLength: 1, maxLength: 12 }), places => {
      const held = streamed(...split(text, places))
      expect(holds(not(says('credit card')), held)).toBe('no')
      expect(holds(not({ kind: 'agent_says', matcher: { matches: 'card\\s+number' } }), held)).toBe('no')
    }),
  )
})

/** A text whose words lost some of the blanks between, as tokens that a server trims do. */
const tokens = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 20 })

test('tokens without their white space are never missed under a not, whatever blanks and joins they need', () => {
  const text = 'Tell me your credit card number, please.'
  fc.assert(
    fc.property(tokens, places => {
      const ends = [...places.filter(end => end < text.length).toSorted((a, b) => a - b), text.length]
      const pieces = ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end).trim()).filter(piece => piece !== '')
      const held = streamed(...pieces)
      expect(holds(not(says('credit card number')), held)).toBe('no')
      expect(holds(not(says('debit card number')), held)).toBe('yes')
    }),
  )
  const held = streamed('My credit', 'ca', 'rd is.')
  expect(holds(not({ kind: 'agent_says', matcher: { equals: 'My credit card is.' } }), held)).toBe('no')
  expect(holds(not({ kind: 'agent_says', matcher: { oneOf: ['No.', 'my credit card is.'] } }), held)).toBe('no')
  expect(holds(not({ kind: 'agent_says', matcher: { matches: 'credit card' } }), held)).toBe('no')
  expect(holds(says('credit card'), held)).toBe('no')
})

const marks = fc.constantFrom(
  '*',
  '**',
  '_',
  '~~',
  '`',
  '-',
  '\u00ad',
  '\u200b',
  '\u2011',
  '\u2013',
  '<b>',
  '</b>',
  '&shy;',
  '\u0336',
  '-\n',
  '\\',
)

test('markdown, tags and hyphens within words are never a way past a not', () => {
  const text = 'your credit card'
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 0, max: text.length }), marks), { minLength: 1, maxLength: 8 }), inserted => {
      let marked = text
      for (const [at, mark] of inserted.toSorted(([a], [b]) => b - a)) {
        // A hyphen beside white space is a dash between words.
        const isWithinWord = /\p{L}\p{L}/u.test(text.slice(Math.max(0, at - 1), at + 1))
        if (isWithinWord || !/[-\u2011\u2013]/.test(mark)) marked = marked.slice(0, at) + mark + marked.slice(at)
      }
      const held = streamed(`Tell me ${marked}.`)
      expect(holds(not(says('your credit card')), held)).toBe('no')
      expect(holds(not({ kind: 'agent_says', matcher: { equals: 'tell me your credit card.' } }), held)).toBe('no')
    }),
  )
  const marked = streamed('Your c*r*edit and cre-dit card.')
  expect(holds(not({ kind: 'agent_says', matcher: { matches: 'credit card' } }), marked)).toBe('no')
  expect(holds(says('credit card'), marked)).toBe('no')
  expect(holds(not(says('53')), streamed('It takes 5-3 days, or 5.3.'))).toBe('yes')
  expect(holds(not(says('noel')), streamed('No - elephants.'))).toBe('yes')
})

test('links are never a way past a not: their words are read, and their addresses too', () => {
  const link = fc.constantFrom<((words: string) => string)[]>(
    words => `[${words}](https://x.y)`,
    words => `[${words}](https://x.y/a_(b)?c=d "Title")`,
    words => `[**${words}**][1]`,
    words => `![${words}](/a.png)`,
    words => `<a href="https://x.y">${words}</a>`,
    words => `${words.slice(0, 2)}\u0000${words.slice(2)}`,
    words => `${words.slice(0, 2)}\u007F${words.slice(2)}`,
    words => words.replaceAll(' ', '&nbsp;'),
  )
  const words = ['Your', 'refund claim', 'is not', 'possible.']
  fc.assert(
    fc.property(
      fc.array(fc.option(link), { minLength: 4, maxLength: 4 }),
      fc.array(fc.nat({ max: 200 }), { maxLength: 5 }),
      (around, places) => {
        const text = words.map((word, i) => around[i]?.(word) ?? word).join(' ')
        const ends = places.filter(end => end < text.length)
        for (const held of [
          streamed(text),
          streamed(
            ...split(
              text,
              [...new Set(ends)].filter(end => end > 0),
            ),
          ),
        ]) {
          expect(holds(not(says('refund claim is not possible')), held)).toBe('no')
          expect(holds(not({ kind: 'agent_says', matcher: { equals: 'your refund claim is not possible.' } }), held)).toBe('no')
          expect(holds(not({ kind: 'agent_says', matcher: { matches: 'refund claim is not' } }), held)).toBe('no')
          expect(holds(not(says('refund claim is possible')), held)).toBe('yes')
        }
      },
    ),
  )
  const held = streamed('See [the [page](https://x.y/refund-page).')
  expect(holds(not(says('https://x.y/refund-page')), held)).toBe('no')
})

test('what a model thought is not what the agent said', () => {
  const held = transcript([
    caller('Cancel it.'),
    (turn, startS) => ({ type: 'thought', by: 'agent', turn, startS, endS: startS, text: 'I say that it is cancelled.' }),
  ])
  expect(holds(says('cancelled'), held)).toBe('no')
  expect(score(held, { expect: [not(says('refund'))] }).checks[0]).toMatchObject({ assertion: 'both sides spoke', holds: 'no' })
})
