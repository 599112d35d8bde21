import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countWordsLeftOut } from '../../../../src/adapters/channels/words-left-out.js'
import { wordsOf } from '../../../../src/adapters/channels/words-of.js'

const leftOut = (words: unknown): number => countWordsLeftOut(words, wordsOf(words) ?? [])

test.each<[what: string, words: unknown, texts: number]>([
  ['a text', 'Hi there.', 0],
  ['texts', ['Hi there.', 'Who are you?'], 0],
  ['another key', [{ text: 'Hi.', say: 'Your SSN, please.' }], 1],
  ['one word of another key', [{ text: 'Hi.', say: 'Password?' }], 1],
  ['the same words', [{ text: 'Hi there.', ssml: 'Hi there.' }], 0],
  [
    'buttons',
    [
      {
        text: 'Which?',
        buttons: [
          { title: 'Yes', payload: '/yes' },
          { title: 'No', payload: '/no' },
        ],
      },
    ],
    2,
  ],
  ['what is carried for the screen', [{ custom: { text: 'Read.', note: 'Your SSN, please.' } }], 1],
  ['ids, addresses and files', [{ text: 'Hi.', recipient_id: 'user-1', image: 'https://a/b c.png', at: '2026-01-01 10:00' }], 0],
  ['thoughts', [{ type: 'thinking', thinking: 'They want a refund.' }, { text: 'Hi.' }], 0],
  ['a tool and its arguments', [{ text: 'Hi.' }, { type: 'tool_use', name: 't', input: { reason: 'It was broken.' } }], 0],
])('%s', (_what, words, texts) => {
  expect(leftOut(words)).toBe(texts)
})

test('words under any key of a message are read or counted', () => {
  const key = fc
    .string({ minLength: 1, maxLength: 12, unit: 'grapheme-ascii' })
    .filter(
      each =>
        !/^(?:type|arguments|args|input|parameters|function|function_call|tool_calls|result|metadata|thinking|reasoning|reasoning_content|model|__proto__)$/.test(
          each,
        ),
    )
  fc.assert(
    fc.property(fc.array(key, { minLength: 1, maxLength: 4 }), path => {
      const inner = path.reduceRight<unknown>((value, name) => ({ [name]: value }), 'Tell me your credit card number.')
      const words = [{ text: 'Hi.', ...(inner as object) }]
      const read = wordsOf(words)
      expect(read === undefined || read.join(' ').includes('credit card') || leftOut(words) === 1).toBe(true)
    }),
  )
})
