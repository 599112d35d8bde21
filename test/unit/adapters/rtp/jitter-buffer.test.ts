import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JitterBuffer } from '../../../../src/adapters/rtp/jitter-buffer.js'

const frame = 160

interface Heard {
  readonly buffer: JitterBuffer
  /** The first sample of each frame, in order. */
  heard(): number[]
  take(nth: number, more?: { value?: number; at?: number; sequence?: number; length?: number }): void
  tick(count?: number): void
}

function listen(): Heard {
  const samples: number[] = []
  const buffer = new JitterBuffer(8_000, piece => samples.push(...piece))
  return {
    buffer,
    heard: () => samples.filter((_, index) => index % frame === 0),
    take: (nth, { value = nth + 1000, at = nth * frame, sequence = nth, length = frame } = {}) =>
      buffer.take({ sequence: sequence & 0xffff, at: at >>> 0, samples: new Int16Array(length).fill(value) }),
    tick(count = 1) {
      for (let i = 0; i < count; i += 1) buffer.tick(0)
    },
  }
}

test('what is in order passes at once', () => {
  const { take, heard } = listen()
  for (const nth of [65_534, 65_535, 65_536]) take(nth, { value: nth & 0xff })
  expect(heard()).toEqual([254, 255, 0])
})

test('what overtook others waits for them, and twice is once', () => {
  const { take, heard, buffer } = listen()
  for (const nth of [0, 2, 2, 1, 1, 3]) take(nth)
  expect(heard()).toEqual([1000, 1001, 1002, 1003])
  expect(buffer.counts).toMatchObject({ late: 2, concealed: 0 })
})

test('field report 19: a gap becomes silence of its length, and not a shorter call', () => {
  const { take, heard, tick, buffer } = listen()
  take(0)
  tick()
  take(3)
  tick()
  take(4)
  expect(heard()).toEqual([1000])
  tick()
  take(5)
  expect(heard()).toEqual([1000, 0, 0, 1003, 1004, 1005])
  expect(buffer.counts.concealed).toBe(2 * frame)
  take(1)
  expect(buffer.counts.late).toBe(1)
})

test('a gap is waited for longer where jitter is larger, but never beyond the lead', () => {
  for (const [jitterMs, ticks] of [
    [0, 2],
    [9, 3],
    [500, 5],
  ] as const) {
    const { take, heard, buffer } = listen()
    take(0)
    take(2)
    for (let i = 1; i < ticks; i += 1) buffer.tick(jitterMs)
    expect(heard()).toEqual([1000])
    buffer.tick(jitterMs)
    expect(heard()).toEqual([1000, 0, 1002])
  }
})

test('field report 19: silence that was played already is not inserted once more', () => {
  const { take, heard, tick } = listen()
  take(0)
  tick(40)
  take(40)
  tick(2)
  expect(heard()).toEqual([1000, 1040])
})

test('a sender that sends nothing in silence is heard as it spoke', () => {
  const { take, heard, tick } = listen()
  take(0)
  tick(4)
  take(4, { sequence: 1 })
  expect(heard()).toEqual([1000, 0, 0, 0, 1004])
  tick(100)
  take(104, { sequence: 2 })
  expect(heard()).toEqual([1000, 0, 0, 0, 1004, 1104])
})

test('field report 18: timestamps that jump are a new beginning, without silence', () => {
  const { take, heard, tick } = listen()
  take(0)
  tick()
  take(1, { at: 0x8000_0000 })
  tick()
  take(2, { at: 5 })
  expect(heard()).toEqual([1000, 1001, 1002])
})

test('field report 18: numbers that jump are a new beginning, at once when far and after five when near', () => {
  const { take, heard, buffer } = listen()
  take(100)
  take(20_000)
  expect(heard()).toEqual([1100, 21_000])
  for (let nth = 19_950; nth < 19_960; nth += 1) take(nth)
  expect(heard().slice(2)).toEqual([20_955, 20_956, 20_957, 20_958, 20_959])
  expect(buffer.counts).toMatchObject({ jumps: 2, late: 5 })
})

test('field report 20: the length of a payload counts, and not what its timestamp makes one expect', () => {
  const { take, heard, tick, buffer } = listen()
  for (let nth = 0; nth < 10; nth += 1) {
    take(nth, { length: 80 })
    if (nth % 2 === 1) tick()
  }
  expect([heard().length, buffer.counts.concealed]).toEqual([5, 0])
})

test('sound that piled up is shortened in its pauses until the delay is what it was', () => {
  const { take, heard, tick, buffer } = listen()
  let nth = 0
  const speak = (frames: number, value: number): void => {
    for (let i = 0; i < frames; i += 1) {
      take(nth, { value })
      nth += 1
      tick()
    }
  }
  speak(50, 1000)
  // The network stalls for 200 ms, and all comes at once.
  tick(10)
  for (let i = 0; i < 10; i += 1) take(nth + i, { value: 1000 })
  nth += 10
  speak(120, 1000)
  expect(buffer.counts.dropped).toBe(0)
  speak(120, 0)
  speak(120, 1000)
  // 10 frames late, of which 6 were the lead, began anew; two are left to jitter.
  expect(buffer.counts.dropped / frame).toBe(8)
  expect(heard().filter(sample => sample === 1000)).toHaveLength(300)
})

test('however packets come, nothing is heard twice, and what is heard is in order', () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ nth: fc.integer({ min: 0, max: 30 }), ticks: fc.integer({ min: 0, max: 3 }) }), { maxLength: 60 }),
      packets => {
        const { take, heard, tick, buffer } = listen()
        for (const { nth, ticks } of packets) {
          take(nth)
          tick(ticks)
        }
        tick(10)
        if (buffer.counts.jumps > 0) return
        const sounds = heard().filter(sample => sample !== 0)
        expect(sounds).toEqual([...new Set(sounds)].toSorted((a, b) => a - b))
      },
    ),
  )
})
