import { FaultError } from '../../domain/fault.js'
import { speechFaults } from '../../domain/faults/speech-faults.js'
import type { Place } from '../../domain/place.js'
import { secondsOf, type Samples } from '../../domain/samples.js'
import type { SpeechSettings } from '../../domain/speech-settings.js'
import type { Clock, Random } from '../../ports/clock.js'
import type { SpokenWords, TextToSpeech } from '../../ports/speech.js'
import { createRequests, type Attempt } from './requests.js'

/** What speaks. Limits, time-outs, retries and prices are not its business. */
export interface SpeakingEngine extends AsyncDisposable {
  /** Engine and model, with their versions. */
  readonly name: string
  /** For messages. */
  readonly place: Place
  /** The voice that it speaks with if none is named, where that is not its own to choose. */
  readonly usualVoice?: string
  /** Speaks a text once. @throws {FaultError} */
  speak(words: SpokenWords, attempt: Attempt): Promise<Samples>
}

export interface SpeechTools {
  readonly clock: Clock
  readonly random?: Random
}

/** What is silent at most is below this: 60 dB below full scale. */
const faintest = 33

/** An engine as a mouth for all callers of a suite. */
export function createMouth(engine: SpeakingEngine, settings: SpeechSettings, tools: SpeechTools): TextToSpeech {
  const { prices, speed: usualSpeed = 1, language } = settings
  const rate = 'rate' in settings ? settings.rate : undefined
  const usualVoice = settings.voice ?? engine.usualVoice
  const asked = { speech: 'tts', place: engine.place } as const
  const requests = createRequests(settings, { ...tools, timedOut: how => speechFaults.timedOut({ ...asked, ...how }) })

  return {
    name: [
      engine.name,
      ...(usualVoice === undefined ? [] : [`voice ${usualVoice}`]),
      ...(usualSpeed === 1 ? [] : [`speed ${usualSpeed}`]),
      ...(language === undefined ? [] : [language]),
      ...(rate === undefined ? [] : [`${rate} Hz`]),
    ].join(', '),
    speak({ text, voice = usualVoice, speed = 1 }, use) {
      if (!hasWords(text)) return Promise.resolve({ rate: 16_000, samples: new Int16Array(0) })
      const words = { text, ...(voice !== undefined && { voice }), speed: speed * usualSpeed }
      const characters = Array.from(text).length
      const speak = async (attempt: Attempt): Promise<Samples> => {
        const sound = await engine.speak(words, attempt)
        if (isSilent(sound)) throw new FaultError(speechFaults.silent({ ...asked, text, seconds: secondsOf(sound) }))
        return sound
      }
      return requests.send(speak, use.signal, sound => {
        const cost = prices && characters * (prices.perCharacter ?? 0) + (sound ? secondsOf(sound) : 0) * (prices.perSecond ?? 0)
        use.spent({ requests: 1, characters, seconds: 0, ...(cost !== undefined && { cost }) })
      })
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  }
}

/** Whether there is anything to pronounce: engines fail on a text of dots, or make noise of it. */
export function hasWords(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text)
}

function isSilent({ samples }: Samples): boolean {
  return samples.every(sample => Math.abs(sample) < faintest)
}
