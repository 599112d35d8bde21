import { Place } from '../../../../../src/domain/place.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFrameReader, endFrame, eventsOfFrame, frameOf } from '../../../../../src/adapters/channels/framed/frames.js'

const events = (frame: unknown): unknown[] => eventsOfFrame(JSON.stringify(frame), new Place('The agent'), 1.5)
const call = (data: object): unknown[] => events({ role: 'Function Call', data: { name: 'f', ...data } })
const result = (data: object): unknown[] => events({ role: 'Function Call Result', data })

describe('a frame', () => {
  test('of any JSON is events or one fault, and never an exception', () => {
    fc.assert(
      fc.property(fc.jsonValue(), frame => {
        const heard = eventsOfFrame(JSON.stringify(frame), new Place('The agent'), 0)
        expect(heard.length).toBeGreaterThan(0)
        const isFault = typeof frame !== 'object' || frame === null || Array.isArray(frame)
        expect(heard.some(event => event.type === 'broke')).toBe(
          isFault || !['content', 'metadata', 'role', 'type'].some(key => key in frame),
        )
      }),
    )
  })

  test('of any text is a fault with a message of one line', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 300 }), text => {
        // `.` is any character but a line's end.
        const message = expect.stringMatching(/^.+$/)
        expect(eventsOfFrame(`<${text}`, new Place('The agent'), 0)).toEqual([
          { type: 'broke', fault: { by: 'agent', code: 'not_json', message } },
        ])
      }),
    )
  })

  test.each([
    [{ content: 'Hi' }, ['said']],
    [{ content: 'Hi', metadata: { a: 1 } }, ['metadata', 'said']],
    [{ content: '', metadata: { a: 1 } }, ['metadata']],
    [{ content: null, metadata: { a: 1 } }, ['metadata']],
    [{ content: 'Bye', type: 'end_call' }, ['said', 'ended']],
    [{ content: '', type: 'end_call' }, ['ended']],
    [{ type: 'end_call', metadata: {} }, ['metadata', 'ended']],
    [{ role: 'Main Agent', content: 'Hi' }, ['said']],
    [{ content: ' \n' }, ['broke']],
  ])('%j is %j', (frame, types) => {
    expect(events(frame)).toMatchObject(types.map(type => ({ type })))
  })

  test('may give arguments and results as JSON in a string, as JSON, as other text, or not at all', () => {
    expect(call({ id: 7, arguments: '{"a":1}' })).toEqual([{ type: 'tool_called', id: '7', name: 'f', arguments: { a: 1 }, atS: 1.5 }])
    expect(call({ arguments: { a: 1 } })).toEqual([{ type: 'tool_called', name: 'f', arguments: { a: 1 }, atS: 1.5 }])
    expect(call({ arguments: 'a=1' })).toMatchObject([{ arguments: 'a=1' }])
    expect(call({})).toMatchObject([{ arguments: {} }])
    expect(result({ id: 'x', name: 'f', result: '[1]' })).toEqual([{ type: 'tool_returned', id: 'x', name: 'f', result: [1], atS: 1.5 }])
    expect(result({ result: null })).toEqual([{ type: 'tool_returned', result: null, atS: 1.5 }])
  })

  test('of ours carries any text', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(0xffff)), units => {
        const text = String.fromCharCode(...units)
        expect(JSON.parse(frameOf({ type: 'text', text }))).toEqual({ content: text })
        expect(JSON.parse(endFrame(text))).toEqual({ content: text, type: 'end_call' })
        expect(frameOf({ type: 'text', text })).not.toContain('\n')
      }),
    )
  })
})

test('white space alone is a piece of the words that follow', () => {
  const { read } = createFrameReader(new Place('The agent'))
  const saidIn = (frame: unknown): unknown => read(JSON.stringify(frame), 1).map(event => ('text' in event ? event.text : event.type))
  expect(saidIn({ content: 'Sure.' })).toEqual(['Sure.'])
  expect(saidIn({ content: '\n\n' })).toEqual([])
  expect(saidIn({ content: ' ' })).toEqual([])
  expect(saidIn({ role: 'Function Call', data: { name: 'look_up' } })).toEqual(['tool_called'])
  expect(saidIn({ content: 'Tell' })).toEqual(['\n\n Tell'])
  expect(saidIn({ content: 'me' })).toEqual(['me'])
  expect(saidIn({ content: '' })).toEqual(['broke'])
})
