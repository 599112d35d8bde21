import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compileReplyPointers } from '../../../../../src/adapters/channels/http/reply-pointers.js'
import { FaultError } from '../../../../../src/domain/fault.js'
import { noMask } from '../../../../../src/domain/mask.js'
import { Place } from '../../../../../src/domain/place.js'

const place = new Place('The agent', noMask)
const wordsAt = (reply: string, json: unknown): unknown =>
  compileReplyPointers({ type: 'http', url: 'http://agent', reply } as never, place, []).words.find(json)

describe('an item in which reply: /messages/*/text finds nothing', () => {
  test.each<[what: string, item: unknown]>([
    ['words under another key', { content: 'Your SSN is 123-45-6789.' }],
    ['no text there, but words under another key', { text: null, content: '123' }],
    ['a blank text there, but words under another key', { text: '', content: '123' }],
    ['a key that no message has', { utterance_17: '123-45-6789' }],
    ['a bare text', 'Your SSN.'],
    ['a list', [{ text: 'Your SSN.' }]],
  ])('that has %s makes the answer unreadable', (_what, item) => {
    for (const messages of [[{ text: 'Hello.' }, item], [item, { text: 'Hello.' }], [item]]) {
      expect(() => wordsAt('/messages/*/text', { messages })).toThrow(FaultError)
      expect(() => wordsAt('/messages/*/text', { messages })).toThrow(/has no words at "\/messages\/\*\/text", but texts elsewhere/)
    }
  })

  test.each<[what: string, item: unknown]>([
    ['a picture', { image: 'https://a/b.png' }],
    ['a sign that the agent types', { id: 'm1', type: 'typing', ms: 300 }],
    ['a tool', { type: 'tool_use', name: 'cancel', input: { reason: 'It was broken.' } }],
    ['a thought', { type: 'thinking', thinking: 'They want a refund.' }],
    ['a chunk without words', { index: 0, delta: { role: 'assistant' }, finish_reason: 'stop' }],
    ['null', null],
  ])('that is %s is skipped', (_what, item) => {
    expect(wordsAt('/messages/*/text', { messages: [{ text: 'Hello.' }, item] })).toEqual(['Hello.'])
  })

  test('is found however deep the lists are', () => {
    const json = { messages: [{ parts: [{ text: 'a' }] }, { parts: [{ text: 'b' }, { content: 'c' }] }] }
    expect(() => wordsAt('/messages/*/parts/*/text', json)).toThrow(FaultError)
    expect(() => wordsAt('/messages/*/parts/*/text', { messages: [{ parts: [{ text: 'a' }] }, { content: 'c' }] })).toThrow(FaultError)
  })

  test('is never lost: of any items, all words are found or the answer is unreadable', () => {
    const word = fc.string({ minLength: 1, unit: fc.constantFrom('a', '1', '-') })
    const item = fc.oneof(
      word,
      fc.dictionary(fc.constantFrom('text', 'content', 'say', 'x', 'parts'), fc.oneof(word, fc.constant(null), fc.array(word))),
    )
    fc.assert(
      fc.property(fc.array(item), messages => {
        const hasPlace = messages.every(
          each => typeof each !== 'string' && ((each['text'] ?? []).length > 0 || !/[a1-]/.test(textIn(each))),
        )
        expect(isReadable({ messages })).toBe(hasPlace)
      }),
    )
  })
})

function textIn(value: object): string {
  return Object.values(value).flat().join('')
}

function isReadable(json: unknown): boolean {
  try {
    wordsAt('/messages/*/text', json)
    return true
  } catch (error) {
    if (error instanceof FaultError) return false
    throw error
  }
}
