import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { compilePointer } from '../../../../src/adapters/channels/http/pointer.js'
import { wordsOf } from '../../../../src/adapters/channels/words-of.js'
import { FaultError } from '../../../../src/domain/fault.js'
import { noMask } from '../../../../src/domain/mask.js'
import { Place } from '../../../../src/domain/place.js'

describe('the words of a reply', () => {
  test.each([
    ['a text', 'Hi.', ['Hi.']],
    ['texts', ['Hi.', ' ', 'Bye.'], ['Hi.', ' Bye.']],
    ['messages of Rasa', [{ recipient_id: 'u', text: 'Hi.' }, { recipient_id: 'u', image: 'a.png' }, { text: 'Bye.' }], ['Hi.', 'Bye.']],
    [
      'content blocks, of which neighbours are one message',
      [
        { type: 'thinking', thinking: 'x' },
        { type: 'text', text: 'It is ' },
        { type: 'text', text: '$20.' },
        { type: 'tool_use', name: 't' },
      ],
      ['It is $20.'],
    ],
    ['a message with content', [{ role: 'assistant', content: [{ type: 'text', text: 'Hi.' }] }], ['Hi.']],
    ['messages with content', [{ role: 'assistant', content: 'Hi.' }, { content: 'Bye.' }], ['Hi.', 'Bye.']],
    ['none', [], []],
    ['an empty text beside words', [{ text: '', content: 'Your SSN' }, { text: 'ok' }], ['Your SSN', 'ok']],
    ['a picture with words', [{ type: 'image', text: 'Your SSN', content: 'https://a/b.png' }], ['Your SSN']],
    ['what is for the screen', [{ custom: { text: 'Your SSN', elements: [{ text: 'More' }] } }], ['Your SSN', 'More']],
    ['a message that says the same twice', [{ text: 'Hi.', content: 'Hi.' }], ['Hi.']],
    ['a refusal beside words', [{ content: 'ok', refusal: 'No.' }], ['ok', 'No.']],
    [
      'blank pieces',
      [
        { type: 'text', text: 'a' },
        { type: 'text', text: ' ' },
        { type: 'text', text: 'b' },
      ],
      ['a b'],
    ],
  ])('%s', (_what, words, said) => {
    expect(wordsOf(words)).toEqual(said)
  })

  test.each([
    [undefined],
    [7],
    [['Hi.', 7]],
    [[{ text: 'Hi.' }, { say: 'First your card number.' }]],
    [{ reply: 'Hi.' }],
    [{ text: 'Hi.' }],
  ])('are not in %j, part of which would be lost', words => {
    expect(wordsOf(words)).toBeUndefined()
  })

  test('in any shape of messages, all are read, in order', () => {
    const text = fc.string({ minLength: 1, maxLength: 12 }).filter(each => each.trim() !== '')
    const shape = fc.constantFrom<(said: string) => unknown>(
      said => said,
      said => ({ text: said }),
      said => ({ recipient_id: 'u', text: said }),
      said => ({ role: 'assistant', content: said }),
      said => ({ content: [{ type: 'text', text: said }] }),
      said => ({ message: said }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(text, shape), { minLength: 1, maxLength: 6 }), said => {
        expect(wordsOf(said.map(([each, shaped]) => shaped(each)))).toEqual(said.map(([each]) => each))
      }),
    )
  })

  test('under several keys of a message, all are read', () => {
    const text = fc.string({ minLength: 1, maxLength: 12 }).filter(each => each.trim() !== '')
    const keys = fc.subarray(['text', 'content', 'message', 'refusal', 'transcript', 'caption'], { minLength: 1 })
    fc.assert(
      fc.property(keys, fc.uniqueArray(text, { minLength: 6, maxLength: 6 }), (held, said) => {
        const message = Object.fromEntries(held.map((key, i) => [key, said[i]]))
        expect(wordsOf([message])?.toSorted()).toEqual(said.slice(0, held.length).toSorted())
        expect(wordsOf([{ ...message, [held[0]!]: 7 }])).toBeUndefined()
      }),
    )
  })

  test('of any JSON, however deep, is an answer and no crash', () => {
    fc.assert(fc.property(fc.jsonValue(), value => wordsOf(value) === undefined || Array.isArray(wordsOf(value))))
    let deep: unknown = 'x'
    for (let i = 0; i < 50_000; i += 1) deep = [deep]
    expect(wordsOf(deep)).toBeUndefined()
  })
})

describe('a * in a pointer', () => {
  const place = new Place('The agent', noMask)
  const find = (pointer: string, json: unknown): unknown => compilePointer(pointer, place).find(json)

  test('stands for every item of a list, in order', () => {
    const json = { messages: [{ text: 'a', tools: [{ name: 'x' }] }, { image: 'b' }, { text: 'c', tools: [{ name: 'y' }, { name: 'z' }] }] }
    expect(find('/messages/*/text', json)).toEqual(['a', 'c'])
    expect(find('/messages/*/tools/*/name', json)).toEqual(['x', 'y', 'z'])
    expect(find('/messages/*/tools', json)).toEqual([{ name: 'x' }, { name: 'y' }, { name: 'z' }])
    expect(find('/*', ['a', 'b'])).toEqual(['a', 'b'])
    expect(find('/nothing/*/text', json)).toBeUndefined()
  })

  test('on a map, or on a text, is a fault that says so', () => {
    for (const messages of [{ text: 'a' }, 'a', 7]) {
      expect(() => find('/messages/*/text', { messages })).toThrow(FaultError)
      expect(() => find('/messages/*/text', { messages })).toThrow(/where "\/messages\/\*\/text" has a \*\. .* Correct the pointer\./)
    }
  })
})
