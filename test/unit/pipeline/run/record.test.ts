import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Moment } from '../../../../src/domain/transcript.js'
import { ConversationRecord } from '../../../../src/pipeline/run/record.js'

const ending = { by: 'caller', reason: 'Testing agent-ended-call', atS: 100 } as const
const step = { kind: 'step', number: 1 } as const
const words = (text: string) => ({ type: 'text', text }) as const
const short = ({ moments }: { readonly moments: readonly Moment[] }): string[] =>
  moments.map(each => `${each.turn} ${each.startS} ${each.type === 'said' ? each.text : each.type}`)

test('words of speech that are told of late belong to the turn in which they began', () => {
  const record = new ConversationRecord(() => {})
  const delivered = record.callerSays(words('Hi.'), { kind: 'first_message' }, 0, true)
  delivered({ startS: 0, endS: 1 })
  const more = record.callerSays(words('And hurry.'), step, 4, true)
  record.agentDid({ type: 'said', text: 'Let me look.', startS: 2, endS: 3.5, segment: 1 })
  record.agentDid({ type: 'said', text: 'Sure.', startS: 4.5, endS: 5, segment: 2 })
  more({ startS: 4, endS: 4.8 })
  expect(short(record.transcript(ending))).toEqual(['1 0 Hi.', '1 2 Let me look.', '2 4 And hurry.', '2 4.5 Sure.'])
})

test('words that were spoken later than they were said take the turn with them', () => {
  const record = new ConversationRecord(() => {})
  record.callerSays(words('Hi.'), { kind: 'first_message' }, 0, true)({ startS: 0, endS: 1 })
  const more = record.callerSays(words('And hurry.'), step, 4, true)
  record.agentDid({ type: 'said', text: 'One moment.', startS: 4.1, endS: 4.4, segment: 1 })
  more({ startS: 4.2, endS: 5 })
  expect(short(record.transcript(ending))).toEqual(['1 0 Hi.', '1 4.1 One moment.', '2 4.2 And hurry.'])
})

test('words that were cut off are written down as far as they were said', () => {
  const noted: Moment[] = []
  const record = new ConversationRecord(moment => noted.push(moment))
  record.callerSays(words('I would like to cancel.'), { kind: 'first_message' }, 0, true)({ startS: 0, endS: 0.7, said: 'I would' })
  record.agentDid({ type: 'said', text: 'Before you', startS: 0.5, endS: 1.1, cut: true })
  expect(record.moments).toMatchObject([
    { by: 'caller', text: 'I would', cut: true },
    { by: 'agent', text: 'Before you', cut: true },
  ])
  expect(noted).toEqual(record.moments)
})

test('keys that the agent presses are written down', () => {
  const record = new ConversationRecord(() => {})
  record.agentDid({ type: 'keyed', digits: '1#', atS: 2 })
  expect(record.moments).toEqual([{ type: 'dtmf', by: 'agent', turn: 0, startS: 2, endS: 2, digits: '1#' }])
})

test('in whatever order they are told of, moments stand in the order of their onset, each in the turn in which it began', () => {
  const caller = fc.uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 6 })
  const agent = fc.array(fc.tuple(fc.integer({ min: 0, max: 500 }), fc.nat(5)), { maxLength: 12 })
  fc.assert(
    fc.property(caller, agent, (turnsBegin, said) => {
      const begins = turnsBegin.toSorted((a, b) => a - b)
      const record = new ConversationRecord(() => {})
      /** What each side tells, by when it is told: the agent's words so much later than they began. */
      const told = [
        ...begins.map(startS => ({
          atS: startS,
          tell: () => record.callerSays(words('x'), step, startS, true)({ startS, endS: startS }),
        })),
        ...said.map(([startS, late]) => ({
          atS: startS + late + 0.5,
          tell: () => record.agentDid({ type: 'said', text: 'y', startS: startS + 0.5, endS: startS + 0.5 }),
        })),
      ].toSorted((a, b) => a.atS - b.atS)
      for (const { tell } of told) tell()
      const { moments } = record
      expect(moments).toHaveLength(told.length)
      expect(moments.map(({ startS }) => startS)).toEqual(moments.map(({ startS }) => startS).toSorted((a, b) => a - b))
      for (const { turn, startS } of moments) expect(turn).toBe(begins.filter(each => each <= startS).length)
    }),
  )
})
