import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { createMask } from '../../../../src/domain/mask.js'
import type { Metric } from '../../../../src/domain/metric.js'
import { createScorer } from '../../../../src/pipeline/score/score.js'
import { agent, caller, calls, ended, patterns, scenario, scoreWith, transcript, type Asked } from './conversations.js'

const says = (contains: string): Asked => ({ kind: 'agent_says', matcher: { contains } })
const matches = (pattern: string): Asked => ({ kind: 'agent_says', matcher: { matches: pattern } })
const not = (assertion: Asked): Asked => ({ kind: 'not', assertion })

/** Checks that quote what was said, whichever message it is. The secret is in digits, all other words are in letters. */
const expects = [
  says('nothing of this'),
  { kind: 'caller_says', matcher: { contains: 'nothing of this' } } satisfies Asked,
  not(matches('[0-9]')),
  not(matches(String.raw`\d{4}`)),
  not(matches('hello')),
  not({ kind: 'caller_says', matcher: { matches: '[0-9]' } }),
]

const digits = fc.string({ unit: fc.constantFrom(...Array.from('0123456789')), minLength: 12, maxLength: 40 })
const edge = fc.constantFrom('', '', ' ', '\n')

/** A secret cut in pieces, with white space where it was cut. */
const split = fc
  .tuple(
    digits,
    fc.array(fc.nat(40), { minLength: 1, maxLength: 4 }),
    fc.array(fc.tuple(edge, edge), { minLength: 6, maxLength: 6 }),
    fc.constantFrom('', 'hello ', ' hello '),
  )
  .map(([value, cuts, edges, before]) => {
    const places = [...new Set([0, ...cuts.map(cut => cut % value.length), value.length])].toSorted((a, b) => a - b)
    const pieces = places.slice(1).map((end, i) => `${i === 0 ? '' : edges[i]![0]}${value.slice(places[i], end)}${edges[i]![1]}`)
    return { value, pieces: [before + pieces[0]!, ...pieces.slice(1)] }
  })

test('no check quotes a part of a secret that is split over the messages of a turn', () => {
  fc.assert(
    fc.property(split, fc.boolean(), fc.boolean(), ({ value, pieces }, hasTool, isCaller) => {
      const by = isCaller ? caller : agent
      const said = pieces.flatMap((piece, i) => (hasTool && i === 1 ? [calls('look'), by(piece)] : [by(piece)]))
      const talk = transcript([caller('hi'), agent('hello'), ...said], { ending: ended('limit', 'Main agent-silence-timed-out') })
      // Everything in one turn.
      const held = { ...talk, moments: talk.moments.map(moment => ({ ...moment, turn: 0 })) }
      const mask = createMask([{ name: 'MY_PIN', value }])
      const asked = scenario({ expect: expects })
      const step = { trigger: { kind: 'when', matcher: { contains: 'x' } }, say: [], cause: { kind: 'step', line: 1 } }
      const stuck = { ...asked, behaviour: { kind: 'script', script: { firstMessage: [], steps: [step] } } } as unknown as typeof asked
      const { checks } = scoreWith(createScorer({ metrics: [], patterns, mask }), stuck, held)
      expect(checks.some(({ because }) => because.includes('[redacted MY_PIN]'))).toBe(true)
      for (const { because } of checks) expect(because).not.toMatch(/\d/)
    }),
  )
})

test('a metric does not show a number of the metadata that is a secret', () => {
  fc.assert(
    fc.property(fc.integer({ min: 10_000_000, max: Number.MAX_SAFE_INTEGER }), fc.boolean(), (number, isNegative) => {
      const value = isNegative ? -number : number
      const metric: Metric = {
        key: 'num',
        name: 'Num',
        type: 'numeric',
        source: { kind: 'metadata', pointer: '/num' },
      } as unknown as Metric
      const held = transcript([caller('Hi'), agent('Hello')], { metadata: { num: value } })
      const scorer = createScorer({ metrics: [metric], patterns, mask: createMask([{ name: 'NUM_KEY', value: String(number) }]) })
      const verdict = scoreWith(scorer, scenario({ metrics: ['num'] }), held)
      expect(verdict).toMatchObject({ holds: 'unknown', metrics: [{ value: null }] })
      expect(JSON.stringify(verdict)).not.toContain(String(number))
      expect(JSON.stringify(verdict)).toContain('[redacted NUM_KEY]')
    }),
  )
})
