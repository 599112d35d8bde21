import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { FaultError, type Fault } from '../../../src/domain/fault.js'
import { secondsOf, type Samples } from '../../../src/domain/samples.js'
import type { Heard, SpeechToText, SpeechUsage, TextToSpeech } from '../../../src/ports/speech.js'

/** An engine with what it runs on. */
export interface EngineUnderTest<Port> {
  readonly engine: Port
  stop?(): Promise<void>
}

export interface MouthTraits {
  /** A voice that it does not have; absent if it takes any. */
  readonly noVoice?: string
  /** Another voice than its usual one. */
  readonly otherVoice?: string
  /** Whether the same words give the same samples. */
  readonly repeats: boolean
  /** How long one sentence may take it, in milliseconds. */
  readonly slowMs?: number
}

export interface EarsTraits {
  /** A stretch of speech, and what should be heard in it. */
  readonly sound: () => Promise<Samples>
  readonly words: RegExp
  /** Whether it tells the times of words. */
  readonly wordTimes: boolean
}

const usualSentence = "Hello, I'd like to book a table for two."
/** For engines that take longer to speak than to listen to. */
const shortSentence = 'A table for two, please.'
const slow = 5000

/** What everything that speaks promises. */
export function describeMouth(name: string, start: () => Promise<EngineUnderTest<TextToSpeech>>, traits: MouthTraits): void {
  const { slowMs = 0 } = traits
  const timeout = 20_000 + 8 * slowMs
  const sentence = slowMs > slow ? shortSentence : usualSentence

  describe(`the mouth ${name}`, { timeout }, () => {
    let under: EngineUnderTest<TextToSpeech>
    beforeAll(async () => {
      under = await start()
    })
    afterAll(async () => {
      await under.engine[Symbol.asyncDispose]()
      // Harmless when repeated.
      await under.engine[Symbol.asyncDispose]()
      await under.stop?.()
    })

    test('speaks: sound of a plausible length, and one request with its characters', async () => {
      const { sound, spent } = await speak(under.engine, sentence)
      expect(sound.rate).toBeGreaterThanOrEqual(8000)
      expect(secondsOf(sound)).toBeGreaterThan(1)
      expect(secondsOf(sound)).toBeLessThan(8)
      expect(Math.max(...sound.samples)).toBeGreaterThan(500)
      expect(spent).toEqual([{ requests: 1, characters: sentence.length, seconds: 0 }])
      expect(under.engine.name).toMatch(/^\S.*\S$/)
    })

    test('takes longer for more words, and less when it speaks faster', async () => {
      const [short, long, fast] = [
        await speak(under.engine, 'Yes, please do.'),
        await speak(under.engine, `${sentence} ${sentence}`),
        await speak(under.engine, `${sentence} ${sentence}`, { speed: 1.5 }),
      ]
      expect(secondsOf(short.sound)).toBeLessThan(secondsOf(long.sound) / 2)
      expect(secondsOf(fast.sound)).toBeLessThan(secondsOf(long.sound) * 0.85)
    })

    test('says nothing where there is nothing to say, without a request', async () => {
      for (const text of ['', '...', ' ?! \u{1F600}']) {
        const { sound, spent } = await speak(under.engine, text)
        expect(sound.samples).toHaveLength(0)
        expect(spent).toEqual([])
      }
    })

    test('speaks what looks like code, an option or a quotation', async () => {
      const all = ['-h', '"; exit 1 # $(date)', '--help me', '5 < 6 & 7 > 6', 'One.\n\nTwo.']
      for (const text of slowMs > slow ? all.slice(0, 2) : all) {
        expect(`${text}: ${(await speak(under.engine, text)).sound.samples.length}`).not.toBe(`${text}: 0`)
      }
    })

    test('speaks for several callers at once', async () => {
      const texts = ['One.', 'Two of them.', 'Three, please.', 'Four is enough.'].slice(0, slowMs > slow ? 2 : 4)
      const { signal } = new AbortController()
      const spoken = await Promise.all(texts.map(text => speak(under.engine, text, {}, signal)))
      expect(spoken.every(({ sound }) => secondsOf(sound) > 0.1)).toBe(true)
    })

    test('stops when nobody needs it any more', async () => {
      const reason = new Error('hung up')
      await expect(speak(under.engine, sentence, {}, AbortSignal.abort(reason))).rejects.toBe(reason)
      const control = new AbortController()
      const speaking = speak(under.engine, `${sentence} `.repeat(20), {}, control.signal)
      setTimeout(() => control.abort(reason), 3)
      await expect(speaking).rejects.toBe(reason)
      // And then speaks on.
      expect(secondsOf((await speak(under.engine, 'Still there.')).sound)).toBeGreaterThan(0.2)
    })

    test.runIf(traits.repeats)('sounds the same each time', async () => {
      const [once, again] = [await speak(under.engine, sentence), await speak(under.engine, sentence)]
      expect(again.sound.samples).toEqual(once.sound.samples)
    })

    test.runIf(traits.otherVoice)('has several voices', async () => {
      const voice = traits.otherVoice ?? ''
      const [usual, other] = [await speak(under.engine, sentence), await speak(under.engine, sentence, { voice })]
      expect(other.sound.samples.length > 0 && !sameSound(usual.sound, other.sound)).toBe(true)
    })

    test.runIf(traits.noVoice)('says which voice it does not have', async () => {
      const fault = await faultOf(speak(under.engine, sentence, { voice: traits.noVoice ?? '' }))
      expect(fault).toMatchObject({ by: 'infra', code: 'tts', isFinal: true })
      expect(fault.message).toContain(traits.noVoice)
    })
  })
}

/** What everything that hears promises. */
export function describeEars(name: string, start: () => Promise<EngineUnderTest<SpeechToText>>, traits: EarsTraits): void {
  describe(`the ears ${name}`, { timeout: 60_000 }, () => {
    let under: EngineUnderTest<SpeechToText>
    let sound: Samples
    beforeAll(async () => {
      under = await start()
      sound = await traits.sound()
    })
    afterAll(async () => {
      await under.engine[Symbol.asyncDispose]()
      await under.engine[Symbol.asyncDispose]()
      await under.stop?.()
    })

    test('hear words, in one request with its seconds', async () => {
      const { heard, spent } = await hear(under.engine, sound)
      expect(heard.text).toMatch(traits.words)
      expect(heard.text).toBe(heard.text.trim())
      expect(spent).toEqual([{ requests: 1, characters: 0, seconds: secondsOf(sound) }])
      expect(under.engine.longestS).toBeGreaterThan(5)
    })

    test('hear nothing in no sound, without a request', async () => {
      expect(await hear(under.engine, { rate: 8000, samples: new Int16Array(0) })).toEqual({ heard: { text: '' }, spent: [] })
    })

    test('answer also for silence, and for the rate of a telephone', async () => {
      expect(typeof (await hear(under.engine, { rate: 16_000, samples: new Int16Array(16_000) })).heard.text).toBe('string')
      expect(typeof (await hear(under.engine, { rate: 8000, samples: tone(8000) })).heard.text).toBe('string')
    })

    test('hear several calls at once', async () => {
      const heard = await Promise.all([1, 2, 3].map(() => hear(under.engine, sound)))
      for (const each of heard) expect(each.heard.text).toMatch(traits.words)
    })

    test('stop when nobody needs it any more', async () => {
      const reason = new Error('hung up')
      await expect(hear(under.engine, sound, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
      const control = new AbortController()
      const hearing = hear(under.engine, repeated(sound, under.engine.longestS), { signal: control.signal })
      setTimeout(() => control.abort(reason), 1)
      await expect(hearing).rejects.toBe(reason)
      expect((await hear(under.engine, sound)).heard.text).toMatch(traits.words)
    })

    test.runIf(traits.wordTimes)('tell when each word was said, if asked', async () => {
      const { heard } = await hear(under.engine, sound, { wordTimes: true })
      const words = heard.words ?? []
      expect(words.length).toBe(heard.text.split(' ').length)
      for (const [i, { word, startS, endS }] of words.entries()) {
        expect(word).toBe(word.trim())
        expect(startS).toBeGreaterThanOrEqual(words[i - 1]?.startS ?? 0)
        expect(endS).toBeGreaterThanOrEqual(startS)
        expect(endS).toBeLessThanOrEqual(secondsOf(sound))
      }
    })

    test.runIf(!traits.wordTimes)('answer also when asked for the times of words, which they do not know', async () => {
      const { heard } = await hear(under.engine, sound, { wordTimes: true })
      expect(heard.text).toMatch(traits.words)
      expect(heard.words).toBeUndefined()
    })
  })
}

/** Speaks, and tells what it cost. */
export async function speak(
  engine: TextToSpeech,
  text: string,
  how: { readonly voice?: string; readonly speed?: number } = {},
  signal = new AbortController().signal,
): Promise<{ readonly sound: Samples; readonly spent: SpeechUsage[] }> {
  const spent: SpeechUsage[] = []
  return { sound: await engine.speak({ text, ...how }, { signal, spent: usage => spent.push(usage) }), spent }
}

/** Hears, and tells what it cost. */
export async function hear(
  engine: SpeechToText,
  sound: Samples,
  how: { readonly signal?: AbortSignal; readonly wordTimes?: boolean } = {},
): Promise<{ readonly heard: Heard; readonly spent: SpeechUsage[] }> {
  const spent: SpeechUsage[] = []
  const heard = await engine.hear(sound, { signal: new AbortController().signal, ...how, spent: usage => spent.push(usage) })
  return { heard, spent }
}

/** The fault that something ends with. */
export async function faultOf(doing: Promise<unknown>): Promise<Fault> {
  const end = await doing.catch((cause: unknown) => cause)
  if (end instanceof FaultError) return end.fault
  throw new Error(`It was no fault: ${String(end)}`, { cause: end })
}

/** The sound again and again, for so long. */
function repeated({ rate, samples }: Samples, seconds: number): Samples {
  return { rate, samples: Int16Array.from({ length: Math.floor(seconds * rate) }, (_, i) => samples[i % samples.length] ?? 0) }
}

function sameSound(a: Samples, b: Samples): boolean {
  return a.samples.length === b.samples.length && a.samples.every((sample, i) => sample === b.samples[i])
}

function tone(rate: number): Int16Array {
  return Int16Array.from({ length: rate }, (_, i) => Math.round(6000 * Math.sin((2 * Math.PI * 440 * i) / rate)))
}
