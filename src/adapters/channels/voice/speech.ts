import { FaultError } from '../../../domain/fault.js'
import { soundFaults } from '../../../domain/faults/sound-faults.js'
import type { Samples } from '../../../domain/samples.js'
import type { CallAloud, SaidWords } from '../../../ports/channel.js'
import type { SpeechToText, SpeechUse, TextToSpeech } from '../../../ports/speech.js'
import { resample } from '../../audio/resample.js'
import { voicedSpan } from './media/voiced-span.js'
import { amplify } from '../../audio/mix.js'

/** The caller's mouth and ears in one call. */
export interface CallSpeech {
  readonly mouth: TextToSpeech | undefined
  readonly ears: SpeechToText | undefined
  readonly spent: SpeechUse['spent']
  /** Makes words before they are needed. @throws {FaultError} when the engine fails. */
  prepare(known: readonly SaidWords[], signal: AbortSignal): Promise<void>
  /** Speaks words at the rate of the line. @throws {FaultError} when the engine fails. */
  speak(words: SaidWords, rate: number, signal: AbortSignal): Promise<Samples>
  /** How long the agent may speak over these words; `Infinity` if they do not yield. */
  yieldAfterMs(words: SaidWords): number
}

export function createCallSpeech({ mouth, ears, sound, turns, spent }: CallAloud): CallSpeech {
  const say = (words: SaidWords, signal: AbortSignal): Promise<Samples> => {
    if (!mouth) throw new FaultError(soundFaults.noMouth())
    const { text, how = {} } = words
    const voice = how.voice ?? sound.voice
    return mouth.speak({ text, ...(voice !== undefined && { voice }), speed: (how.speed ?? 1) * sound.speed }, { signal, spent })
  }

  return {
    mouth,
    ears,
    spent,
    async prepare(known, signal) {
      if (mouth) await Promise.all(known.map(words => say(words, signal)))
    },
    async speak(words, rate, signal) {
      const spoken = await say(words, signal)
      const samples = withoutSilence((await resample(spoken, rate)).samples, rate)
      const volume = (words.how?.volume ?? 1) * sound.volume
      if (volume !== 1) amplify(samples, volume)
      return { rate, samples }
    },
    yieldAfterMs({ how, kind }) {
      if (how?.insists) return Infinity
      return kind === 'barge_in' ? turns.insistMs : turns.yieldAfterMs
    },
  }
}

/** How much of the silence around a clip is left, so that nothing of its words is lost. */
const marginS = 0.04

/**
 * Engines put silence around what they say. The agent would be told of speech before there is any, and wait for its end. A copy: what a cache
 * keeps is not changed, and what is sent is gone.
 */
function withoutSilence(samples: Int16Array, rate: number): Int16Array {
  const { first, end } = voicedSpan(samples, rate)
  const margin = Math.round(marginS * rate)
  return end > first ? samples.slice(Math.max(0, first - margin), end + margin) : samples.slice()
}
