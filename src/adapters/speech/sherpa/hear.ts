import { basename } from 'node:path'
import { FaultError } from '../../../domain/fault.js'
import { speechFaults } from '../../../domain/faults/speech-faults.js'
import { Place } from '../../../domain/place.js'
import type { SherpaSpeech } from '../../../domain/speech-settings.js'
import type { HearingEngine } from '../ears.js'
import { fingerprint } from '../fingerprint.js'
import { sherpaVersion, startSherpa } from './child.js'
import { findHearingModel } from './model-folder.js'

interface HearQuestion {
  readonly kind: 'hear'
  readonly config: object
  readonly isOnline: boolean
  readonly samples: Int16Array
  readonly rate: number
}

/**
 * The words of a model in a folder, by sherpa-onnx.
 *
 * @throws {FaultError} when sherpa-onnx is not installed, or the folder has no model that hears.
 */
export function hearBySherpa(settings: SherpaSpeech): HearingEngine {
  const place = new Place(`sherpa, ${basename(settings.models)}`)
  const asked = { speech: 'stt', place } as const
  const version = sherpaVersion(asked)
  const model = findHearingModel(settings)
  if ('problem' in model) throw new FaultError(speechFaults.modelUnusable({ ...asked, problem: model.problem }))
  const { family, isOnline, longestS } = model
  const { modelConfig } = model.config as { readonly modelConfig: object }
  const config = { ...model.config, modelConfig: { ...modelConfig, numThreads: 1, provider: 'cpu' } }
  const child = startSherpa<HearQuestion, { readonly text: string }>(asked)

  return {
    name: `sherpa ${version}, ${family} ${basename(settings.models)} (${fingerprint([settings.models])})`,
    place,
    longestS,
    async hear({ rate, samples }, _how, { signal }) {
      const { text } = await child.ask({ kind: 'hear', config, isOnline, samples, rate }, signal)
      return { text }
    },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  }
}
