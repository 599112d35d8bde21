import { availableParallelism } from 'node:os'
import { basename } from 'node:path'
import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import { Place } from '../../../domain/place.js'
import type { SherpaSpeech } from '../../../domain/speech-settings.js'
import { fingerprint } from '../fingerprint.js'
import type { SpeakingEngine } from '../mouth.js'
import { sherpaVersion, startSherpa } from './child.js'
import { findSpeakingModel } from './model-folder.js'
import { voiceNames } from './model-description.js'

interface SpeakQuestion {
  readonly kind: 'speak'
  readonly config: object
  readonly text: string
  readonly speed: number
  /** A name, or the number of a voice. */
  readonly voice: string | undefined
  readonly names: readonly string[]
}

/** Sound; or how many voices there are, if it was another that was asked for. */
type SpeakAnswer = { readonly rate: number; readonly samples: Int16Array } | { readonly voices: number }

const mostThreads = 4

/**
 * Speech of a model in a folder, by sherpa-onnx.
 *
 * @throws {FaultError} when sherpa-onnx is not installed, or the folder has no model that speaks.
 */
export function speakBySherpa(settings: SherpaSpeech): SpeakingEngine {
  const place = new Place(`sherpa, ${basename(settings.models)}`)
  const asked = { speech: 'tts', place } as const
  const version = sherpaVersion(asked)
  const model = findSpeakingModel(settings)
  if ('problem' in model) throw new FaultError(speechFaults.modelUnusable({ ...asked, problem: model.problem }))
  const names = voiceNames(model.file)
  const child = startSherpa<SpeakQuestion, SpeakAnswer>(asked)
  const numThreads = Math.min(mostThreads, Math.max(1, availableParallelism() - 1))
  const { model: own } = model.config as { readonly model: object }
  const config = { ...model.config, model: { ...own, numThreads, provider: 'cpu' }, maxNumSentences: 1 }

  return {
    name: `sherpa ${version}, ${model.family} ${basename(settings.models)} (${fingerprint([settings.models])})`,
    place,
    async speak({ text, voice, speed = 1 }, { signal }) {
      const line = text.replaceAll(/\s+/g, ' ').trim()
      const made = await child.ask({ kind: 'speak', config, text: line, speed, voice, names }, signal)
      if ('samples' in made) return { rate: made.rate, samples: made.samples }
      const known = names.length > 0 ? names : [`0 to ${made.voices - 1}`]
      throw new FaultError(speechFaults.voiceMissing({ ...asked, voice: voice ?? '', known }))
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
