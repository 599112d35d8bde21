import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createQuoteFinder } from '../../../../src/adapters/judges/quote.js'
import { agent, caller, calls, returns, transcript } from '../../pipeline/score/conversations.js'

const held = transcript([
  agent('Welcome!'),
  caller('Cancel my appointment. I cancelled it, you say?'),
  agent('One “moment”,\n please.'),
  agent("It's done: your appointment is cancelled."),
  calls('cancel_appointment', { patient_id: 'P-1', note: 'said "bye" <now>' }),
  returns({ status: 'ok' }, { name: 'cancel_appointment' }),
  caller('Thanks.'),
])

describe('what is found in what the agent did', () => {
  test.each([
    ['its words', 'your appointment is cancelled', 1],
    ['whatever the case, white space and quotation marks', '  ONE "moment",  please', 1],
    ['an apostrophe of another kind', 'It’s done', 1],
    ['messages that follow one another', 'please. It’s done', 1],
    ['a call as it is shown', 'cancel_appointment {"patient_id":"P-1"', 1],
    ['a call as code writes it', 'cancel_appointment({"patient_id": "P-1"', 1],
    ['the name of a tool', 'cancel_appointment', 1],
    ['what was escaped on its way through JSON', 'said \\"bye\\" ‹now›', 1],
    ['a line break that came back as JSON writes it', 'moment",\\n please', 1],
    ['a result', '{ "status": "ok" }', 1],
    ['the greeting', 'welcome', 0],
    ['a short word of its own', '"One"', 1],
  ])('%s', (_what, quote, turn) => {
    expect(createQuoteFinder(held)(quote, turn)).toBe(true)
  })

  test.each([
    ['what the caller said', 'Cancel my appointment', 1],
    ['what stands in another turn', 'Welcome', 1],
    ['what was never said', 'your appointment is booked', 1],
    ['a turn that never was', 'Welcome', 7],
    ['words left out', 'One please', 1],
    ['nothing', '  ', 1],
    ['a letter that stands in some word', 'e', 1],
    ['a part of a word that stands in some other', 'app', 1],
    ['signs without a letter or digit', '": {', 1],
    ['the labels of the transcript', 'agent_called_tool', 1],
    ['words and a call that only stand side by side', 'cancelled. cancel_appointment', 1],
  ])('not: %s', (_what, quote, turn) => {
    expect(createQuoteFinder(held)(quote, turn)).toBe(false)
  })
})

test('every stretch of what the agent said with four letters or digits in it is found, however it is spaced and cased', () => {
  const texts = fc.array(
    fc.string({
      unit: fc.oneof(
        fc.constantFrom('a', 'B', ' ', '"', '\n', '’', 'é', 'ß', 'Σ', '–'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
      ),
      minLength: 1,
      maxLength: 30,
    }),
    { minLength: 1, maxLength: 4 },
  )
  fc.assert(
    fc.property(texts, fc.nat(), fc.nat(), fc.nat(), fc.boolean(), (said, which, from, length, isLoud) => {
      const letters = Array.from(said[which % said.length] ?? '')
      const start = from % letters.length
      const stretch = letters.slice(start, start + 1 + (length % letters.length)).join('')
      fc.pre(/(?:[\p{L}\p{N}].*){4}/su.test(stretch.normalize('NFKD')))
      // A dash before a number is its sign, but not after a letter: a stretch that begins with one may read otherwise.
      fc.pre(!/^[^\p{L}\p{N}]*\p{Pd}/u.test(stretch))
      const found = createQuoteFinder(transcript([caller('x'), ...said.map(agent)]))
      expect(found(`  ${isLoud ? stretch.toLowerCase() : stretch} `, 1)).toBe(true)
    }),
  )
})

const decorations: readonly ((word: string) => string)[] = [
  word => `**${word}**`,
  word => `*${word}*`,
  word => `__${word}__`,
  word => `\`${word}\``,
  word => `~~${word}~~`,
  word => `[${word}](https://example.org/a_b)`,
  word => `\n# ${word}\n`,
  word => `\n- ${word}`,
  word => `\n1. ${word}`,
  word => `\n> ${word}`,
  word => `| ${word} |`,
  word => `“${word}”,`,
  word => `${word}…`,
  word => `(${word})`,
  word => word.toUpperCase(),
  word => word.normalize('NFD'),
]

test('a quote is found without the markdown and punctuation of the agent, and with other punctuation', () => {
  const word = fc.tuple(fc.stringMatching(/^[a-zéñü]{3,9}$/), fc.constantFrom(...decorations))
  fc.assert(
    fc.property(fc.array(word, { minLength: 2, maxLength: 8 }), fc.constantFrom(' ', ', ', '. ', ' - '), (words, between) => {
      const said = words.map(([each, decorate]) => decorate(each)).join(' ')
      const found = createQuoteFinder(transcript([caller('x'), agent(said)]))
      expect(found(words.map(([each]) => each).join(between), 1)).toBe(true)
    }),
  )
})

test('but a number keeps its point, its sign and its percent', () => {
  const found = createQuoteFinder(transcript([caller('x'), agent('It is **3.5%**, not 3,5 or -12 degrees, on 2026-11-29.')]))
  const quotes = ['it is 3.5%', '-12 degrees', 'on 2026-11-29', 'it is 35%', 'or 12 degrees', 'on 20261129', 'It is 3.5, not']
  expect(quotes.filter(quote => found(quote, 1))).toEqual(['it is 3.5%', '-12 degrees', 'on 2026-11-29'])
})

test('nothing else is: a quote with a letter that the agent never used is never found', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', ' ', '.', '"'), maxLength: 30 })
  fc.assert(
    fc.property(fc.array(word, { minLength: 1 }), word, word, (said, before, after) => {
      const found = createQuoteFinder(transcript([caller(`${before}z${after}`), ...said.map(agent)]))
      expect(found(`${before}z${after}`, 1)).toBe(false)
    }),
  )
})

test('nor are true words in another order', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.stringMatching(/^[a-z]{3,8}$/), { minLength: 3, maxLength: 6 }), words => {
      const turned = words.toReversed()
      fc.pre(!words.join('').includes(turned.join('')))
      expect(createQuoteFinder(transcript([caller('x'), agent(words.join(' '))]))(turned.join(' '), 1)).toBe(false)
    }),
  )
})
