import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Playout } from '../../../../../../src/adapters/channels/voice/media/playout.js'
import { expectSameSound } from '../../../../../support/same-sound.js'
import { inParts } from '../../../../../support/voice-like.js'

const rate = 8000
const frame = 160

/** Samples that can be told apart: 1, 2, 3 ... */
function counted(from: number, length: number): Int16Array {
  return Int16Array.from({ length }, (_, i) => ((from + i) % 30_000) + 1)
}

function playout(leadFrames = 6): { player: Playout; reached: string[]; play(frames?: number): Int16Array } {
  const reached: string[] = []
  const player = new Playout({ rate, leadFrames, reached: mark => void reached.push(mark) })
  return {
    player,
    reached,
    play(frames = 1) {
      const sound = new Int16Array(frames * frame)
      for (let i = 0; i < frames; i += 1) player.play(sound.subarray(i * frame, (i + 1) * frame))
      return sound
    },
  }
}

test('sound waits for 120 ms after the queue was empty, and again after it ran empty', () => {
  const { player, play } = playout()
  player.push(counted(0, 320))
  expect(play(6)).toEqual(new Int16Array(6 * frame))
  expect(play(2)).toEqual(counted(0, 320))
  expect(play(3)).toEqual(new Int16Array(3 * frame))
  player.push(counted(0, 80))
  expect(play(6)).toEqual(new Int16Array(6 * frame))
  expect(play()).toEqual(Int16Array.of(...counted(0, 80), ...new Int16Array(80)))
})

test('sound of any sizes is played in one', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 2000 }), { minLength: 1 }), sizes => {
      const { player, play } = playout()
      const sound = counted(
        0,
        sizes.reduce((sum, size) => sum + size, 0),
      )
      let at = 0
      for (const size of sizes) {
        player.push(sound.subarray(at, at + size))
        at += size
      }
      const frames = Math.ceil(sound.length / frame)
      const played = play(frames + 6)
      expectSameSound(played.subarray(6 * frame, 6 * frame + sound.length), sound)
      expect(player.waiting).toBe(0)
    }),
  )
})

test('frames that jitter by up to 120 ms leave no hole, and longer ones leave one as long as they were late', () => {
  const sound = counted(0, frame * 50)
  const parts = inParts(sound, frame)
  for (const [lateTicks, hole] of [
    [6, 0],
    [9, 9 * frame],
  ] as const) {
    const { player, play } = playout()
    const played: Int16Array[] = []
    for (let tick = 0; tick < 80; tick += 1) {
      for (const [index, part] of parts.entries()) {
        const due = index < 20 ? index : Math.max(index, 20 + lateTicks)
        if (due === tick) player.push(part)
      }
      played.push(play())
    }
    const whole = Int16Array.from(played.flatMap(part => [...part])).subarray(6 * frame)
    const second = whole.indexOf(sound[20 * frame]!)
    expect(second - 20 * frame).toBe(hole)
    // The last one is the end of the sound.
    expect(player.underruns).toBe(hole === 0 ? 1 : 2)
  }
})

test('a mark is reached once everything before it was played; at once if nothing waits', () => {
  const { player, reached, play } = playout(0)
  player.mark('at once')
  expect(reached).toEqual(['at once'])
  player.push(counted(0, 2 * frame + 1))
  player.mark('first')
  player.mark('same place')
  player.push(counted(0, frame - 1))
  player.mark('second')
  play(2)
  expect(reached).toEqual(['at once'])
  play()
  expect(reached).toEqual(['at once', 'first', 'same place', 'second'])
})

test('clear drops what waits and reaches all marks; what was due is still played', () => {
  const { player, reached, play } = playout(6)
  player.push(counted(0, 10_000))
  player.mark('end')
  play(4)
  player.clear()
  expect(reached).toEqual(['end'])
  const played = play(20)
  expect(played.subarray(2 * frame, 6 * frame)).toEqual(counted(0, 4 * frame))
  expect(played.subarray(6 * frame).every(sample => sample === 0)).toBe(true)
})

test('a clear of an empty queue does nothing', () => {
  const { player, reached, play } = playout()
  player.clear()
  player.push(counted(0, frame))
  expect(reached).toEqual([])
  expect(play(7).subarray(6 * frame)).toEqual(counted(0, frame))
})

test('whatever comes in whatever order: every mark is reached once, in order, and not before its sound', () => {
  const action = fc.oneof(
    fc.record({ push: fc.integer({ min: 0, max: 900 }) }),
    fc.record({ mark: fc.constant(true) }),
    fc.record({ clear: fc.constant(true) }),
    fc.record({ play: fc.integer({ min: 1, max: 12 }) }),
  )
  fc.assert(
    fc.property(fc.array(action, { maxLength: 60 }), actions => {
      const { player, reached, play } = playout()
      /** Per mark, how much must have been played before it. */
      let pending: { name: string; after: number }[] = []
      const expected: string[] = []
      let [pushed, played, marks] = [0, 0, 0]
      const step = (): void => {
        const before = player.waiting
        play()
        played += before - player.waiting
        expected.push(...pending.filter(({ after }) => after <= played).map(({ name }) => name))
        pending = pending.filter(({ after }) => after > played)
        expect(reached).toEqual(expected)
      }
      for (const next of actions) {
        if ('push' in next) {
          player.push(counted(0, next.push))
          pushed += next.push
        } else if ('mark' in next) {
          pending.push({ name: `m${(marks += 1)}`, after: pushed })
          player.mark(`m${marks}`)
          if (player.waiting === 0) expected.push(pending.pop()!.name)
        } else if ('clear' in next) {
          const before = player.waiting
          player.clear()
          pushed -= before - player.waiting
          expected.push(...pending.splice(0).map(({ name }) => name))
        } else {
          for (let i = 0; i < next.play; i += 1) step()
        }
      }
      for (let i = 0; i < 1000 && player.waiting > 0; i += 1) step()
      expect([reached, pending, played]).toEqual([expected, [], pushed])
    }),
  )
})

test('an hour of sound at once is a fault of the agent that states the bound', () => {
  const { player } = playout()
  const second = new Int16Array(rate)
  let fault
  for (let i = 0; i < 3600 && !fault; i += 1) fault = player.push(second)
  expect(fault).toMatchObject({ by: 'agent', code: 'too_large' })
  expect(fault?.message).toBe(
    'The agent sent more than 300 s of sound that was still to be played. The agent must send its sound no faster than that, or shorter answers.',
  )
  expect(player.waiting).toBe(300 * rate)
})

test('so are too many marks', () => {
  const { player } = playout()
  player.push(counted(0, 1))
  let [marks, fault] = [0, player.mark('0')]
  while (!fault) fault = player.mark(`${(marks += 1)}`)
  expect(marks).toBe(10_000)
  expect(fault.code).toBe('too_large')
})
