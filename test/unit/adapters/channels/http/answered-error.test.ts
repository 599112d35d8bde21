import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileReply } from '../../../../../src/adapters/channels/http/compile-reply.js'
import type { HttpConnection } from '../../../../../src/domain/connection.js'
import { Place } from '../../../../../src/domain/place.js'
import type { AgentEvent } from '../../../../../src/ports/channel.js'

function heardIn(json: unknown, more: Partial<HttpConnection> = {}): AgentEvent[] {
  const open = compileReply({ type: 'http', url: 'http://x', ...more }, new Place('The agent'), [])
  return open().read(json, {}, 1).events
}
const typesIn = (json: unknown, more?: Partial<HttpConnection>): string[] => heardIn(json, more).map(({ type }) => type)

test('an answer with an error beside its words is no answer: its words are shown, and nothing else of it counts', () => {
  const error = fc.oneof(
    fc.string({ minLength: 1 }),
    fc.integer({ min: 1 }),
    fc.constant(true),
    fc.record({ message: fc.string() }),
    fc.array(fc.string(), { minLength: 1 }),
  )
  fc.assert(
    fc.property(error, found => {
      const heard = heardIn({ reply: 'I cancelled it.', tools: [{ name: 'cancel' }], error: found }, { toolCalls: '/tools' })
      expect(heard).toMatchObject([
        { type: 'said', text: 'I cancelled it.' },
        { type: 'broke', fault: { by: 'agent', code: 'cut_off' } },
      ])
    }),
  )
})

test.each([[null], [false], [''], [0], [{}], [[]], [{ code: 0, message: 'success' }]])('%j is no error', error => {
  expect(typesIn({ reply: 'Hi.', error })).toEqual(['said', 'yielded'])
})

test('what the connection reads itself is no error of the answer', () => {
  expect(typesIn({ error: { message: 'I cannot do that.' } }, { reply: '/error/message' })).toEqual(['said', 'yielded'])
  expect(typesIn({ reply: 'Hi.', error: { tries: 1 } }, { metadata: '/error' })).toEqual(['said', 'metadata', 'yielded'])
})
