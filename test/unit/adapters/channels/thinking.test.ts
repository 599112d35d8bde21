import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileReply } from '../../../../src/adapters/channels/http/compile-reply.js'
import { Place } from '../../../../src/domain/place.js'
import { FirstWords, thoughtsAmong, withoutThinking } from '../../../../src/adapters/channels/thinking.js'

test.each<[text: string, said: string, thoughts: readonly string[]]>([
  ['It is done.', 'It is done.', []],
  ['<think>Is it done?</think>\n\nIt is done.', 'It is done.', ['Is it done?']],
  ['It was thought, so\n</think>\nIt is done.', 'It is done.', ['It was thought, so']],
  ['It is <think>hm</think>done.<think>ok</think>', 'It is done.', ['hm', 'ok']],
  ['<think>It is cancelled', '', ['It is cancelled']],
  ['<think>\n\n</think>It is done.', 'It is done.', []],
  ['2 < 3, </p> and <thinker>', '2 < 3, </p> and <thinker>', []],
])('%j says %j', (text, said, thoughts) => {
  expect(withoutThinking(text)).toEqual({ text: said, thoughts })
})

test('thoughts among content blocks', () => {
  const blocks = [
    { type: 'thinking', thinking: 'Hm.', signature: 'x' },
    { type: 'redacted_thinking', data: 'x' },
    { type: 'text', text: 'Yes.' },
    { type: 'reasoning', text: 'So.' },
  ]
  expect(thoughtsAmong(blocks)).toEqual(['Hm.', 'So.'])
  expect(thoughtsAmong('Yes.')).toEqual([])
})

test('however a text comes in pieces, its first words are those that are not thought', () => {
  const part = fc.constantFrom('<think>', '</think>', ' ', '\n', 'a', '<', 'thin', 'k>')
  fc.assert(
    fc.property(fc.array(part, { maxLength: 8 }), fc.array(fc.nat(4), { minLength: 1 }), (parts, cuts) => {
      const text = `<think>${parts.join('').replaceAll('</think>', '')}</think>${parts.join('').replaceAll(/<\/?think>/g, '')}`
      const whole = new FirstWords()
      const pieces: string[] = []
      for (let at = 0, i = 0; at < text.length; i += 1) {
        const length = (cuts[i % cuts.length] ?? 0) + 1
        pieces.push(text.slice(at, at + length))
        at += length
      }
      const first = new FirstWords()
      const began = pieces.map(piece => first.take(piece)).includes(true)
      expect(began).toBe(whole.take(text))
    }),
  )
})

test('an http agent that answers in content blocks thinks apart from its words', () => {
  const connection = { type: 'http', url: 'http://127.0.0.1/', reply: '/content' } as const
  const { read } = compileReply(connection, new Place('The agent'), [])()
  const content = [
    { type: 'thinking', thinking: 'It is cancelled, I think.' },
    { type: 'text', text: 'One moment.' },
  ]
  expect(read({ content }, {}, 1).events).toEqual([
    { type: 'thought', text: 'It is cancelled, I think.', atS: 1 },
    { type: 'said', text: 'One moment.', startS: 1, endS: 1 },
    { type: 'yielded' },
  ])
})
