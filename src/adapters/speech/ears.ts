import { FaultError } from '../../domain/fault.js'
import { speechFaults } from '../../domain/faults/speech-faults.js'
import type { Place } from '../../domain/place.js'
import { secondsOf, type Samples } from '../../domain/samples.js'
import type { SpeechSettings } from '../../domain/speech-settings.js'
import { PackageMissing } from '../../ports/package-missing.js'
import type { Heard, SpeechToText } from '../../ports/speech.js'
import { resample } from '../audio/resample.js'
import type { SpeechTools } from './mouth.js'
import { createRequests, type Attempt } from './requests.js'

/** What hears. Limits, time-outs, retries and prices are not its business. */
export interface HearingEngine extends AsyncDisposable {
  /** Engine and model, with their versions. */
  readonly name: string
  /** For messages. */
  readonly place: Place
  /** The longest stretch it takes, in seconds. */
  readonly longestS: number
  /** Samples a second, if it takes no others. */
  readonly rate?: number
  /** Hears a stretch once. @param how.wordTimes  Whether the times of words are wanted. @throws {FaultError} */
  hear(sound: Samples, how: { readonly wordTimes: boolean }, attempt: Attempt): Promise<Heard>
}

/** An engine as ears for all calls of a suite. */
export function createEars(engine: HearingEngine, settings: SpeechSettings, tools: SpeechTools): SpeechToText {
  const { prices, language } = settings
  const asked = { speech: 'stt', place: engine.place } as const
  const requests = createRequests(settings, { ...tools, timedOut: how => speechFaults.timedOut({ ...asked, ...how }) })

  return {
    name: language === undefined ? engine.name : `${engine.name}, ${language}`,
    longestS: engine.longestS,
    async hear(sound, { signal, spent, wordTimes = false }) {
      if (sound.samples.length === 0) return { text: '' }
      const seconds = secondsOf(sound)
      const cost = prices && seconds * (prices.perSecond ?? 0)
      const heard = await requests.send(
        async attempt => engine.hear(await atRate(sound, engine.rate), { wordTimes }, attempt),
        signal,
        () => spent({ requests: 1, characters: 0, seconds, ...(cost !== undefined && { cost }) }),
      )
      return { ...heard, text: plainText(heard.text) }
    },
    [Symbol.asyncDispose]: () => engine[Symbol.asyncDispose](),
  }
}

/** @throws {FaultError} when what changes rates is not installed. */
async function atRate(sound: Samples, rate = sound.rate): Promise<Samples> {
  try {
    return await resample(sound, rate)
  } catch (cause) {
    throw cause instanceof PackageMissing ? new FaultError(speechFaults.notInstalled({ speech: 'stt', message: cause.message })) : cause
  }
}

/** On one line, without an engine's remarks about what is no speech: `[BLANK_AUDIO]`, `[ Silence ]`, `(music playing)` alone. */
function plainText(text: string): string {
  const spoken = text
    .replaceAll(/\[[A-Z_ ]+\]|\[ ?(?:silence|inaudible|blank_audio) ?\]/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
  return /^\([^()]*\)$/.test(spoken) ? '' : spoken
}
