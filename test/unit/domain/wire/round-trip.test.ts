import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Cause } from '../../../../src/domain/cause.js'
import type { Moment } from '../../../../src/domain/transcript.js'
import { writeMessages } from '../../../../src/domain/wire/message.js'
import { readMessages } from '../../../../src/domain/wire/read-messages.js'
import { messagesInText, transcriptText } from '../../../../src/domain/wire/text.js'

const words = fc.oneof(
  fc.string({ unit: 'grapheme', minLength: 1 }).filter(text => text.trim() !== ''),
  fc.constantFrom('<dtmf digits="12#"/>', 'Main Agent: Hello.', '{"name":"book"}', 'book({})', 'null'),
)
const cause: fc.Arbitrary<Cause> = fc.oneof(
  fc.constantFrom<Cause>({ kind: 'first_message' }, { kind: 'idle_prompt' }, { kind: 'instructions' }),
  fc.record({ kind: fc.constant('instructions' as const), reason: fc.string() }),
  fc.record({ kind: fc.constantFrom('step' as const, 'condition' as const), number: fc.nat() }),
)
/** What JSON can hold; it has no -0. */
const value = fc.jsonValue().map(each => JSON.parse(JSON.stringify(each)) as unknown)
const keys = fc.stringMatching(/^[0-9*#A-D]+$/)
const cut = fc.constant(true as const)
const agent = fc.constant('agent' as const)
const caller = fc.constant('caller' as const)
const one = <Type extends string>(type: Type): fc.Arbitrary<Type> => fc.constant(type)

const happening = fc.oneof(
  fc.record({ type: one('said'), by: agent, text: words, cut }, { requiredKeys: ['type', 'by', 'text'] }),
  fc.record({ type: one('said'), by: caller, text: words, cause, cut }, { requiredKeys: ['type', 'by', 'text'] }),
  fc.record({ type: one('dtmf'), by: fc.constantFrom('agent' as const, 'caller' as const), digits: keys }),
  fc.record(
    { type: one('tool_called'), by: agent, id: fc.string(), name: fc.string(), arguments: value },
    { requiredKeys: ['type', 'by', 'name', 'arguments'] },
  ),
  fc.record(
    { type: one('tool_returned'), by: agent, id: fc.string(), name: fc.string(), result: value, unmatched: fc.constant(true as const) },
    { requiredKeys: ['type', 'by', 'result'] },
  ),
)
const seconds = fc.double({ min: 0, max: 1e6, noNaN: true }).map(at => at + 0)
/** Any moments, in the order in which they began, in turns that only go on. */
const moments = fc
  .array(fc.record({ what: happening, turn: fc.nat(1_000_000), startS: seconds, tookS: seconds }), { maxLength: 12 })
  .map(all =>
    all
      .toSorted((a, b) => a.startS - b.startS)
      .map(({ what, startS, tookS }, index): Moment => ({ ...what, turn: turnsOf(all)[index] ?? 0, startS, endS: startS + tookS })),
  )

function turnsOf(all: readonly { readonly turn: number }[]): number[] {
  return all.map(({ turn }) => turn).toSorted((a, b) => a - b)
}

const throughJson = (written: unknown): unknown[] => JSON.parse(JSON.stringify(written)) as unknown[]

test('any moments, written and read, are the same moments', () => {
  fc.assert(
    fc.property(moments, all => {
      const { moments: read, sources, problems } = readMessages(throughJson(writeMessages(all)))
      expect(read).toEqual(all)
      expect(sources).toEqual(all.map((_, index) => index))
      expect(problems).toEqual([])
    }),
  )
})

test('whatever order messages come in, moments are in the order in which they began', () => {
  fc.assert(
    fc.property(
      moments.chain(all => fc.shuffledSubarray(all, { minLength: all.length })),
      all => {
        const starts = readMessages(throughJson(writeMessages(all))).moments.map(({ startS }) => startS)
        expect(starts).toEqual(starts.toSorted((a, b) => a - b))
      },
    ),
  )
})

test('whatever is read, nothing is thrown, and what is left out is told', () => {
  const roles = fc.constantFrom('user', 'Main Agent', 'tool', 'Function Call', 'narrator', 7)
  const message = fc.record(
    { role: roles, content: fc.anything(), data: fc.anything(), tool_calls: fc.anything(), start_time: fc.anything(), turn: fc.anything() },
    { requiredKeys: [] },
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(message, fc.anything())), all => {
      const { moments: read, sources, problems } = readMessages(all)
      expect(sources).toHaveLength(read.length)
      for (const moment of read) expect(moment.endS).toBeGreaterThanOrEqual(moment.startS)
      for (const [index, each] of all.entries()) {
        const isTold = problems.some(problem => problem.index === index || problem.message.startsWith('And '))
        const isBlank =
          typeof (each as { content?: unknown } | null)?.content === 'string' ||
          Array.isArray((each as { content?: unknown } | null)?.content)
        expect(sources.includes(index) || isTold || isBlank).toBe(true)
      }
    }),
  )
})

test('as plain text, who said what comes back in the same order', () => {
  const all: Moment[] = [
    { type: 'said', by: 'agent', turn: 0, startS: 0.4, endS: 1, text: 'Hello,\nclinic.' },
    { type: 'said', by: 'caller', turn: 1, startS: 1, endS: 2, text: 'Cancel it.' },
    { type: 'dtmf', by: 'caller', turn: 1, startS: 2, endS: 2, digits: '12#' },
    { type: 'tool_called', by: 'agent', turn: 1, startS: 3, endS: 3, name: 'look_up', arguments: { key: '12' } },
    { type: 'tool_returned', by: 'agent', turn: 1, startS: 3, endS: 3, result: [1] },
    { type: 'said', by: 'agent', turn: 1, startS: 65, endS: 66, text: 'Done.' },
  ]
  const text = transcriptText(writeMessages(all))
  expect(text).toBe(
    [
      '[00:00] Main Agent: Hello, clinic.',
      '[00:01] Testing Agent: Cancel it.',
      '[00:02] Testing Agent: <dtmf digits="12#"/>',
      '[00:03] Function Call: look_up({"key":"12"})',
      '[00:03] Function Call Result: [1]',
      '[01:05] Main Agent: Done.',
    ].join('\n'),
  )
  const read = readMessages(messagesInText(text).map(({ message }) => message))
  expect(read.problems).toEqual([])
  const expected = all.map(moment => ({ ...moment, startS: Math.floor(moment.startS), endS: Math.floor(moment.startS) }))
  expect(read.moments).toEqual(expected.map(each => (each.type === 'said' ? { ...each, text: each.text.replace('\n', ' ') } : each)))
})
