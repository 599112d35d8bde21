import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { eventsOfFrame } from '../../../../src/adapters/channels/framed/frames.js'
import { eventsOf } from '../../../../src/adapters/channels/reply.js'
import { noMask } from '../../../../src/domain/mask.js'
import { Place } from '../../../../src/domain/place.js'
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

test.each([[undefined], ['id: P-1'], [['P-1']], [7]])('a check on arguments that are %j is inconclusive, nor does `not` pass', args => {
  const called = (turn: number, startS: number) =>
    ({ turn, startS, endS: startS, type: 'tool_called', by: 'agent', name: 'cancel', arguments: args }) as const
  const held = transcript([caller('Hi'), called, agent('Done.')])
  const asked = { kind: 'tool_called', call: { name: 'cancel', arguments: { id: 'P-1' } } } as const
  expect(score(held, { expect: [asked] }).holds).toBe('unknown')
  expect(score(held, { expect: [{ kind: 'not', assertion: asked }] }).holds).toBe('unknown')
  expect(score(held, { expect: [{ kind: 'tool_called', call: { name: 'cancel' } }] }).holds).toBe('yes')
})
