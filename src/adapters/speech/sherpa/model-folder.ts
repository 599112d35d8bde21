import { readdirSync, statSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { SherpaSpeech } from '../../../domain/speech-settings.js'

/** A model that speaks, as sherpa-onnx opens it. */
export interface SpeakingModel {
  readonly family: 'kokoro' | 'matcha' | 'vits'
  /** The file that has the model's description in it. */
  readonly file: string
  /** An `OfflineTtsConfig`, without the threads. */
  readonly config: object
}

/** A model that hears. */
export interface HearingModel {
  readonly family: 'moonshine' | 'whisper' | 'zipformer' | 'transducer' | 'sense-voice'
  /** Whether it hears while the sound comes: an `OnlineRecognizerConfig` instead of an `OfflineRecognizerConfig`. */
  readonly isOnline: boolean
  readonly longestS: number
  readonly config: object
}

/** What is missing, as the end of a sentence. */
export interface NoModel {
  readonly problem: string
}

/** Moonshine returns nothing for ten seconds and more, Whisper hears no more than 30. */
const longest = { 'moonshine': 9, 'whisper': 29, 'zipformer': 30, 'transducer': 30, 'sense-voice': 30 } as const

/** Finds what speaks in a model folder: Kokoro, Matcha, or VITS and Piper. */
export function findSpeakingModel({ models: folder, language }: Pick<SherpaSpeech, 'models' | 'language'>): SpeakingModel | NoModel {
  const files = listed(folder)
  if (!files) return { problem: `${folder} is not a folder` }
  const find = finderIn(folder, files)
  const tokens = find(/^(?:.*-)?tokens\.txt$/)
  // A model that was prepared for sherpa lies beside the one it was made of.
  const model =
    find(/^sherpa\.onnx$/) ??
    find(/^model(?:\.fp16|\.int8)?\.onnx$/) ??
    find(/^(?!.*(?:vocos|hifigan|vocoder|encoder|decoder|joiner|vad)).*\.onnx$/)
  if (tokens === undefined || model === undefined) return { problem: `${folder} has no ${tokens === undefined ? 'tokens.txt' : '*.onnx'}` }

  const dataDir = espeakData(folder)
  const lexicons = files.filter(name => /^lexicon.*\.txt$/.test(name)).map(name => join(folder, name))
  const pronounced = { ...(dataDir !== undefined && { dataDir }), ...(lexicons.length > 0 && { lexicon: lexicons.join(',') }) }
  if (dataDir === undefined && lexicons.length === 0)
    return { problem: `${folder} has no espeak-ng-data, nor is it beside the folder, nor a lexicon.txt` }

  const voices = find(/^voices\.bin$/)
  const vocoder = find(/vocos|hifigan|vocoder/)
  const common = { tokens, ...pronounced }
  if (voices !== undefined) {
    const kokoro = { model, voices, ...common, ...(lexicons.length === 0 && { lang: espeakLanguage(language) }) }
    return { family: 'kokoro', file: model, config: { model: { kokoro } } }
  }
  if (vocoder !== undefined)
    return { family: 'matcha', file: model, config: { model: { matcha: { acousticModel: model, vocoder, ...common } } } }
  return { family: 'vits', file: model, config: { model: { vits: { model, ...common } } } }
}

/** Finds what hears in a model folder: Moonshine, Whisper, Zipformer and other transducers, or SenseVoice. */
export function findHearingModel({ models: folder, language }: Pick<SherpaSpeech, 'models' | 'language'>): HearingModel | NoModel {
  const files = listed(folder)
  if (!files) return { problem: `${folder} is not a folder` }
  const find = finderIn(folder, files)
  const tokens = find(/^(?:.*-)?tokens\.txt$/)
  if (tokens === undefined) return { problem: `${folder} has no tokens.txt` }

  const [encoder, decoder] = [find(/encoder.*\.(?:onnx|ort)$/), find(/decoder.*\.(?:onnx|ort)$/)]
  const spoken = language?.split('-')[0]?.toLowerCase()
  const offline = (family: HearingModel['family'], own: object): HearingModel => ({
    family,
    isOnline: false,
    longestS: longest[family],
    config: { modelConfig: { ...own, tokens } },
  })

  const merged = find(/decoder_model_merged\.(?:onnx|ort)$/)
  if (merged !== undefined && encoder !== undefined) return offline('moonshine', { moonshine: { encoder, mergedDecoder: merged } })
  const [preprocessor, encode, uncached, cached] = [/^preprocess/, /^encode/, /^uncached_decode/, /^cached_decode/].map(find)
  if (preprocessor !== undefined && encode !== undefined && uncached !== undefined && cached !== undefined)
    return offline('moonshine', { moonshine: { preprocessor, encoder: encode, uncachedDecoder: uncached, cachedDecoder: cached } })

  const joiner = find(/joiner.*\.onnx$/)
  if (joiner !== undefined && encoder !== undefined && decoder !== undefined) {
    const transducer = { encoder, decoder, joiner }
    if (!/streaming|chunk/.test(`${basename(folder)} ${basename(encoder)}`)) return offline('transducer', { transducer })
    return { family: 'zipformer', isOnline: true, longestS: longest.zipformer, config: { modelConfig: { transducer, tokens } } }
  }
  if (encoder !== undefined && decoder !== undefined)
    return offline('whisper', { whisper: { encoder, decoder, task: 'transcribe', language: spoken ?? '' } })

  const model = find(/^model(?:\.int8)?\.onnx$/)
  if (model === undefined || find(/^voices\.bin$/) !== undefined)
    return { problem: `${folder} has no model of Moonshine, Whisper, Zipformer or SenseVoice` }
  return offline('sense-voice', { senseVoice: { model, language: spoken ?? 'auto', useInverseTextNormalization: 0 } })
}

/** Without a lexicon, Kokoro has to be told the language to pronounce. */
function espeakLanguage(language = 'en-us'): string {
  const own = language.toLowerCase()
  return own === 'en' ? 'en-us' : own
}

function listed(folder: string): readonly string[] | undefined {
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? readdirSync(folder).toSorted() : undefined
}

/** Finds a file by its name; of several, the one with smaller numbers is as good and faster. */
function finderIn(folder: string, files: readonly string[]): (name: RegExp) => string | undefined {
  return name => {
    const found = files.filter(file => name.test(file))
    const file = found.find(each => each.includes('int8')) ?? found[0]
    return file && join(folder, file)
  }
}

/** The pronunciations of espeak-ng: sherpa's model folders have them inside; those that are laid out by hand share them. */
function espeakData(folder: string): string | undefined {
  return [join(folder, 'espeak-ng-data'), join(dirname(folder), 'espeak-ng-data')].find(path => statSync(path, { throwIfNoEntry: false }))
}
