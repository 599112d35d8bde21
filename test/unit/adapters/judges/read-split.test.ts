import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readSplit } from '../../../../src/adapters/judges/read-split.js'

const refund = 'The agent apologises, refunds order A-1042 and never asks for a card number.'

describe('a split that keeps the outcome', () => {
  test.each<[string, string, [string, string][]]>([
    [
      'by its parts, with the subject repeated',
      refund,
      [
        ['The agent apologises.', 'happens'],
        ['The agent refunds order A-1042.', 'happens'],
        ['The agent never asks for a card number.', 'never'],
      ],
    ],
    [
      'with other endings and pronouns',
      'The agent should verify the caller. Afterwards it must not promise a refund.',
      [
        ['The agent verifies the caller.', 'happens'],
        ['Afterwards the agent must not promise a refund.', 'happens'],
      ],
    ],
    [
      'with a pronoun replaced, and a part that stays together',
      'The agent should verify the caller before it opens a ticket and apologise. It must not promise a refund.',
      [
        ['The agent should verify the caller before the agent opens a ticket and apologise.', 'happens'],
        ['The agent must not promise a refund.', 'never'],
      ],
    ],
    [
      'with two subjects',
      'The customer gives the number, and the agent refunds order A-1042, stays polite, and never asks for a card number.',
      [
        ['The customer gives the number.', 'happens'],
        ['The agent refunds order A-1042', 'happens'],
        ['The agent stays polite.', 'always'],
        ['The agent never asks for a card number.', 'never'],
      ],
    ],
    [
      'as items of a list',
      'The agent:\n- apologises for the damage\n- never asks for a card number\n- refunds order A-1042',
      [
        ['The agent apologises for the damage.', 'happens'],
        ['The agent never asks for a card number.', 'never'],
        ['The agent refunds order A-1042.', 'happens'],
      ],
    ],
    [
      'as numbered items',
      '1. The agent apologises.\n2. Nothing is refunded.',
      [
        ['The agent apologises.', 'happens'],
        ['Nothing is refunded.', 'never'],
      ],
    ],
    [
      'as lines, with an abbreviation',
      'The agent greets Mr. Smith and his wife\nThe AI agent never asks for a card number\nThe agent refunds the order; it stays polite',
      [
        ['The agent greets Mr. Smith and his wife', 'happens'],
        ['The AI agent never asks for a card number', 'never'],
        ['The agent refunds the order', 'happens'],
        ['The agent stays polite', 'always'],
      ],
    ],
    [
      'with a denial that we do not know',
      'The agent apologises and never hassles the caller.',
      [
        ['The agent apologises.', 'happens'],
        ['The agent never hassles the caller.', 'happens'],
      ],
    ],
    [
      'in another language',
      'Der Agent entschuldigt sich und fragt nie nach einer Kartennummer.',
      [
        ['Der Agent entschuldigt sich.', 'happens'],
        ['Der Agent fragt nie nach einer Kartennummer.', 'never'],
      ],
    ],
    ['in a script without spaces', '客服道歉并且退款给顾客。', [['客服道歉并且退款给顾客', 'happens']]],
    ['whole, however short', 'It refunds.', [['It refunds.', 'happens']]],
  ])('%s', (_what, outcome, claims) => {
    const split = claims.map(([text]) => text)
    expect(readSplit(outcome, split)).toEqual(claims.map(([text, kind]) => ({ text, kind })))
  })
})

const ofAll = 'it cut a list, or what follows a colon, of all of which something may be said'
const cut = (text: string) => `it cut ${JSON.stringify(text)} from what follows it`
const took = (text: string) => `it took ${JSON.stringify(text)} out of its sentence`
const changes = (text: string) => `it changed ${JSON.stringify(text)}`
describe('a split that does not is not used', () => {
  test.each<[string, string, string[], string]>([
    ['a single letter', refund, ['A'], 'it has no claim of three words or more'],
    ['nothing', refund, [], 'it has no claim of three words or more'],
    ['blanks', refund, ['', '  \n'], 'it has no claim of three words or more'],
    ['a part lost', refund, ['The agent never asks for a card number.', 'The agent apologises and apologises.'], 'it lost "refunds"'],
    ['only the denial kept', refund, ['The agent never asks for a card number.'], 'it lost "apologises"'],
    ['a word added', 'The agent refunds the order.', ['The agent refunds the whole order.'], 'it added "whole"'],
    ['another language', 'The agent refunds the order.', ['Der Agent erstattet die Bestellung.'], 'it added "erstattet"'],
    [
      'the denial moved to another part',
      refund,
      ['The agent never apologises, refunds order A-1042.', 'The agent asks for a card number.'],
      'it changed "The agent never apologises, refunds order A-1042."',
    ],
    ['another number', 'The agent refunds order A-1042.', ['The agent refunds order A-1043.'], 'it added "1043"'],
    ['the denial dropped', refund, ['The agent apologises, refunds order A-1042.', 'The agent asks for a card number.'], 'it lost "never"'],
    ['more claims than there can be', refund, Array.from({ length: 51 }, () => refund), 'it has more than 50 claims'],
  ])('%s', (_what, outcome, split, why) => {
    expect(readSplit(outcome, split)).toBe(why)
  })

  const never = 'The agent never asks for a card number, refunds the order and apologises.'
  const told = 'The agent tells Maria that no fee is charged.'
  test.each<[string, string[], string]>([
    [
      never,
      ['The agent never asks for a card number refunds the order.', 'The agent apologises.'],
      cut('The agent never asks for a card number refunds the order.'),
    ],
    [
      'The agent never books, cancels or changes an order.',
      ['The agent never books.', 'The agent cancels or changes an order.'],
      cut('The agent never books.'),
    ],
    [
      'Der Agent fragt nie nach der Karte und bucht.',
      ['Der Agent fragt nie nach der Karte.', 'Der Agent bucht.'],
      cut('Der Agent fragt nie nach der Karte.'),
    ],
    [
      'The agent says the following. No fee is charged. No refund is promised.',
      ['The agent says the following.', 'No fee is charged.', 'No refund is promised.'],
      changes('The agent says the following.'),
    ],
    [
      'The agent apologises. It reads out these words.\nNo fee is charged.',
      ['The agent apologises.', 'The agent reads out these words.', 'No fee is charged.'],
      changes('The agent reads out these words.'),
    ],
    [
      'The agent says two things. No refund is promised. No fee is charged.',
      ['The agent says two things.', 'No refund is promised. No fee is charged.'],
      changes('The agent says two things.'),
    ],
    [
      'The agent answers as follows. No fee is charged.',
      ['The agent answers as follows.', 'No fee is charged.'],
      changes('The agent answers as follows.'),
    ],
    [
      'Der Agent sagt Folgendes. No fee is charged.',
      ['Der Agent sagt Folgendes.', 'No fee is charged.'],
      changes('Der Agent sagt Folgendes.'),
    ],
    [told, ['No fee is charged.', 'The agent tells Maria that'], changes('No fee is charged.')],
    [told, ['The agent tells Maria that', 'no fee is charged'], changes('The agent tells Maria that')],
    ['The agent tells Maria that\nno fee is charged.', ['The agent tells Maria that', 'no fee is charged'], took('no fee is charged')],
    [
      'The agent tells Maria that it is late and no fee is charged.',
      ['The agent tells Maria that it is late', 'no fee is charged'],
      took('no fee is charged'),
    ],
    [
      'The agent tells Maria, in the U.S. no fee is charged.',
      ['The agent tells Maria', 'in the U.S.', 'no fee is charged'],
      took('no fee is charged'),
    ],
    [
      'The agent tells Maria that it apologises and never asks for a card.',
      ['The agent tells Maria that it apologises', 'The agent never asks for a card.'],
      took('The agent never asks for a card.'),
    ],
    ['The agent says "I am sorry. No fee is charged."', ['The agent says "I am sorry.', 'No fee is charged.'], took('No fee is charged.')],
    ["The agent says 'Sorry. No fee is charged.'", ['The agent says Sorry.', 'No fee is charged.'], took('No fee is charged.')],
    [
      'The agent must not:\n- ask for a card number\n- promise a refund',
      ['The agent must not', 'The agent asks for a card number', 'The agent promises a refund'],
      ofAll,
    ],
    [
      'The agent tells Maria:\n- the price is due\n- no fee is charged',
      ['The agent tells Maria the price is due', 'no fee is charged'],
      ofAll,
    ],
    [
      'The agent tells Maria that\n- it is late\n- no fee is charged',
      ['The agent tells Maria that it is late', 'no fee is charged'],
      ofAll,
    ],
    ['- It tells Maria\n  - that it is late\n  - no fee is charged', ['It tells Maria that it is late', 'no fee is charged'], ofAll],
    ['- It is late.\nThe agent tells Maria\n- no fee is charged', ['It is late.', 'The agent tells Maria', 'no fee is charged'], ofAll],
    [
      'The agent offers a voucher instead of a refund.',
      ['The agent offers a refund instead of a voucher.'],
      changes('The agent offers a refund instead of a voucher.'),
    ],
    [
      'The agent asks for the name and then for the order.',
      ['The agent asks for the order and then for the name.'],
      changes('The agent asks for the order and then for the name.'),
    ],
    [
      'The agent refunds 30 euros to Maria and charges 5 euros to Juan.',
      ['The agent refunds 5 euros to Juan.', 'The agent charges 30 euros to Maria.'],
      changes('The agent refunds 5 euros to Juan.'),
    ],
    [
      'The agent apologises, refunds order A-1042 and cancels order B-7.',
      ['The agent apologises, refunds and cancels', 'order A-1042 order B-7'],
      changes('The agent apologises, refunds and cancels'),
    ],
    ['The agent refunds 5 €.', ['The agent refunds 5 %'], 'it changed a symbol'],
    [
      'The caller gives the number and asks for a refund.',
      ['The caller gives the number.', 'The agent asks for a refund.'],
      'it added "agent"',
    ],
    ['The caller asks the agent and waits.', ['The caller asks the agent.', 'The agent waits.'], changes('The agent waits.')],
    [
      'The agent refunds order A-1042 only if the caller has not paid yet.',
      ['The caller has not paid yet', 'The agent refunds order A-1042 only if'],
      changes('The caller has not paid yet'),
    ],
    [
      'The agent apologises or refunds the order.',
      ['The agent apologises.', 'The agent refunds the order.'],
      changes('The agent apologises.'),
    ],
  ])('%s', (outcome, split, why) => {
    expect(readSplit(outcome, split)).toBe(why)
  })
})

test('a very long split of a very long outcome takes no time to speak of', () => {
  const outcome = 'The agent refunds the order and never shouts. '.repeat(400)
  const started = performance.now()
  readSplit(
    outcome,
    Array.from({ length: 50 }, () => 'The agent refunds the order and never shouts.'),
  )
  expect(performance.now() - started).toBeLessThan(2000)
})

const verbs = ['refunds', 'cancels', 'confirms', 'sends', 'mentions']
const things = ['order A-1042', 'order B-7', 'the voucher', 'the second invoice', '30 euros', '5 euros']
const people = ['to Maria', 'to Juan', '', 'after the call', 'before it asks for a name']
const plainPart = fc
  .tuple(fc.constantFrom(...verbs), fc.constantFrom(...things), fc.constantFrom(...people))
  .map(part => part.filter(each => each !== '').join(' '))
const denial = fc.constantFrom('never asks for a card number', 'does not promise an exception', 'never says what it cost')
const outcomes = fc.tuple(
  fc.uniqueArray(plainPart, { minLength: 1, maxLength: 4 }),
  fc.option(denial),
  fc.constantFrom(', ', ' and ', '. The agent ', '.\n- The agent '),
)
const madeOf = ([parts, last, joiner]: readonly [readonly string[], string | null, string]) =>
  [...parts, ...(last === null ? [] : [last])].join(joiner)

const sentence = (part: string) => `The agent ${part}.`
const outcomeOf = (made: Parameters<typeof madeOf>[0]) => `${made[2].includes('-') ? '- ' : ''}${sentence(madeOf(made))}`

test('parts with the subject repeated are a split that keeps the outcome', () => {
  fc.assert(
    fc.property(outcomes, made => {
      const split = madeOf(made).split(made[2]).map(sentence)
      const mayBeInClause = !made[2].startsWith('.') && made[0].some(part => /after|before|mentions|confirms/.test(part))
      const read = readSplit(outcomeOf(made), split)
      const kinds = split.map((text, i) => ({ text, kind: made[1] !== null && i === split.length - 1 ? 'never' : 'happens' }))
      expect(read).toEqual(made[1] !== null && mayBeInClause ? took(split.at(-1)!) : kinds)
    }),
  )
})

/** Without what a claim may leave out. */
function bare(texts: readonly string[]): string {
  return texts.map(text => (text.match(/[^\s.,]+/g) ?? []).filter(word => !/^(?:the|a|an)$/i.test(word)).join(' ')).join(' | ')
}

test('a split that swaps, moves or leaves out a word is not used', () => {
  fc.assert(
    fc.property(outcomes, fc.constantFrom('swap', 'move', 'drop'), fc.nat(), fc.nat(), (made, way, a, b) => {
      const parts = madeOf(made).split(made[2]).map(sentence)
      const words = parts.map(part => part.split(' '))
      const [one, other] = [words[a % words.length]!, words[b % words.length]!]
      const [i, j] = [2 + (a % (one.length - 2)), 2 + (b % (other.length - 2))]
      if (way === 'drop') one.splice(i, 1)
      else if (way === 'swap') [one[i], other[j]] = [other[j]!, one[i]!]
      else other.splice(j, 0, ...one.splice(i, 1))
      const split = words.map(each => each.join(' '))
      fc.pre(bare(split) !== bare(parts))
      expect([split, typeof readSplit(outcomeOf(made), split)]).toEqual([split, 'string'])
    }),
    { numRuns: 2000 },
  )
})

test('no split takes a denial out of a clause', () => {
  const openers = ['tells Maria that ', 'says ', 'asks whether ', 'explains why ', 'promises: ', 'says "']
  fc.assert(
    fc.property(outcomes, fc.constantFrom(...openers), fc.boolean(), (made, opener, isCutThere) => {
      fc.pre(!made[2].startsWith('.'))
      const [first, ...rest] = madeOf(made).split(made[2])
      const begins = isCutThere ? [sentence(opener.trim()), sentence(first!)] : [sentence(`${opener}${first}`)]
      const read = readSplit(sentence(`${opener}${madeOf(made)}`), [...begins, ...rest.map(sentence)])
      const kinds = typeof read === 'string' ? [] : read.map(({ kind }) => kind)
      expect(kinds).not.toContain('never')
    }),
    { numRuns: 1000 },
  )
})
