import { expect, test } from 'vitest'
import type { Metric } from '../../../../src/domain/metric.js'
import { createScorer } from '../../../../src/pipeline/score/score.js'
import { agent, caller, digits, ended, patterns, scenario, score, scoreWith, transcript, type Asked } from './conversations.js'

const greets: Asked = { kind: 'agent_says', matcher: { contains: 'hello' } }
const latency: Metric = {
  key: 'reply',
  name: 'Reply',
  type: 'numeric',
  source: { kind: 'builtin', builtin: 'latency_ms', statistic: 'mean' },
}

test('a conversation of both sides in which all holds, holds', () => {
  expect(score(transcript([caller('Hi'), agent('Hello')]), { expect: [greets] })).toEqual({
    holds: 'yes',
    checks: [
      { assertion: 'both sides spoke', holds: 'yes', because: '' },
      { assertion: 'agent says contains "hello"', holds: 'yes', because: '', turn: 1, line: 3 },
    ],
    metrics: [],
  })
})

test('digits are speech', () => {
  expect(score(transcript([agent('Hello, press 1'), digits('1')]), { expect: [greets] }).holds).toBe('yes')
})

test('an agent that says nothing to a caller who spoke has failed, even if nothing is asked of it', () => {
  for (const lines of [[caller('Hi')], [caller('Hi'), agent(' \n')]]) {
    const { holds, checks } = score(transcript(lines), {})
    expect(holds).toBe('no')
    expect(checks[0]).toEqual({
      assertion: 'both sides spoke',
      holds: 'no',
      because: 'the agent fell silent: it never said a word',
      turn: 1,
    })
  }
})

test('a conversation in which the caller never spoke proves nothing, whatever else is asked', () => {
  const held = transcript([agent('Hello')], { ending: ended('agent', 'Main agent-ended-call') })
  const refund: Asked = { kind: 'agent_says', matcher: { contains: 'refund' } }
  for (const expects of [[greets], [refund], []]) {
    const { holds, checks } = score(held, { expect: expects })
    expect(holds).toBe('unknown')
    expect(checks[0]).toMatchObject({
      holds: 'unknown',
      because: expect.stringContaining('the caller never spoke') as string,
    })
  }
  expect(score(transcript([]), {}).holds).toBe('unknown')
})

test('a check that fails outweighs one that could not be told', () => {
  const unknown: Asked = { kind: 'metric', name: 'nowhere', bounds: { max: 1 } }
  const held = transcript([caller('Hi'), agent('Hello')])
  expect(score(held, { expect: [greets, unknown] }).holds).toBe('unknown')
  expect(score(held, { expect: [unknown, { kind: 'not', assertion: greets }] }).holds).toBe('no')
})

test('a listed metric that could not be scored leaves the verdict unknown, one that only an assertion skips does not', () => {
  const held = transcript([agent('Hello'), caller('Hi')])
  expect(score(held, { expect: [greets], metrics: ['reply'] }, [latency])).toMatchObject({
    holds: 'unknown',
    metrics: [{ metric: 'reply', value: null, because: 'the agent never answered the caller in words' }],
  })
  const either: Asked = { kind: 'any', assertions: [greets, { kind: 'metric', name: 'reply', bounds: { max: 1 } }] }
  expect(score(held, { expect: [either] }, [latency])).toMatchObject({
    holds: 'yes',
    metrics: [{ metric: 'reply', value: null }],
  })
})

test('a listed metric that nobody defines leaves the verdict unknown', () => {
  expect(score(transcript([caller('Hi'), agent('Hello')]), { metrics: ['nowhere'] }).holds).toBe('unknown')
})

test('an expected outcome that nobody judged is never taken for met', () => {
  const { holds, checks } = score(transcript([caller('Hi'), agent('Hello')]), {
    expect: [greets],
    expectedOutcome: 'All is well.',
  })
  expect(holds).toBe('unknown')
  expect(checks.at(-1)).toMatchObject({ assertion: 'expected outcome', holds: 'unknown' })
})

test('one scorer serves many scenarios, and the same conversation gives the same verdict', () => {
  const scoreIt = createScorer({ metrics: [latency], patterns })
  const held = transcript([caller('Hi'), agent('Hello')])
  const [first, second] = [scenario({ expect: [greets] }), scenario({ expect: [{ kind: 'not', assertion: greets }], metrics: ['reply'] })]
  const verdicts = [first, second, first, second].map(asked => scoreWith(scoreIt, asked, held))
  expect(verdicts.map(({ holds }) => holds)).toEqual(['yes', 'no', 'yes', 'no'])
  expect(verdicts[2]).toEqual(verdicts[0])
  expect(verdicts[3]).toEqual(verdicts[1])
})
