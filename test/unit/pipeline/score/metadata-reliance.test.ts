import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Assertion } from '../../../../src/domain/assertion.js'
import { metadataReliance } from '../../../../src/pipeline/score/metadata-reliance.js'
import { checkAssertion, type CheckEvidence } from '../../../../src/pipeline/score/checks/check-assertion.js'
import { SortedTranscript } from '../../../../src/pipeline/score/sorted-transcript.js'
import { agent, caller, patterns, transcript } from './conversations.js'

const at = { file: { path: 'suite.yaml', text: '' }, start: 0, end: 0 }
const leaf: fc.Arbitrary<Assertion> = fc.oneof(
  fc.constantFrom('Hi', 'Bye').map(contains => ({ at, kind: 'agent_says' as const, matcher: { contains } })),
  fc
    .tuple(fc.constantFrom('/a', '/b/c'), fc.constantFrom(true, 'yes'))
    .map(([pointer, equals]) => ({ at, kind: 'metadata' as const, pointer, equals })),
  fc.constantFrom('/a', '/b/c').map(pointer => ({ at, kind: 'metadata' as const, pointer, matcher: { contains: 'yes' } })),
)
const { assertion } = fc.letrec<{ assertion: Assertion }>(tie => ({
  assertion: fc.oneof(
    { maxDepth: 4 },
    leaf,
    tie('assertion').map(each => ({ at, kind: 'not' as const, assertion: each })),
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('assertion'), { minLength: 1, maxLength: 3 }))
      .map(([kind, assertions]) => ({ at, kind, assertions })),
  ),
}))

const evidence = (metadata: object): CheckEvidence => ({
  conversation: new SortedTranscript(transcript([caller('Hello'), agent('Hi.')], { metadata: { ...metadata } })),
  scores: new Map(),
  patterns,
})
const values = [undefined, true, false, 'yes', 7]

test('a check that passes without a key, and does not rest on it, passes whatever the key has', () => {
  let passed = 0
  fc.assert(
    fc.property(assertion, asked => {
      const without = evidence({})
      if (checkAssertion(asked, without).holds !== 'yes' || metadataReliance(asked, without).length > 0) return
      passed += 1
      for (const a of values) {
        for (const c of values) {
          const sent = { ...(a !== undefined && { a }), ...(c !== undefined && { b: { c } }) }
          expect(checkAssertion(asked, evidence(sent)).holds).toBe('yes')
        }
      }
    }),
    { numRuns: 2000 },
  )
  expect(passed).toBeGreaterThan(100)
})

test('a check that fails, or whose keys are all there, rests on none', () => {
  fc.assert(
    fc.property(assertion, fc.constantFrom(true, false, null, 'yes'), (asked, value) => {
      expect(metadataReliance(asked, evidence({ a: value, b: { c: value } }))).toEqual([])
      const without = evidence({})
      fc.pre(checkAssertion(asked, without).holds !== 'yes')
      expect(metadataReliance(asked, without)).toEqual([])
    }),
    { numRuns: 1000 },
  )
})
