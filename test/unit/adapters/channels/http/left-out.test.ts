import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { countLeftOut } from '../../../../../src/adapters/channels/http/pointer.js'

test.each<[json: unknown, pointer: string, leftOut: number]>([
  [[{ text: 'a' }, { text: 'b' }], '/0/text', 1],
  [[{ text: 'a' }, { text: 'b' }], '/1/text', 1],
  [[{ text: 'a' }, { image: 'b' }, { text: ' ' }, null], '/0/text', 0],
  [[{ text: 'a' }], '/0/text', 0],
  [['a', 'b', 'c'], '/0', 2],
  [{ messages: [{ content: { text: 'a' } }, { content: { text: 'b' } }] }, '/messages/0/content/text', 1],
  [[{ text: 'a' }, { text: 'b' }], '/*/text', 0],
  [{ 0: { text: 'a' }, 1: { text: 'b' } }, '/0/text', 0],
  ['a', '/0/text', 0],
])('%j read at %s leaves out %i', (json, pointer, leftOut) => {
  expect(countLeftOut(json, pointer)).toBe(leftOut)
})

test('of any list of messages all but the one pointed to are left out', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ minLength: 1, unit: fc.constantFrom('a', 'b') }), { minLength: 1 }), fc.nat(), (texts, place) => {
      const json = { replies: texts.map(text => ({ text })) }
      expect(countLeftOut(json, `/replies/${place % texts.length}/text`)).toBe(texts.length - 1)
    }),
  )
})
