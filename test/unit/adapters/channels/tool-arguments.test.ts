import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventsOfFrame } from '../../../../src/adapters/channels/framed/frames.js'
import { eventsOf } from '../../../../src/adapters/channels/reply.js'
import { noMask } from '../../../../src/domain/mask.js'
import { Place } from '../../../../src/domain/place.js'
import { answerMcp, type McpUse } from '../../../../src/adapters/tools/mcp.js'
import type { AgentEvent } from '../../../../src/ports/channel.js'
import { agent, caller, score, transcript } from '../../pipeline/score/conversations.js'

const place = new Place('The agent', noMask)

/** A call, as each channel carries it. */
const channels: Readonly<Record<string, (call: object) => AgentEvent[]>> = {
  'a frame': call => eventsOfFrame(JSON.stringify({ role: 'Function Call', data: call }), place, 1),
  'a reply': call =>
    eventsOf({ words: [], toolCalls: [call], ended: false, metadata: undefined }, ['Done.'], { place, toolCalls: '/t' }, 1),
  'a function in a reply': call =>
    eventsOf(
      { words: [], toolCalls: [{ id: 'c', type: 'function', function: call }], ended: false, metadata: undefined },
      ['Done.'],
      { place, toolCalls: '/t' },
      1,
    ),
}

const argument = fc.dictionary(fc.stringMatching(/^[a-z_]{1,8}$/), fc.jsonValue({ maxDepth: 2 }), { minKeys: 1 })

describe.each(Object.entries(channels))('in %s', (_channel, eventsOfCall) => {
  const argumentsIn = (call: object): unknown => {
    const [called] = eventsOfCall(call)
    return called?.type === 'tool_called' ? called.arguments : 'no call'
  }

  test('arguments are read under each of their names, also as JSON text', () => {
    const name = fc.constantFrom('arguments', 'args', 'input', 'parameters')
    fc.assert(
      fc.property(argument, name, fc.boolean(), (given, key, isText) => {
        const plain = JSON.parse(JSON.stringify(given)) as object
        expect(argumentsIn({ name: 'cancel', [key]: isText ? JSON.stringify(plain) : plain })).toEqual(plain)
      }),
    )
  })

  test('under another name, or two that contradict each other, they cannot be read; none are none', () => {
    fc.assert(
      fc.property(argument, fc.constantFrom('payload', 'kwargs', 'data', 'body'), (given, key) => {
        expect(argumentsIn({ name: 'cancel', [key]: given })).toBeUndefined()
      }),
    )
    expect(argumentsIn({ name: 'cancel', args: { id: 1 }, input: { id: 2 } })).toBeUndefined()
    expect(argumentsIn({ name: 'cancel', arguments: {}, args: { id: 2 } })).toEqual({ id: 2 })
    expect(argumentsIn({ name: 'cancel', id: 'c1', arguments: '' })).toEqual({})
    expect(argumentsIn({ name: 'cancel', type: 'tool_use' })).toEqual({})
  })
})

const argumentKey = fc.constantFrom('arguments', 'args', 'input', 'parameters')
const read = (frame: object): AgentEvent[] => eventsOfFrame(JSON.stringify(frame), place, 1)
const inFrame = (frame: object): AgentEvent[] => read({ role: 'Function Call', ...frame })
const inReply = (call: object): AgentEvent[] =>
  eventsOf({ words: [], toolCalls: [call], ended: false, metadata: undefined }, ['Done.'], { place, toolCalls: '/t' }, 1)

/** Where servers put arguments, other than beside the name. */
const elsewhere: Readonly<Record<string, (key: string, value: unknown) => AgentEvent[]>> = {
  'beside the function': (key, value) => inReply({ function: { name: 'refund' }, [key]: value }),
  'beside the function, named twice': (key, value) => inReply({ name: 'refund', function: { name: 'refund' }, [key]: value }),
  'in the function, the name beside it': (key, value) => inReply({ name: 'refund', function: { [key]: value } }),
  'beside data': (key, value) => inFrame({ data: { id: '1', name: 'refund' }, [key]: value }),
  'in the function in data': (key, value) => inFrame({ data: { name: 'refund', function: { [key]: value } } }),
  'in the content': (key, value) => inFrame({ data: { name: 'refund' }, content: JSON.stringify({ name: 'refund', [key]: value }) }),
}

describe.each(Object.entries(elsewhere))('arguments %s', (_where, eventsWith) => {
  const argumentsWith = (key: string, value: unknown): unknown =>
    eventsWith(key, value).flatMap(event => (event.type === 'tool_called' ? [event.arguments] : []))

  test('are read, also as JSON text; under another name they cannot be', () => {
    fc.assert(
      fc.property(argument, argumentKey, fc.boolean(), (given, key, isText) => {
        const plain = JSON.parse(JSON.stringify(given)) as object
        expect(argumentsWith(key, isText ? JSON.stringify(plain) : plain)).toEqual([plain])
        expect(argumentsWith('payload', plain)).toEqual([undefined])
      }),
    )
  })
})

const calledWith = (events: AgentEvent[]): unknown => events.find(({ type }) => type === 'tool_called')

test('arguments in two places that contradict each other cannot be read', () => {
  const unreadable = expect.objectContaining({ name: 'refund', arguments: undefined })
  expect(calledWith(inReply({ function: { name: 'refund', arguments: { a: 1 } }, arguments: { a: 2 } }))).toEqual(unreadable)
  expect(calledWith(inFrame({ data: { name: 'refund', arguments: { a: 1 } }, content: '{"a":2}' }))).toEqual(unreadable)
  expect(calledWith(inFrame({ data: { name: 'refund' }, content: 'refund(500)' }))).toEqual(unreadable)
})

test('the content of a frame that calls is the call once more, or words that are said', () => {
  const data = { name: 'refund', arguments: { amount: 500 } }
  const called = { type: 'tool_called', name: 'refund', arguments: { amount: 500 }, atS: 1 }
  for (const content of [null, '', ' ', 'refund', '{"amount":500}', 'refund({"amount":500})', 'refund(amount=500)']) {
    expect(inFrame({ data, content })).toEqual([called])
  }
  for (const content of ['Your SSN is 123', 'cancel({"amount":500})', '[1]']) {
    expect(inFrame({ data, content })).toEqual([{ type: 'said', text: content, startS: 1, endS: 1 }, called])
  }
  expect(inFrame({ data: { name: 'refund' }, content: '{"amount":500}' })).toEqual([called])
  expect(inFrame({ data: { name: 'noop' }, turn: 1, session: 's' })).toEqual([{ ...called, name: 'noop', arguments: {} }])
})

test('calls beside words in a frame are read', () => {
  const call = { name: 'refund', arguments: { amount: 500 } }
  const called = { type: 'tool_called', name: 'refund', arguments: { amount: 500 }, atS: 1 }
  const said = { type: 'said', text: 'ok.', startS: 1, endS: 1 }
  expect(read({ content: 'ok.', tool_calls: [{ type: 'function', function: call }] })).toEqual([called, said])
  expect(read({ content: 'ok.', function_call: call })).toEqual([called, said])
  expect(read({ content: 'ok.', tool_calls: [], function_call: null })).toEqual([said])
  expect(read({ content: 'ok.', tool_calls: ['refund'] })).toMatchObject([{ type: 'broke', fault: { code: 'bad_frame' } }])
})

test('words under a key that is not read are a fault, unless they are the content once more', () => {
  expect(read({ metadata: {}, text: 'Your SSN' })).toMatchObject([
    { type: 'broke', fault: { message: expect.stringMatching(/words in text, which is not read/) } },
  ])
  expect(read({ content: 'Hi.', message: 'Your SSN' })).toMatchObject([{ type: 'broke' }])
  expect(read({ content: 'Hi.', text: 'Hi.', message: null })).toEqual([{ type: 'said', text: 'Hi.', startS: 1, endS: 1 }])
})

test('a call that names a tool is read whatever its type; one that names two is a fault', () => {
  expect(inReply({ type: 'text', name: 'refund', input: { a: 1 } })[0]).toMatchObject({ name: 'refund', arguments: { a: 1 } })
  expect(inReply({ type: 'function', function: 'refund', arguments: { a: 1 } })[0]).toMatchObject({ name: 'refund', arguments: { a: 1 } })
  expect(() => inReply({ type: 'function', function: 'refund', name: 'noop' })).toThrow(/names two tools/)
  expect(() => inReply({ name: 'noop', function: { name: 'refund' } })).toThrow(/names two tools/)
})

test.each(['arguments', 'args', 'input', 'parameters'])('a call over MCP has its arguments in %s', async key => {
  const asked: unknown[] = []
  const use: McpUse = {
    tools: [],
    call: async (_name, args) => {
      asked.push(args)
      return { result: null, isError: false, isUnmatched: false }
    },
  }
  const call = (params: object) => answerMcp({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'refund', ...params } }, use)
  await call({ [key]: { amount: 500 }, _meta: { progressToken: 1 } })
  await call({ _meta: { progressToken: 1 } })
  await call({ payload: { amount: 500 } })
  expect(asked).toEqual([{ amount: 500 }, {}, undefined])
})

test.each([[undefined], ['id: P-1'], [['P-1']], [7]])('a check on arguments that are %j is inconclusive, nor does `not` pass', args => {
  const called = (turn: number, startS: number) =>
    ({ turn, startS, endS: startS, type: 'tool_called', by: 'agent', name: 'cancel', arguments: args }) as const
  const held = transcript([caller('Hi'), called, agent('Done.')])
  const asked = { kind: 'tool_called', call: { name: 'cancel', arguments: { id: 'P-1' } } } as const
  expect(score(held, { expect: [asked] }).holds).toBe('unknown')
  expect(score(held, { expect: [{ kind: 'not', assertion: asked }] }).holds).toBe('unknown')
  expect(score(held, { expect: [{ kind: 'tool_called', call: { name: 'cancel' } }] }).holds).toBe('yes')
})
