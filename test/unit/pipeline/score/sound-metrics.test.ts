import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { soundMetrics, type BuiltinMetric } from '../../../../src/domain/metric.js'
import type { Sound, Stretch } from '../../../../src/domain/sound.js'
import type { Moment, Transcript } from '../../../../src/domain/transcript.js'
import type { MetricScore } from '../../../../src/domain/verdict.js'
import { agentAt, callerAt, soundOf } from '../../../support/sounds.js'
import { agent, caller, ended, score, transcript } from './conversations.js'

/** A call whose words are as long as its speech; asides have no words. */
function call(stretches: readonly Stretch[], more: Partial<Sound> = {}, by: 'agent' | 'caller' = 'caller'): Transcript {
  const sound = soundOf(stretches, more)
  let turn = 0
  const moments = sound.stretches.flatMap((stretch): Moment[] => {
    if (stretch.kind === 'backchannel' || stretch.kind === 'tic') return []
    if (stretch.by === 'caller') turn += 1
    const { startS, endS } = stretch
    return [{ type: 'said', by: stretch.by, turn, startS, endS, text: 'five words of some sort' }]
  })
  const reason = by === 'agent' ? 'Main agent-ended-call' : 'Testing agent-ended-call'
  return { moments, metadata: {}, ending: ended(by, reason, sound.seconds), sound }
}

function measure(held: Transcript, name: BuiltinMetric, statistic: 'mean' | 'max' = 'mean'): MetricScore {
  const type = name === 'dtmf_received' ? 'enum' : 'numeric'
  const metric = { key: 'm', name: 'M', type, source: { kind: 'builtin', builtin: name, statistic } } as const
  const [measured] = score(held, { metrics: ['m'] }, [metric]).metrics
  if (!measured) throw new Error('nothing was measured')
  return measured
}

const samplesOf = (held: Transcript, name: BuiltinMetric) => measure(held, name).samples
const valueOf = (held: Transcript, name: BuiltinMetric) => measure(held, name).value
const moot = { value: null, applies: false }

const backchannel = (startS: number) => callerAt(startS, startS + 0.3, { kind: 'backchannel' })
const prompt = (startS: number) => callerAt(startS, startS + 1, { kind: 'idle_prompt' })
const pressed = (digits: string, startS: number): Moment => ({ type: 'dtmf', by: 'agent', turn: 1, startS, endS: startS, digits })
const selfHeard = (heard: string, usualWer = 0) => ({
  selfHeard: { said: [{ text: 'I am Maria Lopez, born on April 2nd.', heard }], usualWer },
})

test.each(soundMetrics)('%s does not apply without sound, and so fails nothing', name => {
  const held = transcript([agent('Hello'), caller('Hi'), agent('Bye')])
  expect(measure(held, name)).toMatchObject({ ...moot, because: 'it needs sound' })
})

describe('latencies', () => {
  test('are from the last voiced sample of the caller to the first of the agent, in each turn that was answered', () => {
    const held = call([agentAt(0.5, 2), callerAt(3, 4), agentAt(5.25, 6), callerAt(7, 8), agentAt(8.02, 9), callerAt(10, 11)])
    expect(measure(held, 'latency_ms')).toMatchObject({ value: 635, samples: [1250, 20], turn: 1 })
    expect(valueOf(held, 'time_to_first_word_ms')).toBe(500)
  })

  test('begin with the last words of a caller that goes on', () => {
    expect(samplesOf(call([callerAt(0, 1), callerAt(3, 4), agentAt(4.5, 5)]), 'latency_ms')).toEqual([500])
  })

  test('are nothing where the agent began before the caller was done', () => {
    expect(samplesOf(call([callerAt(0, 3), agentAt(2, 5)]), 'latency_ms')).toEqual([0])
  })

  test('do not end with a backchannel of the agent, nor begin with one of the caller', () => {
    const held = call([callerAt(0, 4), agentAt(1, 1.5), agentAt(5, 8), callerAt(6, 6.3, { kind: 'backchannel' })])
    expect(samplesOf(held, 'latency_ms')).toEqual([1000])
  })

  test('are also those of keys: the ones that the caller presses, and the ones that the agent answers with', () => {
    const held = call([agentAt(0.5, 2), agentAt(4.5, 6), callerAt(7, 8)])
    const keyed: Moment = { type: 'dtmf', by: 'caller', turn: 1, startS: 3, endS: 3.2, digits: '1' }
    const moments = [...held.moments, keyed, pressed('4', 8.75), pressed('2', 9)].toSorted((a, b) => a.startS - b.startS)
    expect(samplesOf({ ...held, moments }, 'latency_ms')).toEqual([1300, 750])
  })

  test('after a tool call and after an interruption are kept apart', () => {
    const bargeIn = callerAt(6, 7, { kind: 'barge_in' })
    const held = call([callerAt(0, 1), agentAt(2, 3), callerAt(4, 5), agentAt(5.5, 6.5), bargeIn, agentAt(7.4, 8)])
    const looksUp: Moment = { type: 'tool_called', by: 'agent', turn: 1, startS: 1.2, endS: 1.2, name: 'look_up', arguments: {} }
    const [first, ...others] = held.moments
    const used = { ...held, moments: [first!, looksUp, ...others] }
    expect(samplesOf(used, 'latency_ms')).toEqual([500])
    expect(samplesOf(used, 'latency_with_tool_ms')).toEqual([1000])
    expect(samplesOf(used, 'latency_after_interruption_ms')).toEqual([400])
  })

  test('do not apply where there is no such turn, and are not scored where no turn was answered', () => {
    const held = call([callerAt(0, 1), agentAt(2, 3)])
    expect(measure(held, 'latency_with_tool_ms')).toMatchObject(moot)
    expect(measure(held, 'latency_after_interruption_ms')).toMatchObject(moot)
    expect(measure(call([agentAt(0, 1), callerAt(2, 3)]), 'latency_ms')).toMatchObject({ value: null })
    expect(measure(call([agentAt(0, 1), callerAt(2, 3)]), 'latency_ms').applies).toBe(undefined)
  })
})

describe('interruptions', () => {
  test('are onsets while the other side holds the floor', () => {
    const held = call([callerAt(0, 3), agentAt(1, 4.5), callerAt(5, 6), agentAt(7, 12), callerAt(9, 13, { kind: 'barge_in' })])
    expect(valueOf(held, 'agent_interruptions')).toBe(1)
    expect(valueOf(held, 'caller_interruptions')).toBe(1)
  })

  test('are no collisions of less than 0.2 s at either end, no backchannels and no tics', () => {
    const held = call([
      callerAt(0, 2),
      agentAt(1.9, 4),
      callerAt(3.9, 5),
      agentAt(6, 9),
      callerAt(6.1, 7),
      callerAt(7.5, 7.8, { kind: 'backchannel' }),
      callerAt(8, 8.3, { kind: 'tic' }),
      callerAt(10, 14),
      agentAt(11, 11.8),
    ])
    expect(valueOf(held, 'agent_interruptions')).toBe(0)
    expect(valueOf(held, 'caller_interruptions')).toBe(0)
  })

  test('a breath of the agent while the caller talks over it is no new onset', () => {
    const held = call([agentAt(0, 3), callerAt(2, 6, { kind: 'barge_in' }), agentAt(3.4, 5)])
    expect(valueOf(held, 'agent_interruptions')).toBe(0)
    expect(samplesOf(held, 'stop_time_ms')).toEqual([3000])
  })
})

describe('yielding', () => {
  test('is measured from the onset of each interruption on purpose to the last voiced sample of the agent', () => {
    const held = call([
      agentAt(0, 3.4),
      callerAt(3, 4, { kind: 'barge_in' }),
      agentAt(5, 10),
      callerAt(6, 7, { kind: 'barge_in' }),
      agentAt(11, 13),
      callerAt(12, 14),
    ])
    expect(samplesOf(held, 'stop_time_ms')).toEqual([400, 4000])
    expect(measure(held, 'yield_rate')).toMatchObject({ value: 0.5, samples: [1, 0], isRate: true })
  })

  test('an agent that stops at once has stopped, however short the overlap was', () => {
    const held = call([agentAt(0, 3.04), callerAt(3, 5, { kind: 'barge_in' }), agentAt(5.5, 6.5)])
    expect(samplesOf(held, 'stop_time_ms')).toEqual([40])
    expect(measure(held, 'yield_rate')).toMatchObject({ value: 1 })
    expect(valueOf(held, 'caller_interruptions')).toBe(1)
    expect(samplesOf(held, 'latency_after_interruption_ms')).toEqual([500])
  })

  test('an interruption that overlaps no speech is none', () => {
    const held = call([agentAt(0, 3), callerAt(4, 5, { kind: 'barge_in' }), agentAt(6, 7)])
    expect(measure(held, 'stop_time_ms')).toMatchObject(moot)
    expect(measure(held, 'yield_rate')).toMatchObject(moot)
  })

  test('an answer soon after the interruption is no failure to stop', () => {
    expect(samplesOf(call([agentAt(0, 3.3), callerAt(3, 3.5, { kind: 'barge_in' }), agentAt(3.8, 6)]), 'stop_time_ms')).toEqual([300])
  })

  test('where the call ends before 2 s are over, nobody knows', () => {
    const held = call([agentAt(0, 4), callerAt(3, 3.9, { kind: 'barge_in' })], { seconds: 4 })
    expect(measure(held, 'yield_rate')).toMatchObject(moot)
  })
})

describe('selectivity', () => {
  test('an agent that speaks on has rightly ignored it; one that stops has not', () => {
    expect(samplesOf(call([callerAt(0, 1), agentAt(2, 8), backchannel(4)]), 'selectivity')).toEqual([1])
    expect(samplesOf(call([callerAt(0, 1), agentAt(2, 4.5), backchannel(4)]), 'selectivity')).toEqual([0])
  })

  test('a pause between two sentences is no stop', () => {
    expect(samplesOf(call([callerAt(0, 1), agentAt(2, 4.5), agentAt(5, 8), backchannel(4)]), 'selectivity')).toEqual([1])
  })

  test('while nobody speaks, an answer within 2 s is wrong, and a later one is none', () => {
    const tic = callerAt(5, 5.5, { kind: 'tic' })
    expect(samplesOf(call([callerAt(0, 1), agentAt(2, 4), tic, agentAt(7, 8)]), 'selectivity')).toEqual([0])
    expect(samplesOf(call([callerAt(0, 1), agentAt(2, 4), tic, agentAt(8, 9)]), 'selectivity')).toEqual([1])
  })

  test('is not known while the agent owes an answer', () => {
    expect(measure(call([callerAt(0, 1), callerAt(1.5, 2, { kind: 'tic' }), agentAt(3, 4)]), 'selectivity')).toMatchObject(moot)
  })
})

describe('dead air', () => {
  test('is from the end of the caller to the onset of the agent; the longest is the value', () => {
    const held = call([agentAt(0, 1), callerAt(2, 3), agentAt(7, 8), callerAt(9, 10), agentAt(10.5, 11)])
    expect(measure(held, 'dead_air_s', 'max')).toMatchObject({ value: 4, samples: [4, 0.5], turn: 1 })
    expect(valueOf(held, 'dead_air_total_s')).toBe(4.5)
  })

  test('goes on over idle prompts, also when it follows words of the agent, and until the end of the call', () => {
    expect(samplesOf(call([callerAt(0, 1), prompt(6), agentAt(9, 10)]), 'dead_air_s')).toEqual([8])
    expect(samplesOf(call([callerAt(0, 1), agentAt(2, 3), prompt(8), agentAt(10, 11)]), 'dead_air_s')).toEqual([1, 7])
    expect(samplesOf(call([prompt(5), agentAt(7, 8)]), 'dead_air_s')).toEqual([7])
    expect(samplesOf(call([callerAt(0, 1)], { seconds: 6 }), 'dead_air_s')).toEqual([5])
  })

  test('is none while the agent waits for the caller, nor where the caller lets it wait', () => {
    expect(samplesOf(call([callerAt(0, 1), agentAt(1.5, 3), callerAt(20, 21), agentAt(21.2, 22)]), 'dead_air_s')).toEqual([0.5, 0.2])
    expect(samplesOf(call([callerAt(0, 1), agentAt(12, 13)], { waits: [{ startS: 0.5, endS: 11 }] }), 'dead_air_s')).toEqual([1])
    expect(samplesOf(call([agentAt(0, 1)], { seconds: 2 }), 'dead_air_s')).toEqual([0])
  })

  test('a backchannel of the caller does not end it', () => {
    expect(samplesOf(call([callerAt(0, 1), callerAt(3, 3.2, { kind: 'tic' }), agentAt(6, 7)]), 'dead_air_s')).toEqual([5])
  })
})

test('overlap and the share of speech are counted from the stretches of both', () => {
  const held = call([agentAt(0, 3), callerAt(2, 5), agentAt(4.5, 6)])
  expect(valueOf(held, 'overlap_s')).toBe(1.5)
  expect(valueOf(held, 'talk_ratio')).toBe(0.6)
})

test('the pace of the agent is its words by the time it speaks', () => {
  expect(valueOf(call([agentAt(0, 2), callerAt(3, 4), agentAt(5, 7)]), 'words_per_minute')).toBe(150)
  expect(measure({ ...call([agentAt(0, 2)]), moments: [] }, 'words_per_minute').because).toContain('no words')
})

describe('word errors', () => {
  test('of the caller are those beyond the usual ones, never fewer than none', () => {
    const heard = 'i am maria lopes born on april second'
    expect(valueOf(call([callerAt(0, 1)], selfHeard(heard)), 'caller_wer')).toBe(0.125)
    expect(valueOf(call([callerAt(0, 1)], selfHeard(heard, 0.1)), 'caller_wer')).toBe(0.025)
    expect(valueOf(call([callerAt(0, 1)], selfHeard(heard, 0.5)), 'caller_wer')).toBe(0)
    expect(measure(call([callerAt(0, 1)]), 'caller_wer').because).toBe('nothing listened to the caller')
  })

  test('of what is claimed are those of what was heard', () => {
    const held = call([callerAt(0, 1), agentAt(2, 3)], { claimed: [{ text: 'Five words of another sort.', atS: 2 }] })
    expect(valueOf(held, 'heard_wer')).toBe(0.2)
    expect(measure(call([callerAt(0, 1), agentAt(2, 3)]), 'heard_wer')).toMatchObject(moot)
  })
})

test('the quality of the track of the agent is told as it was measured', () => {
  const held = call([agentAt(0, 1)], { agent: { levelDbfs: -23.456, snrDb: 18, clipped: 4, dropouts: 2 } })
  const names = ['level_dbfs', 'snr_db', 'clipping', 'dropouts'] as const
  expect(names.map(name => valueOf(held, name))).toEqual([-23.5, 18, 4, 2])
  const silent = call([callerAt(0, 1)], { agent: { levelDbfs: null, snrDb: null, clipped: 0, dropouts: 0 } })
  expect(names.map(name => valueOf(silent, name))).toEqual([null, null, 0, 0])
})

test('an end is abrupt if the agent hangs up in the middle of its words', () => {
  expect(valueOf(call([callerAt(0, 1), agentAt(2, 3)], { seconds: 3.02 }, 'agent'), 'abrupt_end')).toBe(1)
  expect(valueOf(call([callerAt(0, 1), agentAt(2, 3)], { seconds: 3.5 }, 'agent'), 'abrupt_end')).toBe(0)
  expect(valueOf(call([callerAt(0, 1), agentAt(2, 3)], { seconds: 3.02 }), 'abrupt_end')).toBe(0)
})

test('the keys that the agent pressed are one text, also without sound', () => {
  const held = call([callerAt(0, 1), agentAt(2, 3)])
  expect(valueOf({ ...held, moments: [...held.moments, pressed('12', 4), pressed('#', 5)] }, 'dtmf_received')).toBe('12#')
  expect(valueOf(transcript([caller('Hi'), agent('Bye')]), 'dtmf_received')).toBe('none')
})

/** Stretches of one side, one after the other. */
const side = (by: 'agent' | 'caller') =>
  fc
    .array(
      fc.record({
        pauseS: fc.double({ min: 0.02, max: 20, noNaN: true }),
        lastsS: fc.double({ min: 0.02, max: 8, noNaN: true }),
        kind: fc.constantFrom(undefined, undefined, 'barge_in' as const, 'backchannel' as const, 'tic' as const, 'idle_prompt' as const),
      }),
      { maxLength: 12 },
    )
    .map(all => {
      let atS = 0
      return all.map(({ pauseS, lastsS, kind }): Stretch => {
        const startS = atS + pauseS
        atS = startS + lastsS
        return { by, startS, endS: atS, ...(by === 'caller' && kind && { kind }) }
      })
    })

describe('of any call', () => {
  const anyCall = fc.tuple(side('agent'), side('caller')).map(sides => call(sides.flat()))

  test('every metric of sound is a number in its bounds, or says why not', () => {
    fc.assert(
      fc.property(anyCall, held => {
        for (const name of soundMetrics) {
          const { value, because = '', samples = [], isRate } = measure(held, name)
          expect(value === null).toBe(because !== '')
          if (name === 'snr_db' || name === 'level_dbfs') continue
          for (const each of [Number(value), ...samples]) expect(each).toBeGreaterThanOrEqual(0)
          expect(isRate && samples.some(each => each !== 0 && each !== 1)).not.toBe(true)
        }
      }),
    )
  })

  test('silences, overlap and speech are no longer than the call, and the longest silence is one of all', () => {
    fc.assert(
      fc.property(anyCall, held => {
        const { seconds } = held.sound!
        const [total, longest, overlap] = (['dead_air_total_s', 'dead_air_s', 'overlap_s'] as const).map(name =>
          Number(measure(held, name, 'max').value),
        )
        expect(longest!).toBeLessThanOrEqual(total! + 0.001)
        expect(total! + overlap!).toBeLessThanOrEqual(seconds + 0.05)
      }),
    )
  })

  test('an agent that never speaks at the same time as the caller interrupts nobody, and is not interrupted', () => {
    fc.assert(
      fc.property(side('caller'), spoken => {
        const between = spoken.map(({ endS }, i) =>
          agentAt(endS + 0.001, Math.max(endS + 0.002, (spoken[i + 1]?.startS ?? endS + 1) - 0.001)),
        )
        const held = call([...spoken, ...between])
        expect([valueOf(held, 'agent_interruptions'), valueOf(held, 'caller_interruptions'), valueOf(held, 'overlap_s')]).toEqual([0, 0, 0])
      }),
    )
  })
})
