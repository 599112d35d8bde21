import { expect, test } from 'vitest'
import { seededRandom } from '../../../../../../src/adapters/clocks/system.js'
import { dbfsOf, powerOf } from '../../../../../../src/adapters/audio/level.js'
import { tone } from '../../../../../../src/adapters/audio/tones.js'
import { littleEndian } from '../../../../../../src/adapters/audio/write-wav.js'
import { usualSound, type NetworkQuality } from '../../../../../../src/domain/caller-sound.js'
import { noises, type NoiseName } from '../../../../../../src/domain/noise.js'
import { callerShape, type ShapeUse } from '../../../../../../src/adapters/channels/voice/media/caller-shape.js'
import { noiseNamed, repeated } from '../../../../../../src/adapters/channels/voice/media/noise-sources.js'
import { expectSameSound } from '../../../../../support/same-sound.js'
import { inParts, joined, silence, voiceLike } from '../../../../../support/voice-like.js'

const rate = 8000

type Sound = ShapeUse['sound']

function shaped(
  sound: Partial<Sound>,
  input: Int16Array,
  { seed = 7, rate: atRate = rate, ...more }: Partial<ShapeUse> & { seed?: number } = {},
): Int16Array {
  const shape = callerShape({ sound: { ...usualSound, ...sound }, rate: atRate, draw: name => seededRandom(seed, name), ...more })
  return joined(
    ...inParts(input, atRate / 50).map(part => {
      const frame = part.slice()
      shape.shape(frame)
      return frame
    }),
  )
}

const noise = (snrDb: number, driftDb = 0, sound = 'white') => ({ sound, snrDb, driftDb })
const noiseNames = Object.keys(noises) as NoiseName[]

test.each(noiseNames)('%s noise is as loud as it says, without an end, and the same for the same seed', name => {
  const [one, two] = [noiseNamed(name, { rate, random: seededRandom(3) }), noiseNamed(name, { rate, random: seededRandom(3) })]
  const [samples, again] = [new Float64Array(rate * 30), new Float64Array(rate * 30)]
  one.addTo(samples, 1)
  for (let at = 0; at < again.length; at += 160) two.addTo(again.subarray(at, at + 160), 1)
  expect(samples.every((sample, i) => sample === again[i] && Math.abs(sample) < 20)).toBe(true)
  const sounding = samples.filter(sample => sample !== 0)
  const rms = Math.sqrt(sounding.reduce((sum, sample) => sum + sample * sample, 0) / sounding.length)
  expect(rms).toBeGreaterThan(0.8)
  expect(rms).toBeLessThan(1.25)
})

test('a recording is repeated, from a place that the seed chooses; of nothing there is nothing', () => {
  expect(firstOf(Int16Array.of(100, -100))).toEqual([-2, 2, -2])
  expect(firstOf(new Int16Array(0))).toEqual([0, 0, 0])
  expect(firstOf(new Int16Array(10))).toEqual([0, 0, 0])
})

/** The first three samples of a repeated recording, twice as loud. */
function firstOf(samples: Int16Array): number[] {
  const target = new Float64Array(3)
  repeated(samples, () => 0).addTo(target, 2)
  return [...target]
}

test('the room is as far below the speech as it says, also while nobody speaks', () => {
  const room = shaped({ backgroundNoise: noise(15) }, silence(5000, rate))
  expect(dbfsOf(powerOf(room))).toBeCloseTo(-35, 0)
})

test('a recording, or voices of our own, can be the noise', () => {
  const recording = shaped({ backgroundNoise: noise(15, 0, 'room.wav') }, silence(2000, rate), { recording: voiceLike(700, rate) })
  expect(dbfsOf(powerOf(recording))).toBeCloseTo(-35, 0)
  const voices = [voiceLike(700, rate), voiceLike(900, rate, { hz: 200 })]
  const babble = shaped({ backgroundNoise: noise(15, 0, 'babble') }, silence(5000, rate), { voices })
  expect(Math.abs(dbfsOf(powerOf(babble)) + 35)).toBeLessThan(2)
})

test('its level wanders as far as it may', () => {
  const room = shaped({ backgroundNoise: noise(15, 6) }, silence(120_000, rate), { speechDbfs: -20 })
  const levels = inParts(room, rate).map(part => dbfsOf(powerOf(part)))
  expect(Math.min(...levels)).toBeGreaterThan(-41.5)
  expect(Math.max(...levels)).toBeLessThan(-28.5)
  expect(Math.max(...levels) - Math.min(...levels)).toBeGreaterThan(5)
})

test('bursts come about as often as they should', () => {
  const room = shaped({ burstsPerMinute: 12 }, silence(300_000, rate))
  const loud = inParts(room, 160).map(part => dbfsOf(powerOf(part)) > -35)
  const bursts = loud.filter((isLoud, i) => isLoud && !loud[i - 1]).length
  expect(bursts).toBeGreaterThan(35)
  expect(bursts).toBeLessThan(85)
})

test.each([8000, 16_000])('the telephone carries 300 to 3400 Hz, at %i Hz', atRate => {
  const levelOf = (hz: number): number =>
    dbfsOf(powerOf(shaped({ band: 'telephone' }, tone([hz], 500, atRate, 0.3), { rate: atRate }), atRate * 0.1, atRate * 0.4))
  const clean = dbfsOf(powerOf(tone([1000], 500, atRate, 0.3), atRate * 0.1, atRate * 0.4))
  for (const hz of [400, 1000, 2000, 3000]) expect(Math.abs(levelOf(hz) - clean)).toBeLessThan(1)
  expect(levelOf(100)).toBeLessThan(clean - 30)
  expect(levelOf(3800)).toBeLessThan(clean - 4)
})

test('a muffled voice keeps its depth and loses its height; the noise of the room does not', () => {
  const [deep, high] = [300, 3000].map(hz => dbfsOf(powerOf(shaped({ muffled: true }, tone([hz], 500, rate, 0.3)), 800, 3200)))
  expect(deep! - high!).toBeGreaterThan(20)
})

test.each([
  [0.02, 100, 100],
  [0.2, 60, 60],
  [0.8, 20, 80],
])('a network loses a share of %f, in bursts of %i ms', (loss, meanBurstMs, expectedMs) => {
  const lost = lostOf({ loss, meanBurstMs, jitterMs: 0, delayMs: 0 })
  const count = lost.filter(Boolean).length
  const bursts = lost.filter((isLost, i) => isLost && !lost[i - 1]).length
  expect(Math.abs(count / lost.length - loss)).toBeLessThanOrEqual(loss * 0.25)
  expect(Math.abs((count * 20) / bursts - expectedMs)).toBeLessThan(expectedMs * 0.25)
})

test('a network may lose everything, or nothing', () => {
  expect(lostOf({ loss: 1, meanBurstMs: 100, jitterMs: 0, delayMs: 0 })).not.toContain(false)
  expect(lostOf({ loss: 0, meanBurstMs: 100, jitterMs: 0, delayMs: 0 })).not.toContain(true)
})

/** Of 20,000 frames, which ones a network loses. */
function lostOf(network: NetworkQuality): boolean[] {
  return inParts(shaped({ network }, new Int16Array(160 * 20_000).fill(1000)), 160).map(part => part[0] === 0)
}

test('a network delays, and its delay wanders', () => {
  const input = Int16Array.from({ length: 160 * 500 }, (_, i) => Math.floor(i / 160) + 1)
  const late = shaped({ network: { loss: 0, meanBurstMs: 100, jitterMs: 0, delayMs: 100 } }, input)
  expectSameSound(late, joined(silence(100, rate), input.subarray(0, input.length - 800)))
  const wandering = inParts(shaped({ network: { loss: 0, meanBurstMs: 100, jitterMs: 100, delayMs: 40 } }, input), 160)
  const delays = new Set(wandering.map((part, i) => i + 1 - part[0]!).slice(20))
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(2)
  expect(Math.max(...delays)).toBeLessThanOrEqual(7)
  expect(delays.size).toBeGreaterThan(2)
})

test('the same seed gives the same bytes, another one gives others', () => {
  const sound: Partial<Sound> = {
    backgroundNoise: noise(15, 3, 'cafe'),
    burstsPerMinute: 6,
    band: 'telephone',
    network: { loss: 0.02, meanBurstMs: 100, jitterMs: 40, delayMs: 40 },
  }
  const speech = joined(silence(500, rate), voiceLike(3000, rate), silence(2000, rate))
  const [first, again, other] = [7, 7, 8].map(seed => littleEndian(shaped(sound, speech, { seed })))
  expect(first!.equals(again!)).toBe(true)
  expect(first!.equals(other!)).toBe(false)
})

test('without any effect nothing changes', () => {
  expect(shaped({}, voiceLike(500, rate))).toEqual(voiceLike(500, rate))
})
