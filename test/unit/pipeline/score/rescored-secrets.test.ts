import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMask, noMask, type Mask } from '../../../../src/domain/mask.js'
import { maskRun } from '../../../../src/domain/mask-event.js'
import type { Metric } from '../../../../src/domain/metric.js'
import type { RunEnded } from '../../../../src/domain/event.js'
import type { TextMatcher } from '../../../../src/domain/text-matcher.js'
import type { Transcript } from '../../../../src/domain/transcript.js'
import type { Verdict } from '../../../../src/domain/verdict.js'
import { createScorer, type Scorer, type ScorerUse } from '../../../../src/pipeline/score/score.js'
import { agent, caller, calls, patterns, scenario, scoreWith, transcript, type Asked } from './conversations.js'

const token = 'tok-abcDEF123456789'
const mask = createMask([{ name: 'MY_TOKEN', value: token }])
/** The masks of a rescore: the same, of a rotated secret, of no secret. */
const later: readonly Mask[] = [mask, createMask([{ name: 'MY_TOKEN', value: 'tok-otherOTHER99999' }]), noMask]

interface Rescored {
  readonly before: Verdict
  readonly after: readonly Verdict[]
}

/** A conversation's verdict, and those of rescoring what was stored of it. */
function rescore(
  held: Transcript,
  asks: { expect?: readonly Asked[]; metrics?: readonly string[] },
  metrics: readonly Metric[] = [],
): Rescored {
  const before = scoreWith(createScorer({ metrics, patterns, mask }), scenario(asks), held)
  const ended = { outcome: { status: 'failed', transcript: held, verdict: before }, earlier: [] } as unknown as RunEnded
  const { outcome } = maskRun(ended, mask)
  if (outcome.status !== 'failed') throw new Error(outcome.status)
  const after = later.map(now => {
    const scorer: Scorer = createScorer({ metrics, patterns, mask: now } as ScorerUse)
    const again: Scorer = (subject, said, use) => scorer(subject, said, use, outcome.verdict)
    return scoreWith(again, scenario(asks), outcome.transcript)
  })
  return { before, after }
}

const not = (assertion: Asked): Asked => ({ kind: 'not', assertion })
const called = (name: string, args?: Record<string, unknown>, more = {}): Asked => ({
  kind: 'tool_called',
  call: { name, ...(args && { arguments: args }), ...more },
})
const meta = (pointer: string, more: object): Asked => ({ kind: 'metadata', pointer, ...more })
const says = (kind: 'agent_says' | 'caller_says', matcher: TextMatcher): Asked => ({ kind, matcher })

describe('rescoring leaves the verdict on a secret', () => {
  const talk = [caller('Hi'), agent('Hello')]
  test.each<[string, Asked, Transcript]>([
    ['as the name of a tool', not(called(token)), transcript([...talk, calls(token)])],
    [
      'as the name of a tool that comes first',
      not(called('look', undefined, { after: token })),
      transcript([...talk, calls(token), calls('look')]),
    ],
    ['as the key of an argument', not(called('look', { [token]: 1 })), transcript([...talk, calls('look', { [token]: 1 })])],
    ['as an argument', not(called('look', { id: token })), transcript([...talk, calls('look', { id: token })])],
    ['as a key of metadata', not(meta(`/${token}`, { exists: true })), transcript(talk, { metadata: { [token]: 1 } })],
    ['as a key on the way', not(meta(`/a/${token}/b`, { equals: 1 })), transcript(talk, { metadata: { a: { [token]: { b: 1 } } } })],
    ['as its own mask', meta('/[redacted MY_TOKEN]', { exists: true }), transcript(talk, { metadata: { [token]: 1 } })],
    ['as a value of metadata', not(meta('/a', { equals: token })), transcript(talk, { metadata: { a: token } })],
    ['in words', not(says('agent_says', { contains: token })), transcript([...talk, agent(`It is ${token}.`)])],
    [
      'split over messages',
      says('agent_says', { equals: 'is it' }),
      transcript([...talk, agent(token.slice(0, 9)), agent(`${token.slice(9)} is it`)]),
    ],
    [
      'in one of several assertions',
      { kind: 'all', assertions: [says('agent_says', { contains: 'Hello' }), not(called(token))] },
      transcript([...talk, calls(token)]),
    ],
  ])('%s', (_, asked, held) => {
    const { before, after } = rescore(held, { expect: [asked] })
    expect(before.holds).toBe('no')
    expect(after.map(({ holds }) => holds)).toEqual(['no', 'no', 'no'])
  })
})

test('what no mask touches is decided anew, as it was', () => {
  const held = transcript([caller('Hi'), agent(`It is ${token}.`), calls('look', { a: 1 }), caller('Bye'), agent('Goodbye')], {
    metadata: { a: 1, [token]: 1 },
  })
  const expects = [says('agent_says', { equals: 'Goodbye' }), called('look', { a: 1 }), meta('/a', { equals: 1 })]
  for (const { holds } of rescore(held, { expect: expects }).after) expect(holds).toBe('yes')
})

test('whether a metric applies stays as it was, where a secret decides it', () => {
  const metric: Metric = {
    key: 'polite',
    name: 'Polite',
    type: 'binary',
    source: { kind: 'judge', prompt: 'Is it polite?' },
    trigger: { kind: 'assertion', assertion: scenario({ expect: [called(token)] }).expect[0]! },
  } as unknown as Metric
  const held = transcript([caller('Hi'), agent('Hello'), calls('look')])
  const other = transcript([caller('Hi'), agent('Hello'), calls('look'), calls(`${token}-2`)])
  for (const each of [held, other]) {
    const { before, after } = rescore(each, { metrics: ['polite'] }, [metric])
    expect(before.metrics[0]).toMatchObject({ applies: false })
    for (const { metrics } of after) expect(metrics[0]).toMatchObject({ applies: false })
  }
})

/** A secret, a part of a text, or something else. */
const word = fc.constantFrom(token, `x${token}`, 'look', 'a', 'is it', token.slice(0, 9), `${token.slice(9)} is it`)
const value = fc.oneof(word, fc.constant(1), fc.dictionary(word, word, { maxKeys: 2 }))
const record = fc.dictionary(word, value, { maxKeys: 3 })
const line = fc.oneof(
  word.map(agent),
  word.map(caller),
  fc.tuple(word, record).map(([name, args]) => calls(name, args)),
)
const conversation = fc
  .tuple(fc.array(line, { maxLength: 6 }), record)
  .map(([lines, metadata]) => transcript([caller('Hi'), agent('Hello'), ...lines], { metadata }))
const pointer = fc.array(word, { minLength: 1, maxLength: 2 }).map(keys => `/${keys.join('/')}`)
const matcher = fc.oneof(
  word.map((contains): TextMatcher => ({ contains })),
  word.map((equals): TextMatcher => ({ equals })),
)
const leaf: fc.Arbitrary<Asked> = fc.oneof(
  fc.tuple(fc.constantFrom('agent_says' as const, 'caller_says' as const), matcher).map(([kind, by]) => says(kind, by)),
  word.map(name => called(name)),
  fc.tuple(word, record).map(([name, args]) => called(name, args)),
  fc.tuple(word, word).map(([name, after]) => called(name, undefined, { after })),
  fc.tuple(word, fc.nat(2)).map(([name, max]) => called(name, undefined, { times: { min: 0, max } })),
  fc.tuple(pointer, fc.boolean()).map(([at, exists]) => meta(at, { exists })),
  fc.tuple(pointer, value).map(([at, equals]) => meta(at, { equals })),
  fc.tuple(pointer, matcher).map(([at, by]) => meta(at, { matcher: by })),
)
const { asked } = fc.letrec<{ asked: Asked }>(tie => ({
  asked: fc.oneof(
    { maxDepth: 2 },
    leaf,
    tie('asked').map(not),
    fc
      .tuple(fc.constantFrom('all' as const, 'any' as const), fc.array(tie('asked'), { minLength: 1, maxLength: 2 }))
      .map(([kind, assertions]): Asked => ({ kind, assertions })),
  ),
}))

test('wherever a secret stands, and whatever is asked, a failed verdict never becomes passed', () => {
  fc.assert(
    fc.property(conversation, asked, (held, each) => {
      const { before, after } = rescore(held, { expect: [each] })
      const opposite = before.holds === 'no' ? 'yes' : 'no'
      const turned = after.filter(({ holds }) => before.holds !== 'unknown' && holds === opposite)
      expect(turned).toEqual([])
    }),
    { numRuns: 500 },
  )
})
