import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import type { Assertion } from '../../../../src/domain/assertion.js'
import { fillInAssertion, fillInMetric, textsOfMetric } from '../../../../src/domain/fill-in-checks.js'
import type { Metric } from '../../../../src/domain/metric.js'
import { checkAssertion } from '../../../../src/pipeline/score/checks/check-assertion.js'
import { placeholderLeftIn } from '../../../../src/pipeline/score/checks/unfilled.js'
import { SortedTranscript } from '../../../../src/pipeline/score/sorted-transcript.js'

const at = { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 }
const conversation = new SortedTranscript({
  moments: [
    { type: 'said', by: 'caller', turn: 1, startS: 0, endS: 0, text: 'Hi, it is me.' },
    { type: 'said', by: 'agent', turn: 1, startS: 0, endS: 0, text: 'Hello there.' },
  ],
  metadata: { 'note': 'All is well.', '': 'x' },
  ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: 1 },
})
const blank = fc.oneof(
  fc.constant(null),
  fc.array(fc.constantFrom(' ', '\t', '\u00A0', '\u200B', '\u00AD'), { maxLength: 3 }).map(parts => parts.join('')),
)

test.each<[what: string, asked: object]>([
  ['agent_says matches', { kind: 'agent_says', matcher: { matches: '(?i){{test_profile.name}}' } }],
  ['a bare placeholder as a pattern', { kind: 'agent_says', matcher: { matches: '{{ test_profile.name }}' } }],
  ['a word of a pattern', { kind: 'agent_says', matcher: { matches: '\\b{{test_profile.name}}\\b' } }],
  ['agent_says contains', { kind: 'agent_says', matcher: { contains: '{{test_profile.name}}' } }],
  ['caller_says matches', { kind: 'caller_says', matcher: { matches: '{{test_profile.name}}' } }],
  ['metadata contains', { kind: 'metadata', pointer: '/note', matcher: { contains: '{{test_profile.name}}' } }],
  ['metadata matches', { kind: 'metadata', pointer: '/note', matcher: { matches: '{{test_profile.name}}' } }],
  ['a pointer', { kind: 'metadata', pointer: '/{{test_profile.name}}', exists: true }],
  ['the name of a tool', { kind: 'tool_called', call: { name: '{{test_profile.name}}' } }],
  ['the tool before', { kind: 'tool_called', call: { name: 'a', after: '{{test_profile.name}}' } }],
])('%s with a blank value decides nothing, nor does its not', (_what, asked) => {
  const assertion = { at, ...asked } as Assertion
  fc.assert(
    fc.property(blank, name => {
      for (const each of [assertion, { at, kind: 'not', assertion }, { at, kind: 'any', assertions: [assertion] }] as const) {
        const filled = fillInAssertion(each, { 'test_profile.name': name })
        expect(checkAssertion(filled, { conversation, scores: new Map(), patterns: createPatterns() }).holds).toBe('unknown')
      }
    }),
  )
})

test('a metric whose pattern has a blank value is not scored', () => {
  const metric = {
    key: 'm',
    type: 'boolean',
    source: { kind: 'agent_says', matcher: { matches: '{{test_profile.name}}' } },
  } as unknown as Metric
  expect(placeholderLeftIn(fillInMetric(metric, { 'test_profile.name': ' ' }), textsOfMetric)).toBe('{{test_profile.name}}')
  expect(placeholderLeftIn(fillInMetric(metric, { 'test_profile.name': 'Ann' }), textsOfMetric)).toBeUndefined()
})
