import { describe, expect, test } from 'vitest'
import type { AgentEvent } from '../../../../src/ports/channel.js'
import { Meter } from '../../../../src/pipeline/run/meter.js'

const limits = { maxBytes: 1_000, maxMessages: 3, maxToolCalls: 2 }
const said = (text: string): AgentEvent => ({ type: 'said', text, startS: 0, endS: 0 })
const called = (args: unknown): AgentEvent => ({ type: 'tool_called', name: 't', arguments: args, atS: 0 })
const returned = (result: unknown): AgentEvent => ({ type: 'tool_returned', result, atS: 0 })
const metadata = (data: Record<string, unknown>): AgentEvent => ({ type: 'metadata', data })

/** The setting that the first fault names, and after how many events. */
function faultAfter(events: readonly AgentEvent[]): object | undefined {
  const meter = new Meter(limits)
  for (const [at, event] of events.entries()) {
    const fault = meter.exceeded(event)
    if (fault) return { at, code: fault.code, names: /limits\.conversation\.\w+/.exec(fault.message)?.[0] }
  }
  return undefined
}

describe('what an agent does in a conversation', () => {
  test('may come up to the limits', () => {
    expect(faultAfter([said('a'), metadata({ a: 1 }), said('c'), called({}), returned(1), called({}), returned(2)])).toBeUndefined()
    expect(faultAfter([said('x'.repeat(1_000))])).toBeUndefined()
  })

  test.each([
    ['messages', [said('a'), metadata({}), said('b'), { type: 'keyed', digits: '1', atS: 0 } as const], 3, 'max_messages'],
    ['tool calls', [called({}), called({}), called({})], 2, 'max_tool_calls'],
    ['results of tools', [returned(1), returned(1), returned(1)], 2, 'max_tool_calls'],
    ['bytes of words, as UTF-8', [said('é'.repeat(501))], 0, 'max_bytes'],
    ['bytes of arguments', [called({ x: 'x'.repeat(1_000) })], 0, 'max_bytes'],
    ['bytes of results', [returned('x'.repeat(500)), returned('x'.repeat(500))], 1, 'max_bytes'],
    ['bytes of metadata', [metadata({ x: 'x'.repeat(1_000) })], 0, 'max_bytes'],
  ])('is too much beyond them: %s', (_what, events, at, setting) => {
    expect(faultAfter(events)).toEqual({ at, code: 'too_large', names: `limits.conversation.${setting}` })
  })

  test('is measured whatever it is', () => {
    let deep: unknown = 1
    for (let i = 0; i < 100_000; i += 1) deep = [deep]
    expect(faultAfter([called(deep), returned(undefined)])).toBeUndefined()
  })
})
