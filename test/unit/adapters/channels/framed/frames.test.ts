import { Place } from '../../../../../src/domain/place.js'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createFrameReader, endFrame, eventsOfFrame, frameOf } from '../../../../../src/adapters/channels/framed/frames.js'

const events = (frame: unknown): unknown[] => eventsOfFrame(JSON.stringify(frame), new Place('The agent'), 1.5)
const call = (data: object): unknown[] => events({ role: 'Function Call', data: { name: 'f', ...data } })
const result = (data: object): unknown[] => events({ role: 'Function Call Result', data })

/** A role, its words kept apart in another way. */
const spelled = (role: string): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom(' ', '_', '-', '', '  ', '.'), fc.constantFrom('lower', 'upper', 'camel', 'as it is'), fc.constantFrom('', ' '))
    .map(([separator, letters, end]) => {
      if (separator === '') return role.replaceAll(' ', '') + end
      const text = role.replaceAll(' ', separator) + end
      return letters === 'lower' ? text.toLowerCase() : letters === 'upper' ? text.toUpperCase() : text
    })

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

  test.each([
    { content: 'All is well.', error: 'backend down' },
    { content: 'All is well.', errors: [{ message: 'backend down' }] },
  ])('with an error beside its words is no answer: %j', frame => {
    expect(events(frame).at(-1)).toMatchObject({
      type: 'broke',
      fault: { code: 'cut_off', message: expect.stringContaining('backend down') },
    })
  })

  test.each([{ error: null }, { error: '' }, { errors: [] }, { error: { code: 0 } }])('with %j beside its words is an answer', beside => {
    expect(events({ content: 'Fine.', ...beside })).toMatchObject([{ type: 'said', text: 'Fine.' }])
  })

  test('of a tool may report an error of the tool', () => {
    expect(events({ role: 'Function Call Result', error: 'no such id', data: { id: '1', result: 'no such id' } })).toMatchObject([
      { type: 'tool_returned' },
    ])
  })

  test('with a call that nobody reads beside its words is a fault that says where', () => {
    const called = fc.constantFrom<object[]>(
      { name: 'f', arguments: {} },
      { name: 'f', args: '{}' },
      { tool_name: 'f' },
      { type: 'tool_use', name: 'f' },
      { type: 'function', function: { name: 'f', arguments: '{}' } },
    )
    const place = fc.constantFrom('tools', 'calls', 'function_calls', 'tool_use', 'toolCall', 'data', 'actions', 'steps', 'x y')
    const words = fc.constantFrom<object[]>(
      { content: 'Done.' },
      { content: 'Done.', role: 'assistant' },
      { role: 'thinking', content: 'x' },
    )
    fc.assert(
      fc.property(
        words,
        place,
        fc.constantFrom('tool_calls', 'events', undefined),
        called,
        fc.boolean(),
        (frame, key, within, one, isListed) => {
          const value = isListed ? [one] : one
          // A call in data is read.
          fc.pre(key !== 'data' || within !== undefined)
          const heard = events({ ...frame, [key]: within === undefined ? value : { [within]: value } })
          expect(heard).toMatchObject([{ type: 'broke', fault: { code: 'bad_frame', message: expect.stringContaining('a tool call in') } }])
        },
      ),
    )
  })

  test.each([
    [{ content: 'Done.', tool_name: 'f', tool_args: { a: 1 } }],
    [{ content: 'Done.', tool: 'f' }],
    [{ content: 'Done.', toolCall: 'f' }],
    [{ content: 'Done.', tools: ['f'] }],
    [{ content: 'Done.', function: { name: 'f', arguments: '{}' } }],
    [{ role: 'Function Call', data: { name: 'g', arguments: {} }, tool_calls: [{ name: 'f', arguments: {} }] }],
    [{ role: 'tool', data: { id: '1', result: {} }, tools: [{ name: 'f', arguments: {} }] }],
  ])('%j is a fault: its call would be lost', frame => {
    expect(events(frame)).toMatchObject([{ type: 'broke', fault: { code: 'bad_frame' } }])
  })

  test.each([
    [{ content: 'Hi', call_id: 'c1', tool_call_id: '7', tools: [], usage: { tool_calls: 0 }, name: 'Ann' }, ['said']],
    [{ role: 'tool', tool: 'f', tool_call_id: '7', content: '{"name":"f","arguments":{}}' }, ['tool_returned']],
    [{ role: 'Function Call', data: { name: 'f', arguments: { tools: [{ name: 'g', arguments: {} }] } } }, ['tool_called']],
  ])('%j reports no call but those that are read', (frame, types) => {
    expect(events(frame)).toMatchObject(types.map(type => ({ type })))
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

  const callRoles = ['Function Call', 'Tool Call', 'tool', 'function', 'Function Call Result', 'assistant', 'agent', 'action', 'Handler']

  test('calls a tool whatever its role is called, and wherever in it the call stands', () => {
    const held = fc.record({
      name: fc.constantFrom('refund', 'cancel_order'),
      arguments: fc.dictionary(fc.constantFrom('a', 'b'), fc.nat(9)),
    })
    const wrap = fc.constantFrom<((data: object) => object)[]>(
      data => ({ data }),
      data => ({ data, content: 'One moment.' }),
      data => data,
      data => ({ ...data, content: 'One moment.' }),
      data => ({ data: { function: data } }),
    )
    fc.assert(
      fc.property(fc.option(fc.constantFrom(...callRoles).chain(spelled), { nil: undefined }), held, wrap, (role, data, wrapped) => {
        const heard = events({ ...(role !== undefined && { role }), ...wrapped(data) })
        expect(heard.filter(event => (event as { type: string }).type !== 'said')).toMatchObject([
          { type: 'tool_called', name: data.name, arguments: data.arguments },
        ])
      }),
    )
  })

  test('never loses data, metadata or a hang-up over a role that it does not know, silently', () => {
    const data = fc.constantFrom({ action: 'refund' }, { name: 'refund' }, 'refund', [1])
    fc.assert(
      fc.property(fc.constantFrom('action', 'Handler', 'x', 'tööl').chain(spelled), data, (role, given) => {
        expect(events({ role, content: 'Done.', data: given })).toMatchObject([{ type: 'broke', fault: { code: 'bad_frame' } }])
      }),
    )
    const both = { metadata: { a: 1 }, type: 'end_call' }
    expect(events({ role: 'function_call', data: { name: 'f' }, ...both })).toMatchObject([
      { type: 'metadata' },
      { type: 'tool_called', name: 'f' },
      { type: 'ended', afterWords: false },
    ])
    expect(events({ role: 'tool', tool_call_id: '1', name: 'f', content: '{"ok":true}' })).toEqual([
      { type: 'tool_returned', id: '1', name: 'f', result: { ok: true }, atS: 1.5 },
    ])
    expect(events({ role: 'Function Call Result', data: { result: 'ok' }, content: 'Done.' })).toMatchObject([
      { type: 'tool_returned', result: 'ok' },
      { type: 'said', text: 'Done.' },
    ])
  })

  test('is the agent’s only if its role is: what it thinks is not said, and an echo of the caller is not its own', () => {
    expect(events({ role: 'agent_thinking', content: 'They want a refund.' })).toEqual([
      { type: 'thought', text: 'They want a refund.', atS: 1.5 },
    ])
    for (const role of ['user', 'USER', 'Testing Agent', 'system']) {
      expect(events({ role, content: 'Hi' })).toMatchObject([{ type: 'broke', fault: { code: 'bad_frame' } }])
    }
    for (const role of ['Main Agent', 'assistant', 'Receptionist', '', null, 7])
      expect(events({ role, content: 'Hi' })).toMatchObject([{ type: 'said' }])
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
