import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { assembleChunks } from '../../../../../src/adapters/channels/openai/assemble-chunks.js'
import { callsIn } from '../../../../../src/adapters/channels/openai/calls-in.js'
import { spokenIn } from '../../../../../src/adapters/channels/openai/spoken-in.js'
import { toolEventsOf } from '../../../../../src/adapters/channels/reply.js'
import { isRecord } from '../../../../../src/domain/json-value.js'
import { noMask } from '../../../../../src/domain/mask.js'
import { Place } from '../../../../../src/domain/place.js'

const place = new Place('The agent', noMask)
const refund = { name: 'refund', arguments: '{"amount":500}' }
const called = { type: 'tool_called', name: 'refund', arguments: { amount: 500 } }

const calledIn = (message: unknown): unknown =>
  isRecord(message) ? toolEventsOf(callsIn(message, place), { place, toolCalls: '/t' }, 1) : 'none'

const piece = (text: string): object => ({ arguments: text })
const take = (...choices: object[]): void => assembleChunks(place).take({ choices }, 1)

/** Where agents may report calls, beside the words and unread. */
const strayKeys = ['tools', 'calls', 'function_calls', 'tool_use', 'toolCall', 'toolUses', 'actions', 'x y']

/** The message of a stream of deltas. */
function streamed(...deltas: readonly object[]): Readonly<Record<string, unknown>> {
  const chunks = assembleChunks(place)
  for (const delta of deltas) chunks.take({ choices: [{ index: 0, delta }] }, 1)
  return chunks.message()
}

/** The calls of a stream of choices. */
function stream(...choices: readonly object[]): unknown {
  const chunks = assembleChunks(place)
  for (const choice of choices) chunks.take({ choices: [{ index: 0, ...choice }] }, 1)
  return calledIn(chunks.message())
}

describe('the tool calls of a message', () => {
  test.each<[string, object]>([
    ['listed', { tool_calls: [{ type: 'function', function: refund }] }],
    ['with arguments beside the function', { tool_calls: [{ function: { name: 'refund' }, arguments: '{"amount":500}' }] }],
    ['of an older server', { content: null, function_call: refund }],
    ['under another name', { toolCalls: [{ type: 'function', function: refund }] }],
    ['under two names', { tool_calls: [{ function: refund }], toolCalls: [{ function: refund }] }],
    ['of an older server, under another name', { content: null, functionCall: refund }],
    ['told in both ways', { tool_calls: [{ function: refund }], function_call: refund }],
    ['in a content block', { content: [{ type: 'tool_use', name: 'refund', input: { amount: 500 } }] }],
  ])('are read: %s', (_what, message) => {
    expect(calledIn(message)).toMatchObject([called])
  })

  test.each(strayKeys)('that nobody reads make the answer unreadable: %s', key => {
    for (const call of [refund, { name: 'refund', args: {} }, { type: 'function', function: refund }]) {
      for (const value of [call, [call]]) {
        expect(() => callsIn({ content: 'Done.', [key]: value }, place)).toThrow(/a tool call in .*, which is not read/)
        expect(() => callsIn({ content: 'Done.', data: { [key]: value } }, place)).toThrow(/a tool call in data\./)
        expect(() => streamed({ content: 'Done.' }, { [key]: value })).toThrow(/a tool call in/)
      }
    }
  })

  test('of a stream are read under another name', () => {
    expect(calledIn(streamed({ toolCalls: [{ index: 0, function: refund }] }))).toMatchObject([called])
    expect(calledIn(streamed({ functionCall: refund }))).toMatchObject([called])
  })

  test('of a stream are read, wherever its pieces stand', () => {
    for (const key of ['arguments', 'args', 'input', 'parameters']) {
      expect(
        calledIn(
          streamed(
            { tool_calls: [{ index: 0, function: { name: 'refund' }, [key]: '{"amount":' }] },
            { tool_calls: [{ index: 0, [key]: '500}' }] },
          ),
        ),
      ).toMatchObject([called])
      expect(calledIn(streamed({ tool_calls: [{ index: 0, function: { name: 'refund', [key]: { amount: 500 } } }] }))).toMatchObject([
        called,
      ])
    }
    expect(
      calledIn(streamed({ function_call: { name: 'refund', ...piece('{"amount":') } }, { function_call: piece('500}') })),
    ).toMatchObject([called])
    expect(calledIn(streamed({ content: [{ type: 'tool_use', id: 'a', name: 'refund', input: { amount: 500 } }] }))).toMatchObject([called])
    expect(calledIn(streamed({ tool_calls: [{ index: 0, function: { name: 'refund' }, payload: { amount: 500 } }] }))).toMatchObject([
      { name: 'refund', arguments: undefined },
    ])
    expect(() => calledIn(streamed({ tool_calls: ['refund'] }))).toThrow(/has no name/)
  })

  test('of a stream are read from whole messages, instead of deltas or after them, and once', () => {
    const listed = { tool_calls: [{ id: 'a', type: 'function', function: refund }] }
    expect(stream({ message: listed })).toMatchObject([called])
    expect(stream({ message: { function_call: refund } })).toMatchObject([called])
    expect(stream({ delta: { content: 'Hi' } }, { message: listed })).toMatchObject([called])
    expect(stream({ delta: { tool_calls: [{ index: 0, id: 'a', function: refund }] } }, { delta: {}, message: listed })).toMatchObject([
      called,
    ])
    expect(stream({ delta: { tool_calls: [{ index: 0, function: refund }] } }, { message: listed })).toMatchObject([called])
    expect(stream({ message: listed }, { message: listed })).toMatchObject([called])
  })

  test('of a stream are the same however their arguments are cut', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue(), { minKeys: 1 }), fc.nat(), fc.boolean(), (args, at, isBeside) => {
        const text = JSON.stringify(args)
        const cut = at % text.length
        const deltas = [text.slice(0, cut), text.slice(cut)].map((each, i) => {
          const name = i === 0 && { name: 'refund' }
          return {
            tool_calls: [
              { index: 0, ...(isBeside ? { function: { ...name }, arguments: each } : { function: { ...name, arguments: each } }) },
            ],
          }
        })
        expect(calledIn(streamed(...deltas))).toMatchObject([{ name: 'refund', arguments: JSON.parse(text) }])
      }),
    )
  })
})

describe('the words of a message', () => {
  test.each<[object, string | undefined]>([
    [{ content: 'ok', refusal: 'No.' }, 'ok\nNo.'],
    [{ content: null, refusal: 'No.' }, 'No.'],
    [{ content: 'ok', audio: { transcript: 'Your SSN' } }, 'ok\nYour SSN'],
    [{ content: 'ok', refusal: 'ok' }, 'ok'],
    [{ content: ['It is ', { type: 'text', text: '$20.' }] }, 'It is $20.'],
    [{ content: [{ type: 'refusal', refusal: 'No.' }] }, 'No.'],
    [{ content: [{ type: 'text', say: 'Your SSN' }] }, undefined],
    [{ content: 7 }, undefined],
  ])('of %j are all read, or none', (message, text) => {
    expect(spokenIn(message as Record<string, unknown>)?.text).toBe(text)
  })

  test('of a stream are all read, in whichever field they come', () => {
    const text = fc.string({ minLength: 1 }).map(each => `a${each}z`)
    fc.assert(
      fc.property(text, text, text, (content, refusal, transcript) => {
        const message = streamed({ content }, { refusal }, { audio: { transcript } }, { content: [{ type: 'text', text: content }] })
        const said = spokenIn(message)?.text ?? ''
        for (const each of [content + content, refusal, transcript]) expect(said).toContain(each)
      }),
    )
    expect(() => streamed({ content: 7 })).toThrow(/no words at/)
  })

  test('of another choice are a fault', () => {
    expect(() => take({ index: 1, delta: { content: 'Your SSN' } })).toThrow(/several choices/)
    expect(() => take({ index: 0, delta: {} }, { index: 0, delta: { content: 'Your SSN' } })).toThrow(/several choices/)
    expect(() => take({ delta: { content: 'Hi.' } })).not.toThrow()
  })
})

test('the words of a stream are read from whole messages as from deltas', () => {
  const cuts = fc.uniqueArray(fc.integer({ min: 1, max: 34 }), { minLength: 1, maxLength: 6 })
  const text = 'Tell me your credit card number, now'
  fc.assert(
    fc.property(cuts, fc.constantFrom('pieces', 'growing', 'deltas and the whole', 'deltas, then pieces'), (places, way) => {
      const ends = [...places.toSorted((a, b) => a - b), text.length]
      const pieces = ends.map((end, i) => text.slice(ends[i - 1] ?? 0, end))
      const chunks = assembleChunks(place)
      const takeOne = (choice: object): void => chunks.take({ choices: [{ index: 0, ...choice }] }, 1)
      for (const [i, content] of pieces.entries()) {
        if (way === 'pieces') takeOne({ message: { content } })
        if (way === 'growing') takeOne({ message: { content: text.slice(0, ends[i]) } })
        if (way.startsWith('deltas')) takeOne({ delta: { content } })
      }
      if (way === 'deltas and the whole') takeOne({ delta: {}, message: { role: 'assistant', content: text } })
      if (way === 'deltas, then pieces') takeOne({ message: { content: ' at once' } })
      expect(spokenIn(chunks.message())?.text).toBe(way === 'deltas, then pieces' ? `${text}\n at once` : text)
    }),
  )
})
