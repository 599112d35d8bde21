import { expect, test } from 'vitest'
import type { Moment } from '../../../../src/domain/transcript.js'
import { conversationLines } from '../../../../src/view/model/conversation-lines.js'
import { firstDifference } from '../../../../src/view/model/first-difference.js'
import { indentedJson } from '../../../../src/view/model/indented-json.js'

const said = (by: 'agent' | 'caller', turn: number, startS: number, text: string): Moment => ({
  type: 'said',
  by,
  turn,
  startS,
  endS: startS,
  text,
})
const linesOf = (...moments: Moment[]) => conversationLines({ moments }, 'auto')
const called = (id: string | undefined, name: string): Moment => ({
  type: 'tool_called',
  by: 'agent',
  turn: 1,
  startS: 2,
  endS: 2,
  ...(id && { id }),
  name,
  arguments: { a: 1 },
})
const returned = (id: string | undefined, name: string | undefined, result: string): Moment => ({
  type: 'tool_returned',
  by: 'agent',
  turn: 1,
  startS: 3,
  endS: 3,
  ...(id && { id }),
  ...(name && { name }),
  result,
})

test('a tool call and its result are one line, by their id or by their order', () => {
  const lines = conversationLines(
    {
      moments: [called('1', 'a'), called('2', 'b'), returned('2', 'b', 'B'), returned('1', undefined, 'A'), returned('9', 'c', 'C')],
    },
    'auto',
  )
  expect(lines.map(line => (line.kind === 'tool' ? [line.name, line.sent, line.got] : line.kind))).toEqual([
    ['a', '{"a":1}', '"A"'],
    ['b', '{"a":1}', '"B"'],
    ['c', undefined, '"C"'],
  ])
})

test('the first words of a reply tell how long the caller waited for it', () => {
  const lines = conversationLines(
    { moments: [said('caller', 1, 0, 'Hi.'), said('agent', 1, 1.25, 'One moment.'), said('agent', 1, 3, 'Yes?')] },
    'none',
  )
  expect(lines).toMatchObject([{ by: 'caller' }, { by: 'agent', afterMs: 1250, text: 'One moment.Yes?' }])
})

test('the first turn in which the agent differs', () => {
  const a = linesOf(said('caller', 1, 0, 'Hi.'), said('agent', 1, 1, 'Yes?'), said('agent', 2, 2, 'Bye.'))
  const b = linesOf(said('caller', 1, 0, 'Hello.'), said('agent', 1, 5, 'Yes?'), said('agent', 2, 6, 'Good-bye.'))
  expect(firstDifference(a, b)).toBe(2)
  expect(firstDifference(a, a)).toBeUndefined()
  expect(firstDifference(a, a.slice(0, 2))).toBe(2)
})

test('JSON is indented unless that would lose something', () => {
  expect(indentedJson('{"a":1}')).toBe('{\n  "a": 1\n}')
  expect(indentedJson('{"a":1.0,"big":12345678901234567890}')).toBe('{"a":1.0,"big":12345678901234567890}')
  expect(indentedJson('not JSON')).toBe('not JSON')
})
