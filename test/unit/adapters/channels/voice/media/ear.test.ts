import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EnergyDetector } from '../../../../../../src/adapters/audio/energy-detector.js'
import { loadFvad } from '../../../../../../src/adapters/audio/fvad-detector.js'
import { muLaw } from '../../../../../../src/adapters/audio/g711.js'
import { powerOfDbfs } from '../../../../../../src/adapters/audio/level.js'
import { mixInto } from '../../../../../../src/adapters/audio/mix.js'
import { dtmfTones, tone } from '../../../../../../src/adapters/audio/tones.js'
import { seededRandom } from '../../../../../../src/adapters/clocks/system.js'
import { noiseNamed } from '../../../../../../src/adapters/channels/voice/media/noise-sources.js'
import { Ear, type EarEvent } from '../../../../../../src/adapters/channels/voice/media/ear.js'
import type { VoiceDetector } from '../../../../../../src/ports/speech.js'
import { expectSameSound } from '../../../../../support/same-sound.js'
import { inParts, joined, silence, voiceLike, whiteNoise } from '../../../../../support/voice-like.js'

const rate = 8000
const frame = 160

function hear(sound: Int16Array, detector: VoiceDetector = new EnergyDetector(), atRate = rate): { events: EarEvent[]; ear: Ear } {
  const events: EarEvent[] = []
  const ear = new Ear({ rate: atRate, detector, longestS: 9, heard: event => void events.push(event) })
  const length = atRate / 50
  const whole = joined(sound, new Int16Array((length - (sound.length % length)) % length))
  for (const part of inParts(whole, length)) ear.hear(part)
  ear.close()
  return { events, ear }
}

/** The stretches of events, in milliseconds. */
function stretchesOf(events: readonly EarEvent[], atRate = rate): [number, number][] {
  const starts = events.flatMap(event => (event.type === 'speaking' ? [event] : []))
  const ends = events.flatMap(event => (event.type === 'quiet' ? [event] : []))
  expect(ends.map(end => end.segment)).toEqual(starts.map(start => start.segment))
  return starts.map((start, i) => [(start.at * 1000) / atRate, (ends[i]!.at * 1000) / atRate])
}

const piecesOf = (events: readonly EarEvent[]) => events.filter(event => event.type === 'heard')

test.each([8000, 16_000, 24_000, 48_000])('onset and end are found within 4 ms in silence, at %i Hz', atRate => {
  const { events } = hear(joined(silence(1003, atRate), voiceLike(1500, atRate), silence(1000, atRate)), undefined, atRate)
  const [[start, end] = [0, 0]] = stretchesOf(events, atRate)
  expect(Math.abs(start - 1003)).toBeLessThan(1)
  expect(Math.abs(end - 2503)).toBeLessThan(4)
})

test('onset and end are found within 20 ms in noise of 15 dB, wherever speech begins', () => {
  const names = ['white', 'pink', 'hum', 'car'] as const
  fc.assert(
    fc.property(
      fc.integer({ min: 3500, max: 4500 }),
      fc.integer({ min: 300, max: 2000 }),
      fc.constantFrom(...names),
      (before, ms, name) => {
        const sound = joined(silence(before, rate), voiceLike(ms, rate), silence(1000, rate))
        const noise = new Float64Array(sound.length)
        noiseNamed(name, { rate, random: seededRandom(before, name) }).addTo(noise, Math.sqrt(powerOfDbfs(-36.8)))
        mixInto(sound, Int16Array.from(noise))
        const { events } = hear(muLaw.decode(muLaw.encode(sound)))
        const stretches = stretchesOf(events).filter(([start]) => start > 3200)
        expect(stretches.length).toBe(1)
        expect(Math.abs(stretches[0]![0] - before)).toBeLessThan(20)
        expect(Math.abs(stretches[0]![1] - before - ms)).toBeLessThan(20)
      },
    ),
    { numRuns: 60 },
  )
})

test('pipecat #5311: a short "Yes." of 250 ms is heard, by either detector', async () => {
  const fvad = await loadFvad()
  for (const detector of [new EnergyDetector(), fvad()]) {
    for (let shift = 0; shift < 20; shift += 3) {
      const { events } = hear(joined(silence(500 + shift, rate), voiceLike(250, rate), silence(800, rate)), detector)
      const [stretch] = stretchesOf(events)
      expect(Math.abs(stretch![0] - 500 - shift)).toBeLessThan(20)
      expect(Math.abs(stretch![1] - 750 - shift)).toBeLessThan(20)
      expect(piecesOf(events).length).toBe(1)
    }
  }
})

test('a pause between words does not end a stretch, one of half a second does', () => {
  const sound = joined(silence(500, rate), voiceLike(600, rate), silence(200, rate), voiceLike(600, rate), silence(500, rate))
  expect(stretchesOf(hear(joined(sound, voiceLike(400, rate), silence(400, rate))).events)).toHaveLength(2)
})

test('a click, silence and nothing are no speech', () => {
  expect(hear(new Int16Array(0)).events).toEqual([])
  expect(hear(silence(3000, rate)).events).toEqual([])
  const click = joined(silence(500, rate), Int16Array.of(30_000, -30_000, 20_000), silence(500, rate))
  expect(hear(click).events).toEqual([])
})

test('steady noise is told once, and ends as the background is known', () => {
  const { events } = hear(whiteNoise(20_000, rate, -30))
  const stretches = stretchesOf(events)
  expect(stretches.length).toBeLessThanOrEqual(1)
  expect(stretches[0]?.[1] ?? 0).toBeLessThan(3100)
})

test.each<[string, Int16Array]>([
  ['white noise', whiteNoise(12_000, rate, -20)],
  ['quiet noise', whiteNoise(12_000, rate, -45)],
  ['a dial tone', tone([350, 440], 12_000, rate, 0.2)],
  ['ringback', joined(...[1, 2, 3].flatMap(() => [tone([440, 480], 2000, rate, 0.2), silence(2000, rate)]))],
  ['the busy tone', joined(...[1, 2, 3].flatMap(() => [tone([480, 620], 500, rate, 0.2), silence(500, rate)]))],
])('%s is no speech, and nothing makes words of it', (_name, sound) => {
  const { events } = hear(joined(silence(1000, rate), sound, silence(1000, rate)))
  expect(piecesOf(events)).toEqual([])
  expect(events.filter(event => event.type === 'quiet' && event.isSpeech)).toEqual([])
})

test('speech in noise, and speech that follows noise, is speech', () => {
  const noise = whiteNoise(5000, rate, -30)
  const before = joined(noise, voiceLike(1500, rate), silence(1000, rate))
  const within = joined(silence(1000, rate), voiceLike(4000, rate))
  mixInto(within, noise)
  for (const sound of [before, within]) {
    const { events } = hear(sound)
    expect(events.some(event => event.type === 'quiet' && event.isSpeech)).toBe(true)
    expect(piecesOf(events).length).toBeGreaterThan(0)
  }
})

test('the samples of a piece are those of the track, with 200 ms around the speech', () => {
  const sound = joined(silence(1000, rate), voiceLike(700, rate), silence(1000, rate))
  const [piece] = piecesOf(hear(sound).events)
  expect(piece).toMatchObject({ segment: 1, isLast: true })
  expect(piece!.start - piece!.from).toBe(rate / 5)
  expect(piece!.from + piece!.samples.length - piece!.end).toBe(rate / 5)
  expect(piece!.samples).toEqual(sound.slice(piece!.from, piece!.from + piece!.samples.length))
})

test('no sample is in two pieces, and all speech is in one, however stretches follow each other', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.integer({ min: 100, max: 12_000 }), fc.integer({ min: 50, max: 900 })), { maxLength: 5 }), parts => {
      const sound = joined(silence(300, rate), ...parts.flatMap(([ms, pause]) => [voiceLike(ms, rate), silence(pause, rate)]))
      const pieces = piecesOf(hear(sound).events)
      let last = 0
      let heard = 0
      for (const piece of pieces) {
        expect(piece.from).toBeGreaterThanOrEqual(last)
        last = piece.from + piece.samples.length
        const there = sound.slice(piece.from, last)
        expectSameSound(piece.samples.subarray(0, there.length), there)
        expect(piece.samples.length).toBeLessThanOrEqual(9 * rate)
        heard += piece.samples.filter(sample => sample !== 0).length
      }
      const spoken = sound.filter(sample => sample !== 0).length
      expect(heard).toBeGreaterThanOrEqual(spoken * 0.995)
    }),
    { numRuns: 15 },
  )
})

test('a stretch of more than 9 s is cut where it is quietest', () => {
  const sound = joined(silence(200, rate), voiceLike(7000, rate), silence(150, rate), voiceLike(6000, rate), silence(500, rate))
  const pieces = piecesOf(hear(sound).events)
  expect(pieces.map(piece => piece.isLast)).toEqual([false, true])
  expect(pieces[0]!.end).toBeGreaterThan(7.2 * rate)
  expect(pieces[0]!.end).toBeLessThan(7.35 * rate)
  expect(pieces[1]!.start).toBe(pieces[0]!.end)
})

test('keys are keys and no speech, between words too', async () => {
  const make = await loadFvad()
  for (const detector of [new EnergyDetector(), make()]) {
    for (let shift = 0; shift < 20; shift += 4) {
      const sound = joined(silence(500 + shift, rate), dtmfTones('42#', rate), silence(400, rate), voiceLike(500, rate), silence(500, rate))
      const { events } = hear(sound, detector)
      expect(events.flatMap(event => (event.type === 'keyed' ? [event.digit] : [])).join('')).toBe('42#')
      expect(stretchesOf(events)).toHaveLength(1)
      expect(stretchesOf(events)[0]![0]).toBeCloseTo(1500 + shift, -1)
    }
  }
})

test('ServiceNow/eva PR #154: a detector that is late moves no edge', () => {
  const sound = joined(silence(1000, rate), voiceLike(800, rate), silence(1000, rate))
  const [[start, end] = [0, 0]] = stretchesOf(hear(sound, late(8)).events)
  expect(Math.abs(start - 1000)).toBeLessThan(1)
  expect(Math.abs(end - 1800)).toBeLessThan(6)
})

test('the quality of a track: level, noise, clipping and gaps', () => {
  const speech = voiceLike(4000, rate)
  const clean = hear(joined(silence(3000, rate), speech, silence(1000, rate))).ear.quality()
  expect(clean.levelDbfs).toBeGreaterThan(-23)
  expect(clean.levelDbfs).toBeLessThan(-17)
  expect(clean).toMatchObject({ clipped: 0, dropouts: 0 })

  const noisy = joined(silence(4000, rate), speech, silence(1000, rate))
  mixInto(noisy, whiteNoise(9000, rate, clean.levelDbfs! - 15))
  const { snrDb } = hear(noisy).ear.quality()
  expect(Math.abs(snrDb! - 15)).toBeLessThan(1)

  const gaps = joined(silence(1000, rate), speech, silence(1000, rate))
  for (const at of [1300, 2400, 3450]) gaps.fill(0, at * 8, at * 8 + 640)
  expect(hear(gaps).ear.quality().dropouts).toBe(3)

  const loud = speech.map(sample => Math.max(-32_768, Math.min(32_767, sample * 8)))
  expect(hear(loud).ear.quality().clipped).toBeGreaterThan(100)
  expect(hear(silence(1000, rate)).ear.quality()).toEqual({ levelDbfs: null, snrDb: null, clipped: 0, dropouts: 0 })
})

test('frames are 20 ms', () => {
  expect(() => new Ear({ rate: 11_025, detector: new EnergyDetector(), longestS: 9, heard: () => {} })).toThrow(RangeError)
  expect(frame).toBe(rate / 50)
})

/** A detector that says what another one said some frames before. */
function late(lagFrames: number): VoiceDetector {
  const detector = new EnergyDetector()
  const said = Array.from({ length: lagFrames }, () => false)
  return {
    onsetLagMs: lagFrames * 20,
    isSpeech(part) {
      said.push(detector.isSpeech(part))
      return said.shift()!
    },
  }
}
