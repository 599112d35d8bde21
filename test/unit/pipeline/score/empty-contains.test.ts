import { expect, test } from 'vitest'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import { agentSays } from '../../../../src/pipeline/score/checks/speech.js'
import { SortedTranscript } from '../../../../src/pipeline/score/sorted-transcript.js'

test.each([{ equals: '' }, { equals: ' \u200B' }, { oneOf: ['', ' '] }])('%j is said by nobody, so it decides nothing', matcher => {
  const conversation = new SortedTranscript({
    moments: [{ type: 'said', by: 'agent', turn: 1, startS: 0, endS: 0, text: 'Hello.' }],
    metadata: {},
    ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: 1 },
  })
  for (const isNegated of [true, false]) {
    expect(agentSays(matcher, conversation, createPatterns(), isNegated).holds).toBe('unknown')
  }
})

test.each(['', ' ', '\u200B', '\u00AD\u2060'])('contains: %j is in every text, so it decides nothing', contains => {
  const conversation = new SortedTranscript({
    moments: [{ type: 'said', by: 'agent', turn: 1, startS: 0, endS: 0, text: 'Hello.' }],
    metadata: {},
    ending: { by: 'caller', reason: 'Testing agent-ended-call', atS: 1 },
  })
  expect(agentSays({ contains }, conversation, createPatterns(), false).holds).toBe('unknown')
})
