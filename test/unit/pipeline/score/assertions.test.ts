import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { ToolCallMatcher } from '../../../../src/domain/assertion.js'
import type { Check } from '../../../../src/domain/verdict.js'
import type { Transcript } from '../../../../src/domain/transcript.js'
import { agent, caller, calls, ended, score, transcript, type Asked } from './conversations.js'

const cancelling = transcript(
  [
    agent('Cedarwood Clinic, how can I help?'),
    caller('I need to cancel.'),
    agent('One moment.'),
    calls('look_up', { name: 'Maria', visits: [1, 2] }),
    calls('cancel', { patient: { id: 'P-1', age: 34 }, reason: null }),
    agent('It is cancelled.\nAnything else?'),
    caller('No, bye.'),
    agent('Goodbye.'),
  ],
  { metadata: { ticket: { 'id': 7, 'tags': ['a', 'b'], 'a/b~c': true }, note: 'All Done' } },
)

function check(asked: Asked, held: Transcript = cancelling): Check {
  const found = score(held, { expect: [asked] }).checks.at(1)
  if (!found) throw new Error('nothing was checked')
  return found
}

describe('agent_says and caller_says', () => {
  test('a message that is as asked holds, and its turn is shown', () => {
    expect(check({ kind: 'agent_says', matcher: { contains: 'CANCELLED' } })).toEqual({
      assertion: 'agent says contains "CANCELLED"',
      holds: 'yes',
      because: '',
      turn: 1,
      line: 3,
    })
  })

  test('what is missing is shown by the last thing that was said, at the last turn', () => {
    expect(check({ kind: 'agent_says', matcher: { matches: '(?i)refund' } })).toEqual({
      assertion: 'agent says matches /(?i)refund/',
      holds: 'no',
      because: 'the agent last said "Goodbye."',
      turn: 2,
      line: 3,
    })
  })

  test('what should not be said is shown where it was said', () => {
    expect(check({ kind: 'not', assertion: { kind: 'agent_says', matcher: { matches: '(?i)cancelled' } } })).toEqual({
      assertion: 'not agent says matches /(?i)cancelled/',
      holds: 'no',
      because: 'the agent said "It is cancelled. Anything else?"',
      turn: 1,
      line: 3,
    })
  })

  test('the messages of one turn are also tried together, those of two turns are not', () => {
    expect(check({ kind: 'agent_says', matcher: { matches: '(?s)moment.*cancelled' } }).holds).toBe('yes')
    expect(check({ kind: 'agent_says', matcher: { equals: 'One moment.\nIt is cancelled.\nAnything else?' } }).holds).toBe('yes')
    expect(check({ kind: 'agent_says', matcher: { matches: '(?s)cancelled.*Goodbye' } }).holds).toBe('no')
  })

  test('three messages of one turn are one turn', () => {
    const held = transcript([caller('Hi'), agent('a'), agent('b'), agent('c'), caller('Bye'), agent('d')])
    expect(check({ kind: 'agent_says', matcher: { equals: 'a\nb\nc' } }, held)).toMatchObject({ holds: 'yes', turn: 1 })
    expect(check({ kind: 'agent_says', matcher: { equals: 'a\nb' } }, held).holds).toBe('no')
  })

  test('all keys of a matcher must hold of the same text', () => {
    expect(check({ kind: 'agent_says', matcher: { contains: 'cancelled', matches: 'else\\?$' } }).holds).toBe('yes')
    expect(check({ kind: 'agent_says', matcher: { contains: 'cancelled', equals: 'Goodbye.' } }).holds).toBe('no')
    expect(check({ kind: 'agent_says', matcher: { oneOf: ['Bye.', ' Goodbye. '] } }).holds).toBe('yes')
  })

  test('the caller is not the agent', () => {
    expect(check({ kind: 'caller_says', matcher: { contains: 'bye' } })).toMatchObject({ holds: 'yes', turn: 2 })
    expect(check({ kind: 'caller_says', matcher: { contains: 'goodbye' } })).toMatchObject({
      assertion: 'caller says contains "goodbye"',
      holds: 'no',
      because: 'the caller last said "No, bye."',
    })
  })

  test('a long text is shortened, and never through a surrogate pair', () => {
    const held = transcript([caller('Hi'), agent(`${'x'.repeat(118)}😀 and more`)])
    const { because } = check({ kind: 'agent_says', matcher: { contains: 'y' } }, held)
    expect(because).toBe(`the agent last said "${'x'.repeat(118)}…"`)
  })
})

function toolCalled(call: ToolCallMatcher, held?: Transcript): Check {
  return check({ kind: 'tool_called', call }, held)
}

describe('tool_called', () => {
  test('arguments match partially, objects in depth', () => {
    expect(toolCalled({ name: 'cancel', arguments: { patient: { id: 'P-1' } } })).toMatchObject({
      assertion: 'tool_called cancel {patient: {id: "P-1"}}',
      holds: 'yes',
      turn: 1,
    })
  })

  test('the argument that differs is named, with what it was', () => {
    expect(toolCalled({ name: 'cancel', arguments: { patient: { id: 'P-2' } } })).toMatchObject({
      holds: 'no',
      because: 'cancel was called with patient.id = "P-1"',
      turn: 1,
    })
    expect(toolCalled({ name: 'cancel', arguments: { clinic: 'north', reason: 'ill' } }).because).toBe(
      'cancel was called with clinic = nothing and 1 more',
    )
  })

  test('the closest call is shown', () => {
    const held = transcript([
      caller('Hi'),
      calls('book', { day: 1, hour: 1 }),
      agent('?'),
      caller('no'),
      calls('book', { day: 2, hour: 1 }),
    ])
    expect(toolCalled({ name: 'book', arguments: { day: 2, hour: 2 } }, held)).toMatchObject({
      because: 'book was called with hour = 1',
      turn: 2,
    })
  })

  test('numbers are not strings, arrays are compared whole, null is not missing', () => {
    expect(toolCalled({ name: 'cancel', arguments: { patient: { age: '34' } } }).holds).toBe('no')
    expect(toolCalled({ name: 'look_up', arguments: { visits: [1] } }).holds).toBe('no')
    expect(toolCalled({ name: 'look_up', arguments: { visits: [1, 2] } }).holds).toBe('yes')
    expect(toolCalled({ name: 'cancel', arguments: { reason: null } }).holds).toBe('yes')
    expect(toolCalled({ name: 'cancel', arguments: { missing: null } }).holds).toBe('no')
  })

  test('arguments that were not JSON are shown as they came', () => {
    const held = transcript([caller('Hi'), calls('cancel', 'P-1'), agent('Done.')])
    expect(toolCalled({ name: 'cancel', arguments: { id: 'P-1' } }, held).because).toBe('cancel was called with arguments = "P-1"')
  })

  test('the tools that were called are listed when it was not among them', () => {
    expect(toolCalled({ name: 'refund' })).toMatchObject({
      holds: 'no',
      because: 'refund was not called; called: look_up, cancel',
    })
    expect(toolCalled({ name: 'refund' }, transcript([caller('Hi'), agent('Hi')])).because).toBe('no tool was called')
  })

  test('a number of times is held to, none included', () => {
    const held = transcript([caller('Hi'), calls('ping'), calls('ping'), agent('Done.')])
    expect(toolCalled({ name: 'ping', times: { min: 2, max: 2 } }, held).holds).toBe('yes')
    expect(toolCalled({ name: 'ping', times: { max: 1 } }, held)).toMatchObject({
      assertion: 'tool_called ping <= 1 times',
      holds: 'no',
      because: 'ping was called 2 times this way, last with {}',
    })
    expect(toolCalled({ name: 'pong', times: { min: 0, max: 0 } }, held)).toMatchObject({ holds: 'yes' })
  })

  test('order is held to', () => {
    expect(toolCalled({ name: 'cancel', after: 'look_up' }).holds).toBe('yes')
    expect(toolCalled({ name: 'look_up', after: 'cancel' })).toMatchObject({
      assertion: 'tool_called look_up after cancel',
      holds: 'no',
      because: 'look_up was called only before cancel',
    })
    expect(toolCalled({ name: 'cancel', after: 'verify' })).toMatchObject({
      holds: 'no',
      because: 'verify was not called',
    })
    expect(toolCalled({ name: 'cancel', after: 'cancel' }).holds).toBe('no')
  })
})

function metadata(asked: Omit<Extract<Asked, { kind: 'metadata' }>, 'kind'>): Check {
  return check({ kind: 'metadata', ...asked })
}

describe('metadata', () => {
  test('a value is found by JSON Pointer, escapes and array places included', () => {
    expect(metadata({ pointer: '/ticket/id', equals: 7 }).holds).toBe('yes')
    expect(metadata({ pointer: '/ticket/tags/1', equals: 'b' }).holds).toBe('yes')
    expect(metadata({ pointer: '/ticket/a~1b~0c', equals: true }).holds).toBe('yes')
    expect(metadata({ pointer: '/ticket/tags/length', exists: false }).holds).toBe('yes')
    expect(metadata({ pointer: '/ticket/tags/01', exists: false }).holds).toBe('yes')
    expect(metadata({ pointer: '/toString', exists: false }).holds).toBe('yes')
    expect(metadata({ pointer: '', exists: true }).holds).toBe('yes')
  })

  test('values are compared in depth, whatever the order of keys', () => {
    expect(metadata({ pointer: '/ticket', equals: { 'tags': ['a', 'b'], 'a/b~c': true, 'id': 7 } }).holds).toBe('yes')
    expect(metadata({ pointer: '/ticket', equals: { 'tags': ['b', 'a'], 'a/b~c': true, 'id': 7 } }).holds).toBe('no')
  })

  test('what is there instead is shown', () => {
    expect(metadata({ pointer: '/ticket/id', equals: '7' })).toMatchObject({
      assertion: 'metadata /ticket/id equals "7"',
      holds: 'no',
      because: 'it is 7',
    })
    expect(metadata({ pointer: '/nothing', exists: true })).toMatchObject({
      assertion: 'metadata /nothing exists',
      holds: 'no',
      because: 'there is no such value',
    })
  })

  test('only text is like a text', () => {
    expect(metadata({ pointer: '/note', matcher: { contains: 'done' } }).holds).toBe('yes')
    expect(metadata({ pointer: '/note', matcher: { matches: '^done' } }).holds).toBe('no')
    expect(metadata({ pointer: '/ticket/id', matcher: { contains: '7' } }).holds).toBe('no')
  })
})

test('who ended it, how many turns it took and how long are held to', () => {
  expect(check({ kind: 'ended_by', by: 'caller' }).holds).toBe('yes')
  expect(check({ kind: 'ended_by', by: 'agent' })).toMatchObject({
    assertion: 'ended by agent',
    holds: 'no',
    because: 'ended by caller: Testing agent-ended-call',
  })
  expect(check({ kind: 'turns', bounds: { min: 2, max: 2 } }).holds).toBe('yes')
  expect(check({ kind: 'turns', bounds: { max: 1 } })).toMatchObject({
    assertion: 'turns <= 1',
    holds: 'no',
    because: 'the caller took 2',
  })
  const held = transcript([caller('Hi'), agent('Hi')], { ending: ended('caller', 'Testing agent-ended-call', 1.005) })
  expect(check({ kind: 'duration', boundsMs: { min: 1005, max: 1005 } }, held).holds).toBe('yes')
  expect(check({ kind: 'duration', boundsMs: { max: 1000 } }, held)).toMatchObject({
    assertion: 'duration <= 1 s',
    holds: 'no',
    because: 'it took 1.005 s',
  })
})

test("the duration is the conversation's, without waiting for the caller's model", () => {
  const ending = { ...ended('caller', 'Testing agent-ended-call', 7.5), thoughtS: 6 }
  const waited = transcript([caller('Hi'), agent('Hi')], { ending })
  expect(check({ kind: 'duration', boundsMs: { min: 1500, max: 1500 } }, waited).holds).toBe('yes')
  expect(check({ kind: 'duration', boundsMs: { max: 1000 } }, waited).because).toBe(
    "it took 1.5 s, without 6 s of waiting for the caller's model",
  )
})

describe('not, all and any', () => {
  const yes: Asked = { kind: 'agent_says', matcher: { contains: 'cancelled' } }
  const no: Asked = { kind: 'agent_says', matcher: { contains: 'refund' } }
  const unknown: Asked = { kind: 'metric', name: 'missing', bounds: { max: 1 } }

  test.each<[Asked, Check['holds']]>([
    [{ kind: 'not', assertion: unknown }, 'unknown'],
    [{ kind: 'all', assertions: [yes, unknown] }, 'unknown'],
    [{ kind: 'all', assertions: [unknown, no] }, 'no'],
    [{ kind: 'all', assertions: [yes, yes] }, 'yes'],
    [{ kind: 'any', assertions: [unknown, yes] }, 'yes'],
    [{ kind: 'any', assertions: [no, unknown] }, 'unknown'],
    [{ kind: 'any', assertions: [no, no] }, 'no'],
  ])('%j is %s', (asked, holds) => {
    expect(check(asked).holds).toBe(holds)
  })

  test('de Morgan holds for every nesting, unknowns included', () => {
    const leaf = fc.constantFrom(yes, no, unknown)
    const tree = fc.letrec<{ asked: Asked }>(tie => ({
      asked: fc.oneof(
        { maxDepth: 3 },
        leaf,
        tie('asked').map(assertion => ({ kind: 'not' as const, assertion })),
        fc.array(tie('asked'), { minLength: 1, maxLength: 3 }).map(assertions => ({ kind: 'all' as const, assertions })),
        fc.array(tie('asked'), { minLength: 1, maxLength: 3 }).map(assertions => ({ kind: 'any' as const, assertions })),
      ),
    })).asked
    fc.assert(
      fc.property(fc.array(tree, { minLength: 1, maxLength: 3 }), assertions => {
        const negated = assertions.map(assertion => ({ kind: 'not' as const, assertion }))
        const one = check({ kind: 'not', assertion: { kind: 'all', assertions } })
        expect(one.holds).toBe(check({ kind: 'any', assertions: negated }).holds)
        expect(one.because === '').toBe(one.holds === 'yes')
      }),
      { numRuns: 200 },
    )
  })

  test('what decided is what is shown', () => {
    expect(check({ kind: 'all', assertions: [yes, no] })).toMatchObject({
      assertion: 'all of (agent says contains "cancelled"; agent says contains "refund")',
      because: 'agent says contains "refund": the agent last said "Goodbye."',
      turn: 2,
    })
    expect(check({ kind: 'not', assertion: { kind: 'any', assertions: [no, yes] } })).toMatchObject({
      because: 'agent says contains "cancelled": the agent said "It is cancelled. Anything else?"',
      turn: 1,
    })
  })
})

test('a JSON value matches itself, and a call with more arguments than were asked for still matches', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.dictionary(fc.string(), fc.jsonValue()), (wanted, more) => {
      fc.pre(!JSON.stringify(wanted).includes('{{'))
      const args = JSON.parse(JSON.stringify({ ...more, ...wanted })) as unknown
      const held = transcript([caller('Hi'), calls('tool', args), agent('Done.')])
      expect(check({ kind: 'tool_called', call: { name: 'tool', arguments: JSON.parse(JSON.stringify(wanted)) } }, held).holds).toBe('yes')
    }),
    { numRuns: 200 },
  )
})

describe('a placeholder that is left', () => {
  const left = '{{test_profile.order}}'
  test.each<[string, Asked]>([
    ['words', { kind: 'agent_says', matcher: { contains: left } }],
    ['a pattern', { kind: 'caller_says', matcher: { matches: left } }],
    ['an argument', { kind: 'tool_called', call: { name: 'cancel', arguments: { deep: [{ id: left }] } } }],
    ['a value', { kind: 'metadata', pointer: '/note', equals: left }],
    ['a pointer', { kind: 'metadata', pointer: `/${left}`, exists: false }],
  ])('in %s decides nothing, nor under not', (_where, asked) => {
    const unknown = { holds: 'unknown', because: `${left} has no value` }
    expect(check(asked)).toMatchObject(unknown)
    expect(check({ kind: 'not', assertion: asked })).toMatchObject(unknown)
  })

  test('in a metric leaves it without a score', () => {
    const source = { kind: 'agent_says', matcher: { contains: left } } as const
    const verdict = score(cancelling, { metrics: ['m'] }, [{ key: 'm', name: 'm', type: 'binary', source }])
    expect(verdict).toMatchObject({ holds: 'unknown', metrics: [{ value: null, because: `${left} has no value` }] })
  })

  test('in an expected outcome leaves it unjudged', () => {
    const verdict = score(cancelling, { expectedOutcome: `Order ${left} is cancelled.` })
    expect(verdict.checks.at(1)).toMatchObject({ assertion: 'expected outcome', holds: 'unknown', because: `${left} has no value` })
  })
})

test('placeholders of the scenario are filled in, in checks and in what reports call them', () => {
  const asked: Asked = { kind: 'tool_called', call: { name: '{{scenario.key}}', arguments: { patient: { id: 'P-1' } } } }
  expect(check(asked)).toMatchObject({ assertion: 'tool_called cancel {patient: {id: "P-1"}}', holds: 'yes' })
})
