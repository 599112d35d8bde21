import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Floor } from '../../../../src/domain/connection.js'
import { dueNext, moveFloor, openFloor, type FloorEvent, type FloorPolicy, type FloorState } from '../../../../src/pipeline/run/floor.js'

const policy: FloorPolicy = { quietMs: 150, idleMs: 10_000, silenceMs: 30_000 }
const everyEvent: FloorEvent[] = [
  'said',
  'speaking',
  'quiet',
  'keyed',
  'tool_called',
  'tool_returned',
  'yielded',
  'considers',
  'thinks',
  'decides',
  'answers',
  'speaks',
  'delivers',
  'prompts',
  'waits',
]

interface Step {
  readonly event: FloorEvent
  readonly before: FloorState
  readonly after: FloorState
  readonly nowMs: number
}

function floorAfter(state: FloorState, event: FloorEvent, nowMs: number): FloorState {
  const next = { ...state }
  moveFloor(next, event, nowMs)
  return next
}

/** Plays any events in any order, as the turn loop may: it does not let the caller speak while an answer is owed. */
function play(floor: Floor, events: readonly (readonly [FloorEvent, number])[]): Step[] {
  const steps: Step[] = []
  let nowMs = 1_000
  let state = openFloor(floor, nowMs)
  for (const [event, ms] of events) {
    nowMs += ms
    if (event === 'speaks' && state.isOwed) continue
    const before = state
    state = floorAfter(state, event, nowMs)
    steps.push({ event, before, after: state, nowMs })
  }
  return steps
}

const anyFloor = fc.constantFrom<Floor>('turns', 'messages', 'speech')
const anyEvents = fc.array(fc.tuple(fc.constantFrom(...everyEvent), fc.nat(20_000)), { maxLength: 60 })

function always(what: (step: Step, floor: Floor) => void): void {
  fc.assert(
    fc.property(anyFloor, anyEvents, (floor, events) => {
      for (const step of play(floor, events)) what(step, floor)
    }),
    { numRuns: 2_000 },
  )
}

describe('in any order of events', () => {
  test('two never hold the floor: the caller does not speak while the agent owes it an answer', () => {
    always(({ after }) => expect(after.callerSpeaks && after.isOwed).toBe(false))
  })

  test('nobody is idle or silent while the agent speaks', () => {
    always(({ after }) => expect(dueNext(after, policy).atMs === Infinity || !after.agentSpeaks).toBe(true))
  })

  test('no message is dealt with before the caller was asked about it', () => {
    always(({ before, after }) => {
      expect(after.dealtWith).toBeLessThanOrEqual(before.considered)
      expect(after.considered).toBeLessThanOrEqual(after.said)
      expect(after.dealtWith).toBeGreaterThanOrEqual(before.dealtWith)
    })
  })

  test('nobody is deaf: a message that the caller was not asked about is heard in the end, unless the agent is given up', () => {
    always(({ after }) => {
      if (after.said === after.considered || after.agentSpeaks || after.isOwed) return
      const { what, atMs } = dueNext(after, policy)
      expect(what).not.toBe('idle')
      expect(atMs).toBeLessThan(Infinity)
    })
  })

  test('a message is heard after a quiet time, where nothing else says that the agent is done', () => {
    always(({ event, after, nowMs }, floor) => {
      if (event !== 'said' || floor === 'turns' || after.agentSpeaks) return
      // With sound, the quiet began before the words were made out.
      const quietSinceMs = floor === 'speech' ? after.lastActivityMs : nowMs
      expect(dueNext(after, policy)).toEqual({ what: 'heard', atMs: quietSinceMs + policy.quietMs })
    })
  })

  test('something is always due, so that no call waits for ever', () => {
    always(({ after }) => expect(dueNext(after, policy).atMs < Infinity || after.agentSpeaks).toBe(true))
  })

  test('an agent that owes nothing is not silent, and one that has answered is not either', () => {
    always(({ after }, floor) => {
      if (dueNext(after, policy).what !== 'silent') return
      expect(floor === 'turns' ? after.isOwed : !after.isAnswered).toBe(true)
    })
  })

  test('the last activity is never still to come', () => {
    always(({ after, nowMs }) => expect(after.lastActivityMs).toBeLessThanOrEqual(nowMs))
  })
})

test('the caller may not speak while it is owed an answer', () => {
  const owed = floorAfter(openFloor('turns', 0), 'delivers', 0)
  expect(() => floorAfter(owed, 'speaks', 1)).toThrow('owes')
})

test('by turns the caller is asked at once when the agent is done, and not before', () => {
  let state = floorAfter(openFloor('turns', 0), 'delivers', 0)
  state = floorAfter(state, 'said', 100)
  expect(dueNext(state, policy)).toEqual({ what: 'silent', atMs: 30_100 })
  state = floorAfter(state, 'yielded', 100)
  expect(dueNext(state, policy)).toEqual({ what: 'heard', atMs: -Infinity })
})

test('what comes while the caller thinks stays with it', () => {
  let state = openFloor('messages', 0)
  for (const event of ['said', 'considers', 'thinks', 'said', 'decides', 'answers', 'speaks', 'delivers'] as const) {
    state = floorAfter(state, event, 10)
  }
  expect(state).toMatchObject({ said: 2, considered: 1, dealtWith: 1, isFresh: false })
  expect(dueNext(state, policy)).toEqual({ what: 'heard', atMs: 10_010 })
})

test('a caller that thinks for long, and then waits for more, does not prompt the agent at once', () => {
  let state = floorAfter(openFloor('messages', 0), 'said', 1000)
  state = floorAfter(floorAfter(floorAfter(state, 'considers', 1500), 'thinks', 1500), 'decides', 61_500)
  expect(dueNext(state, policy)).toEqual({ what: 'idle', atMs: 61_000 + policy.idleMs })
})

const spoken = (...events: readonly (readonly [FloorEvent, number])[]): FloorState =>
  events.reduce((state, [event, atMs]) => floorAfter(state, event, atMs), openFloor('speech', 0))

describe('with sound', () => {
  test('words that are made out late do not make the quiet longer', () => {
    const state = spoken(['speaking', 1_000], ['quiet', 2_000], ['said', 2_700])
    expect(dueNext(state, policy)).toEqual({ what: 'heard', atMs: 2_150 })
  })

  test('a caller cuts in on an agent that speaks, once it has heard words', () => {
    const eager = { ...policy, cutIn: { afterMs: 3_000, unheard: false } }
    const silent = spoken(['speaking', 1_000], ['quiet', 2_000], ['speaking', 2_300])
    expect(dueNext(silent, eager).atMs).toBe(Infinity)
    expect(dueNext(silent, { ...policy, cutIn: { afterMs: 500, unheard: true } }).atMs).toBe(1_500)
    const state = floorAfter(silent, 'said', 2_500)
    expect(dueNext(state, eager)).toEqual({ what: 'heard', atMs: 4_000 })
    expect(dueNext(state, policy).atMs).toBe(Infinity)
  })
})
