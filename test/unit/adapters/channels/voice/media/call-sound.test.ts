import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EnergyDetector } from '../../../../../../src/adapters/audio/energy-detector.js'
import { dtmfTones } from '../../../../../../src/adapters/audio/tones.js'
import { powerOfDbfs } from '../../../../../../src/adapters/audio/level.js'
import { mixInto } from '../../../../../../src/adapters/audio/mix.js'
import { littleEndian } from '../../../../../../src/adapters/audio/write-wav.js'
import { seededRandom } from '../../../../../../src/adapters/clocks/system.js'
import { noiseNamed } from '../../../../../../src/adapters/channels/voice/media/noise-sources.js'
import { CallSound, type CallSoundEvent, type CallSoundUse } from '../../../../../../src/adapters/channels/voice/media/call-sound.js'
import type { Line } from '../../../../../../src/ports/line.js'
import { expectSameSound } from '../../../../../support/same-sound.js'
import { inParts, joined, silence, voiceLike } from '../../../../../support/voice-like.js'

const rate = 8000
const frame = 160
const never = Number.POSITIVE_INFINITY
const pacing = { p99Ms: 0, worstMs: 0, late: 0, lost: 0, frames: 0 }

/** A call whose line remembers what was sent. */
class TestCall {
  readonly sent: Int16Array[] = []
  readonly events: CallSoundEvent[] = []
  readonly signals: string[] = []
  readonly recorded: [Int16Array[], Int16Array[]] = [[], []]
  readonly sound: CallSound
  onEvent: (event: CallSoundEvent) => void = () => {}

  constructor(use: Partial<CallSoundUse> = {}, members: Partial<Line> = {}) {
    const line: Line = {
      rate,
      send: sent => void this.sent.push(sent.slice()),
      speech: is => void this.signals.push(`${is} at ${this.sent.length}`),
      reached: mark => void this.signals.push(`${mark} at ${this.sent.length}`),
      hangUp: async () => {},
      ...members,
    }
    this.sound = new CallSound({
      line,
      detector: new EnergyDetector(),
      detectorName: 'energy',
      quietMs: 800,
      recorder: {
        add: (caller, agent) => {
          this.recorded[0].push(caller.slice())
          this.recorded[1].push(agent.slice())
        },
      },
      emit: event => {
        this.events.push(event)
        this.onEvent(event)
      },
      ...use,
    })
  }

  /** Ticks, and calls `before` with the milliseconds before each tick. */
  run(ms: number, before: (ms: number) => void = () => {}): this {
    for (let at = 0; at < ms; at += 20) {
      before(Math.round(this.sound.elapsedS * 1000))
      this.sound.tick()
    }
    return this
  }

  agent(samples: Int16Array): void {
    this.sound.take({ type: 'sound', samples })
  }

  of<Type extends CallSoundEvent['type']>(type: Type): (CallSoundEvent & { type: Type })[] {
    return this.events.filter((event): event is CallSoundEvent & { type: Type } => event.type === type)
  }
}

/** Sends sound as an agent does that speaks in real time, 20 ms at a time. */
function inRealTime(call: TestCall, startMs: number, sound: Int16Array): (ms: number) => void {
  const parts = inParts(sound, frame)
  return ms => {
    const part = parts[(ms - startMs) / 20]
    if (part) call.agent(part)
  }
}

test('a frame goes out in each tick, in silence too', () => {
  const call = new TestCall().run(1000)
  expect(call.sent).toHaveLength(50)
  expect(call.sent.every(sent => sent.length === frame && sent.every(sample => sample === 0))).toBe(true)
  expect(call.sound.elapsedS).toBe(1)
})

test.each([
  ['in real time', 'paced', 300],
  ['in real time', 'paced', 1000],
  ['in real time', 'paced', 2000],
  ['at once', 'burst', 300],
  ['at once', 'burst', 2000],
] as const)('the latency of an agent that speaks %s (%s) after %i ms is measured within 20 ms', (_, how, latencyMs) => {
  const call = new TestCall()
  const ours = joined(silence(130, rate), voiceLike(900, rate), silence(250, rate))
  call.sound.say({ id: 1, samples: ours, yieldAfterMs: never })
  const answer = voiceLike(1500, rate)
  const endMs = 130 + 900
  const paced = inRealTime(call, Math.ceil((endMs + latencyMs) / 20) * 20, answer)
  call.run(6000, ms => {
    if (how === 'paced') paced(ms)
    else if (ms === Math.ceil((endMs + latencyMs) / 20) * 20) call.agent(answer)
  })
  const [said] = call.of('said')
  const [speaking] = call.of('speaking')
  expect(said!.startS).toBeCloseTo(0.13, 2)
  expect(said!.endS).toBeCloseTo(1.03, 2)
  expect(Math.abs(speaking!.atS - said!.endS - latencyMs / 1000)).toBeLessThan(0.02)
  expect(Math.abs(call.of('quiet')[0]!.atS - speaking!.atS - 1.5)).toBeLessThan(0.01)
})

test('the turn of the agent is over after the quiet that was asked for, and not in a pause', () => {
  const call = new TestCall({ quietMs: 800 })
  const sound = joined(voiceLike(1000, rate), silence(600, rate), voiceLike(500, rate))
  let toldMs = 0
  call.onEvent = event => {
    if (event.type === 'turn_over') toldMs = call.sound.elapsedS * 1000
  }
  call.run(5000, inRealTime(call, 200, sound))
  expect(call.of('speaking')).toHaveLength(2)
  const turns = call.of('turn_over')
  expect(turns).toHaveLength(1)
  expect(turns[0]).toMatchObject({ segment: 2 })
  expect(turns[0]!.atS).toBeCloseTo(2.3, 2)
  expect(toldMs - 2300).toBeGreaterThanOrEqual(800)
  expect(toldMs - 2300).toBeLessThanOrEqual(820)
})

test('a turn is not over while words that came late in its quiet wait to be heard', () => {
  for (let pause = 640; pause < 800; pause += 20) {
    const call = new TestCall({ quietMs: 800 })
    const first = inRealTime(call, 200, voiceLike(1000, rate))
    const second = inRealTime(call, 1200 + pause, voiceLike(1000, rate))
    call.run(5000, ms => {
      first(ms)
      second(ms)
    })
    expect(call.of('turn_over').map(turn => turn.segment)).toEqual([2])
  }
})

test.each(['hum', 'pink', 'car'] as const)('a turn is over in noise too: %s', name => {
  const call = new TestCall({ quietMs: 800 })
  const sound = joined(silence(3500, rate), voiceLike(1000, rate), silence(3000, rate))
  const noise = new Float64Array(sound.length)
  noiseNamed(name, { rate, random: seededRandom(1) }).addTo(noise, Math.sqrt(powerOfDbfs(-37)))
  mixInto(sound, Int16Array.from(noise))
  let toldMs = 0
  call.onEvent = event => {
    if (event.type === 'turn_over') toldMs = call.sound.elapsedS * 1000
  }
  call.run(8000, inRealTime(call, 0, sound))
  expect(Math.abs(toldMs - 4500 - 800)).toBeLessThan(60)
})

test.each([0.5, 1, 5])('a caller that yields after %f s is silent within 60 ms of that', policyS => {
  for (let shift = 0; shift < 20; shift += 7) {
    const call = new TestCall()
    call.sound.say({ id: 7, samples: voiceLike(8000, rate), yieldAfterMs: policyS * 1000 })
    call.run(9000, inRealTime(call, 1000, joined(silence(shift, rate), voiceLike(7000, rate))))
    const onsetS = call.of('speaking')[0]!.atS
    expect(onsetS).toBeCloseTo(1 + shift / 1000, 2)
    const [said] = call.of('said')
    expect(said).toMatchObject({ id: 7, cut: 'yielded' })
    const lastSent = call.sent.flatMap(sent => [...sent]).findLastIndex(sample => sample !== 0) / rate
    expect(lastSent - onsetS).toBeGreaterThanOrEqual(policyS - 0.05)
    expect(lastSent - onsetS).toBeLessThanOrEqual(policyS + 0.06)
    expect(said!.endS).toBeCloseTo(lastSent, 2)
    expect(said!.share).toBeCloseTo(said!.endS / 8, 2)
    expect(call.sound.close(pacing).stretches.find(stretch => stretch.by === 'caller')).toMatchObject({ cut: true })
  }
})

test('a caller that does not yield speaks to the end, and a short word of the agent stops nobody', () => {
  const call = new TestCall()
  call.sound.say({ id: 1, samples: voiceLike(2000, rate), yieldAfterMs: never })
  call.sound.say({ id: 2, samples: voiceLike(2000, rate), yieldAfterMs: 500 })
  const [over, word] = [inRealTime(call, 300, voiceLike(1200, rate)), inRealTime(call, 2600, voiceLike(350, rate))]
  call.run(6000, ms => {
    over(ms)
    word(ms)
  })
  expect(call.of('said')).toMatchObject([
    { id: 1, share: 1 },
    { id: 2, share: 1 },
  ])
  expect(call.of('said').every(said => said.cut === undefined)).toBe(true)
})

test('an agent that says that it speaks is yielded to as one that is heard: after as long', () => {
  const call = new TestCall()
  call.sound.say({ id: 1, samples: voiceLike(5000, rate), yieldAfterMs: 1000 })
  call.run(500)
  call.sound.take({ type: 'speech', is: 'begins' })
  call.run(1100)
  expect(call.of('said')).toMatchObject([{ id: 1, cut: 'yielded', endS: 1.505 }])
  expect(call.of('signalled')).toEqual([{ type: 'signalled', is: 'begins', atS: 0.5 }])
})

test('a caller does not yield to a word, to speech that is over, or if it insists', () => {
  const call = new TestCall()
  call.sound.take({ type: 'speech', is: 'begins' })
  call.run(100)
  call.sound.say({ id: 1, samples: voiceLike(3000, rate), yieldAfterMs: 1000 })
  call.run(1200)
  call.sound.take({ type: 'speech', is: 'begins' })
  call.run(900)
  call.sound.take({ type: 'speech', is: 'ends' })
  call.run(1000)
  call.sound.say({ id: 2, samples: voiceLike(3000, rate), yieldAfterMs: never })
  call.run(100)
  call.sound.take({ type: 'speech', is: 'begins' })
  call.run(3000)
  expect(call.of('said').map(({ id, share, cut }) => ({ id, share, cut }))).toEqual([
    { id: 1, share: 1, cut: undefined },
    { id: 2, share: 1, cut: undefined },
  ])
})

test('a cut falls silent within 5 ms of the next frame, without a click, and drops what waits', () => {
  const call = new TestCall()
  call.sound.say({ id: 1, samples: voiceLike(5000, rate), yieldAfterMs: never })
  call.sound.say({ id: 2, samples: voiceLike(500, rate), yieldAfterMs: never })
  call.run(1000)
  call.sound.cut()
  call.run(200)
  expect(call.of('said')).toMatchObject([
    { id: 2, share: 0, cut: 'cut' },
    { id: 1, endS: 1.005, cut: 'cut' },
  ])
  const after = call.sent[50]!
  expect(after.subarray(40).every(sample => sample === 0)).toBe(true)
  expect(call.sent.slice(51).every(sent => sent.every(sample => sample === 0))).toBe(true)
})

test('an utterance can wait until the agent has been speaking, or quiet, for so long', () => {
  const call = new TestCall()
  call.sound.say({ id: 1, samples: voiceLike(300, rate), yieldAfterMs: never, kind: 'barge_in', when: { agent: 'speaking', forMs: 3000 } })
  call.sound.say({ id: 2, samples: voiceLike(300, rate), yieldAfterMs: never, when: { agent: 'quiet', forMs: 1000 } })
  call.sound.say({ id: 3, samples: voiceLike(300, rate), yieldAfterMs: never })
  call.run(8000, inRealTime(call, 400, voiceLike(4000, rate)))
  const began = new Map(call.of('began').map(event => [event.id, event.atS]))
  expect(began.get(3)).toBeCloseTo(0, 1)
  expect(began.get(1)).toBeCloseTo(3.4, 1)
  expect(began.get(2)).toBeCloseTo(5.4, 1)
  expect(call.sound.close(pacing).stretches).toContainEqual(expect.objectContaining({ by: 'caller', kind: 'barge_in' }))
})

test('keys go by the signal of the line, else as tones; the agent hears them', () => {
  const pressed: string[] = []
  const signalled = new TestCall({}, { press: digits => void pressed.push(digits) })
  signalled.sound.press(1, '12')
  signalled.run(100)
  expect(pressed).toEqual(['12'])
  expect(signalled.of('said')).toMatchObject([{ id: 1, share: 1 }])

  const toned = new TestCall()
  toned.sound.press(1, '12')
  toned.run(600)
  expect(joined(...toned.sent).subarray(0, 3200)).toEqual(dtmfTones('12', rate))
  expect(toned.sound.close(pacing).stretches).toEqual([])
})

test('keys of the agent come by tones or by a signal', () => {
  const call = new TestCall()
  call.run(1000, inRealTime(call, 200, dtmfTones('4#', rate)))
  call.sound.take({ type: 'keyed', digits: '9' })
  expect(call.of('keyed').map(({ digits }) => digits)).toEqual(['4', '#', '9'])
  expect(call.of('keyed')[0]!.atS).toBeCloseTo(0.2, 1)
  expect(call.of('speaking')).toEqual([])
})

test('the line learns when our speech begins and ends, with the frame that it begins and ends with', () => {
  const call = new TestCall()
  call.run(100)
  call.sound.say({ id: 1, samples: voiceLike(100, rate), yieldAfterMs: never })
  call.run(400)
  expect(call.signals).toEqual(['begins at 5', 'ends at 10'])
})

test('marks reach the line when what was before them was played', () => {
  const call = new TestCall()
  call.run(40)
  call.agent(silence(100, rate))
  call.sound.take({ type: 'mark', name: 'm' })
  call.run(400)
  // At the second tick came 100 ms, which begin after the lead of six.
  expect(call.signals).toEqual(['m at 12'])
})

test('both tracks are recorded from the answer to the hang-up, where they were', () => {
  fc.assert(
    fc.property(fc.nat(20), fc.nat(40), fc.integer({ min: 1, max: 60 }), (ourTick, theirTick, ticks) => {
      const call = new TestCall()
      const [ours, theirs] = [voiceLike(300, rate), voiceLike(400, rate, { hz: 200 })]
      call.run(ticks * 20, ms => {
        if (ms === ourTick * 20) call.sound.say({ id: 1, samples: ours, yieldAfterMs: never })
        if (ms === theirTick * 20) call.agent(theirs)
      })
      call.sound.close(pacing)
      const [caller, agent] = call.recorded.map(parts => joined(...parts))
      expect(caller!.length).toBe(ticks * frame)
      expectSameSound(caller!, joined(...call.sent))
      const expected = new Int16Array(ticks * frame + theirs.length + 40 * frame)
      if (theirTick < ticks) expected.set(theirs, theirTick * frame)
      expectSameSound(agent!, expected.subarray(0, ticks * frame))
    }),
    { numRuns: 40 },
  )
})

test('the agent hangs up in the middle of a word: what was due is heard, what waited is dropped', () => {
  const call = new TestCall()
  call.run(500)
  call.agent(voiceLike(5000, rate))
  call.sound.say({ id: 1, samples: voiceLike(5000, rate), yieldAfterMs: never })
  call.run(1000)
  call.sound.take({ type: 'ended' })
  expect(call.events.map(event => event.type)).toEqual(['began', 'speaking', 'quiet', 'heard', 'said', 'ended'])
  expect(call.of('quiet')[0]!.atS).toBeCloseTo(1.5, 1)
  expect(call.of('said')).toMatchObject([{ cut: 'over', endS: 1.5 }])
  call.run(500)
  call.sound.say({ id: 2, samples: voiceLike(100, rate), yieldAfterMs: never })
  expect(call.sent).toHaveLength(75)
  expect(call.of('said').at(-1)).toMatchObject({ id: 2, share: 0, cut: 'over' })
  expect(call.sound.close(pacing)).toMatchObject({ seconds: 1.5, detector: 'energy', pacing })
})

test('an hour of sound at once ends the call as a fault of the agent', () => {
  const call = new TestCall()
  for (let second = 0; second < 3600; second += 1) call.agent(new Int16Array(rate))
  expect(call.events).toMatchObject([{ type: 'broke', fault: { by: 'agent', code: 'too_large' } }])
  expect(call.sound.isOver).toBe(true)
})

test('half frames, single samples and nothing are played as one sound', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 200, maxLength: 300 }), sizes => {
      const call = new TestCall()
      const theirs = voiceLike(1000, rate)
      let at = 0
      for (const size of [...sizes, theirs.length]) {
        call.agent(theirs.slice(at, at + size))
        at += size
      }
      call.run(2000)
      call.sound.close(pacing)
      expectSameSound(joined(...call.recorded[1]).subarray(0, theirs.length), theirs)
      expect(call.of('speaking')).toHaveLength(1)
    }),
    { numRuns: 10 },
  )
})

test('what has no sound is passed on with its time', () => {
  const call = new TestCall().run(1000)
  call.sound.take({ type: 'claimed', text: 'Hello.' })
  call.sound.take({ type: 'tool_called', name: 'book', arguments: {} })
  expect(call.events).toEqual([
    { type: 'line', event: { type: 'claimed', text: 'Hello.' }, atS: 1 },
    { type: 'line', event: { type: 'tool_called', name: 'book', arguments: {} }, atS: 1 },
  ])
})

test('the same call gives the same events and bytes', () => {
  const [one, two] = [conductOne(), conductOne()]
  expect(JSON.stringify(one[0])).toBe(JSON.stringify(two[0]))
  for (const track of [1, 2, 3]) expect(one[track]).toEqual(two[track])
})

/** Its events, and a digest of each track. */
function conductOne(): unknown[] {
  const call = new TestCall()
  call.sound.say({ id: 1, samples: voiceLike(1500, rate), yieldAfterMs: 500 })
  call.run(6000, inRealTime(call, 700, voiceLike(3000, rate)))
  const tracks = [call.sent, ...call.recorded].map(parts =>
    createHash('sha256')
      .update(littleEndian(joined(...parts)))
      .digest('hex'),
  )
  return [[call.events, call.sound.close(pacing)], ...tracks]
}

test('what is said while the agent holds the call is no sound of it', () => {
  let isMuted = true
  const call = new TestCall({}, { isMuted: () => isMuted })
  call.sound.say({ id: 1, samples: voiceLike(400, rate), yieldAfterMs: never })
  call.run(600)
  expect(call.sent.every(sent => sent.every(sample => sample === 0))).toBe(true)
  expect(call.recorded[0].every(sent => sent.every(sample => sample === 0))).toBe(true)
  isMuted = false
  expect(call.run(100).sound.close(pacing).caller.levelDbfs).toBeLessThan(-60)
})
