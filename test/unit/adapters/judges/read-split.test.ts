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
        ['Afterwards the agent must verify.', 'happens'],
        ['The agent must not promise a refund.', 'never'],
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

describe('a split that does not is not used', () => {
  test.each<[string, string, string[], string]>([
    ['a single letter', refund, ['A'], 'it has no claim of three words or more'],
    ['nothing', refund, [], 'it has no claim of three words or more'],
    ['blanks', refund, ['', '  \n'], 'it has no claim of three words or more'],
    ['a part lost', refund, ['The agent never asks for a card number.', 'The agent apologises and apologises.'], 'it lost "refunds"'],
    ['only the denial kept', refund, ['The agent never asks for a card number.'], 'it lost "agent"'],
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

  test('a denial that takes the next part with it, behind a comma, has to happen', () => {
    const outcome = 'The agent never asks for a card number, refunds the order and apologises.'
    expect(
      readSplit(outcome, ['The agent never asks for a card number refunds the order.', 'The agent apologises and apologises.']),
    ).toEqual([
      { text: 'The agent never asks for a card number refunds the order.', kind: 'happens' },
      { text: 'The agent apologises and apologises.', kind: 'happens' },
    ])
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
