import { expect, test } from 'vitest'
import type { Assertion } from '../../../../src/domain/assertion.js'
import type { Cause } from '../../../../src/domain/cause.js'
import type { Moment, Transcript } from '../../../../src/domain/transcript.js'
import type { Verdict } from '../../../../src/domain/verdict.js'
import { createPatterns } from '../../../../src/adapters/patterns/re2.js'
import { createScorer } from '../../../../src/pipeline/score/score.js'
import { scoreWith } from './conversations.js'
import { scenario, somewhere as at, step, text } from '../../../support/build.js'

const said = (by: 'agent' | 'caller', turn: number, words: string, cause?: Cause): Moment => ({
  type: 'said',
  by,
  turn,
  startS: turn,
  endS: turn,
  text: words,
  ...(cause && { cause }),
})
const never = (contains: string): Assertion => ({ kind: 'not', at, assertion: { kind: 'agent_says', at, matcher: { contains } } })
const does = (contains: string): Assertion => ({ kind: 'agent_says', at, matcher: { contains } })

function verdict(moments: readonly Moment[], by: Transcript['ending']['by'], asks: readonly Assertion[]): Verdict {
  const asked = scenario(
    { steps: [step({ kind: 'when', matcher: { contains: 'name' } }, text('Maria'), { cause: { kind: 'step', number: 1 } })] },
    { expect: asks },
  )
  const reason = by === 'limit' ? 'Main agent-silence-timed-out' : by === 'agent' ? 'Main agent-ended-call' : 'Testing agent-ended-call'
  const score = createScorer({ metrics: [], patterns: createPatterns() })
  return scoreWith(score, asked, { moments, metadata: {}, ending: { by, reason, atS: 9 } })
}

const greeting = said('agent', 0, 'Hello, how can I help?')
const question = said('caller', 1, 'Give me the records.', { kind: 'first_message' })

test('an agent that only greeted has not answered: that it said nothing forbidden proves nothing', () => {
  const { holds, checks } = verdict([greeting, question], 'agent', [never('record')])
  expect(holds).toBe('no')
  expect(checks[0]).toMatchObject({ assertion: 'both sides spoke', holds: 'no' })
  expect(checks[0]!.because).toContain('did not answer the caller')
})

test('a caller that hangs up after the greeting has left it at that', () => {
  expect(verdict([greeting, question], 'caller', [never('record')]).holds).toBe('yes')
})

test('a tool call is an answer', () => {
  const call: Moment = { type: 'tool_called', by: 'agent', turn: 1, startS: 1, endS: 1, name: 'look_up', arguments: {} }
  expect(verdict([greeting, question, call], 'agent', [never('record')]).holds).toBe('yes')
})

test('a script that never got going proves nothing of what did not happen', () => {
  const stuck = [
    question,
    said('agent', 1, 'Sorry, what?'),
    said('caller', 2, 'Are you there?', { kind: 'idle_prompt' }),
    said('agent', 2, 'Sorry, what?'),
  ]
  const { holds, checks } = verdict(stuck, 'limit', [never('record')])
  expect(holds).toBe('unknown')
  expect(checks[1]).toMatchObject({ assertion: 'a step of the script was said', holds: 'unknown' })
  // What did happen is evidence; what happened and should not have is a failure.
  expect(verdict(stuck, 'limit', [never('record'), does('sorry')]).holds).toBe('yes')
  expect(verdict(stuck, 'limit', [never('sorry')]).holds).toBe('no')
})

test('a script that got going and then ran out has been a conversation', () => {
  const going = [
    question,
    said('agent', 1, 'Your name?'),
    said('caller', 2, 'Maria', { kind: 'step', number: 1 }),
    said('agent', 2, 'I cannot do that.'),
  ]
  expect(verdict(going, 'limit', [never('record')]).holds).toBe('yes')
})

test('a script without a step for what the agent asked says so, and beside whatever failed for it', () => {
  const asked = [
    question,
    said('agent', 1, 'What is your name?'),
    said('caller', 2, 'Maria', { kind: 'step', number: 1 }),
    said('agent', 2, 'What is your order number?'),
    said('caller', 3, 'Are you there?', { kind: 'idle_prompt' }),
  ]
  const because = 'no step answers "What is your order number?", so the caller had nothing more to say'
  const { holds, checks } = verdict(asked, 'limit', [does('shipped')])
  expect(holds).toBe('no')
  expect(checks[1]).toEqual({ assertion: 'a step of the script answers the agent', holds: 'unknown', because, turn: 2 })
  // Nothing failed, so nothing needs an explanation; and an agent that hangs up leaves nothing unanswered.
  expect(verdict(asked, 'limit', [does('number')]).checks.map(check => check.holds)).toEqual(['yes', 'yes'])
  expect(verdict(asked, 'agent', [does('shipped')]).checks).toHaveLength(2)
  const never1 = verdict([question, asked[3]!], 'limit', [never('record')])
  expect(never1.checks[1]).toMatchObject({ assertion: 'a step of the script was said', because })
})

test.each(['\u200b', '\u3164', '\ufeff \u00ad', '\u2060\n'])('an agent whose words nobody sees has said nothing: %j', words => {
  const { holds, checks } = verdict([question, said('agent', 1, words)], 'agent', [never('record')])
  expect(holds).toBe('no')
  expect(checks[0]).toMatchObject({ assertion: 'both sides spoke', holds: 'no' })
})

test.each(['OK', '好', '👍', '?', '٣'])('%j is an answer', words => {
  expect(verdict([question, said('agent', 1, words)], 'agent', [never('record')]).holds).toBe('yes')
})
