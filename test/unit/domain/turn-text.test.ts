import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Moment } from '../../../src/domain/transcript.js'
import {
  endOfTurnMs,
  endsLikeSentence,
  messagesOf,
  readTogether,
  turnReadings,
  turnText,
  type Join,
} from '../../../src/domain/turn-text.js'

const numRuns = Number(process.env['TEXTS'] ?? 4000)
const joins: readonly Join[] = ['auto', 'none', 'space', 'newline']

/** Words with white space between, of which some is unusual. */
const words = fc.array(fc.string({ unit: fc.constantFrom(...Array.from('abéñ漢.,!?\u0301')), minLength: 1, maxLength: 6 }), {
  minLength: 2,
  maxLength: 8,
})
const blank = fc.constantFrom(' ', '\n', '\n\n', '\u00a0', '\t', '  ', '\u202f')
const text = fc.tuple(words, blank).map(([all, between]) => all.join(between))
/** Places to split a text at, as shares of its length. */
const places = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 12 })

function split(whole: string, at: readonly number[]): string[] {
  const ends = [...new Set([...at.map(share => Math.round(share * whole.length)), whole.length])]
    .filter(end => end > 0)
    .toSorted((a, b) => a - b)
  return ends.map((end, i) => whole.slice(ends[i - 1] ?? 0, end))
}

const said = (piece: string, turn = 1, by: 'agent' | 'caller' = 'agent', atS = 0): Moment => ({
  type: 'said',
  by,
  turn,
  startS: atS,
  endS: atS,
  text: piece,
})

describe('any split of a text', () => {
  test('reads as the text, if the pieces keep their white space at one edge at least', () => {
    fc.assert(
      fc.property(text, places, (whole, at) => {
        const pieces = split(whole, at)
        fc.pre(pieces.length === 1 || pieces.some(piece => piece !== piece.trim()))
        expect(turnText(pieces, 'auto')).toBe(whole)
        expect(messagesOf(pieces, 'auto')).toEqual([whole])
      }),
      { numRuns },
    )
  })

  test('is among what it may read as, and reads as the text where the suite says that pieces are glued', () => {
    fc.assert(
      fc.property(text, places, (whole, at) => {
        const pieces = split(whole, at)
        expect(turnReadings(pieces, 'auto')).toContain(whole)
        expect(turnReadings(pieces, 'none')).toEqual([whole])
      }),
      { numRuns },
    )
  })

  test('is one message of the transcript, with the beginning of the first piece and the end of the last', () => {
    fc.assert(
      fc.property(text, places, (whole, at) => {
        const pieces = split(whole, at)
        const moments = [said('Hi.', 1, 'caller'), ...pieces.map((piece, i) => said(piece, 1, 'agent', i)), said('Bye.', 2, 'caller', 99)]
        expect(readTogether(moments, 'none')).toEqual([moments[0], { ...said(whole), endS: pieces.length - 1 }, moments.at(-1)])
      }),
      { numRuns },
    )
  })
})

test('whole messages stay apart, and are read with a blank between', () => {
  const moments = [said('One.'), said('Two.'), said('Three.', 2)]
  expect(readTogether(moments, 'auto')).toBe(moments)
  expect(turnText(['One.', 'Two.'], 'auto')).toBe('One. Two.')
  expect(turnReadings(['One.', 'Two.'], 'auto')).toEqual(['One. Two.', 'One.Two.'])
  expect(turnReadings(['One. ', 'Two.'], 'auto')).toEqual(['One. Two.', 'One.  Two.'])
})

test('pieces on both sides of a tool call are two messages of one turn, and other turns keep theirs', () => {
  const called: Moment = { type: 'tool_called', by: 'agent', turn: 1, startS: 0, endS: 0, name: 'look_up' }
  const moments = [said('Let '), said('me '), called, said('see'), said('.'), said('Then', 2), said('that.', 2)]
  expect(readTogether(moments, 'auto').map(moment => (moment.type === 'said' ? moment.text : moment.type))).toEqual([
    'Let me ',
    'tool_called',
    'see.',
    'Then',
    'that.',
  ])
})

test('reading what was read together changes nothing, however it is joined', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.string({ maxLength: 6 }), fc.nat(3))), fc.constantFrom(...joins), (pieces, join) => {
      const moments = pieces.toSorted(([, a], [, b]) => a - b).map(([piece, turn]) => said(piece, turn))
      const once = readTogether(moments, join)
      expect(readTogether(once, join)).toEqual(once)
    }),
    { numRuns },
  )
})

describe('a message ends like a sentence', () => {
  test.each(['Done.', 'Really?!', 'One moment…', '“Done.”', '(Done.)', '**Done.**', 'Done. ', 'そうです。', 'क्या।', 'Done."\n'])(
    '%s',
    ending => {
      expect(endsLikeSentence(ending)).toBe(true)
      expect(endOfTurnMs({ join: 'auto', endOfTurn: 'auto' }, ending)).toBe(150)
    },
  )
  test.each(['Sure', 'Your options are:', 'the', '', ' ', 'a, b,', '3'])('or not: %s', ending => {
    expect(endsLikeSentence(ending)).toBe(false)
    expect(endOfTurnMs({ join: 'auto', endOfTurn: 'auto' }, ending)).toBe(400)
  })
  test('which does not matter where the suite says how long to wait', () => {
    expect(endOfTurnMs({ join: 'auto', endOfTurn: 0 }, 'the')).toBe(0)
  })
})
