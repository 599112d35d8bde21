import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import type { CommandSpeech, SpeechPreset } from '../../../domain/speech-settings.js'
import type { SpokenWords } from '../../../ports/speech.js'

/** Where a program reads what it is given, and where it leaves what it makes. */
export interface Files {
  readonly input: string
  readonly output: string
  /** A folder for whatever else it needs. */
  readonly folder: string
}

/** A program that we know how to call. */
export interface Preset {
  /** Its names on PATH; the first that is found. */
  readonly programs: readonly string[]
  /** How to get it, as the end of a sentence. */
  readonly install: string
  /** What its `models` has to be, if it needs one: `a voice (*.onnx)`. */
  readonly model?: { readonly what: string; readonly file: RegExp }
  /** Whether it takes what it is given from a file, and leaves what it makes in one. Otherwise these are standard input and output. */
  readonly fromFile: boolean
  readonly intoFile: boolean
}

export interface SpeakingPreset extends Preset {
  readonly voice?: string
  /** Prints its voices, each apart by white space, after a colon. It takes its usual one for those that it does not know. */
  readonly voices?: readonly string[]
  /** What it prints about a voice that it does not know. */
  readonly noVoice?: RegExp
  args(words: SpokenWords, files: Files, settings: CommandSpeech): readonly string[]
}

export interface HearingPreset extends Preset {
  /** Of the sound that it hears. */
  readonly rate: number
  readonly longestS: number
  /** What it hears: WAV, or its samples alone. */
  readonly takes: 'wav' | 'samples'
  /** More files that it reads: name to content. */
  readonly files?: Readonly<Record<string, string>>
  args(files: Files, settings: CommandSpeech): readonly string[]
  /** The words in what it made. */
  read(output: string): string
}

const usualWordsPerMinute = 175

export const speakingPresets: Readonly<Record<Extract<SpeechPreset, 'flite' | 'espeak-ng' | 'piper'>, SpeakingPreset>> = {
  'flite': {
    programs: ['flite'],
    install: 'apt install flite',
    voice: 'rms',
    voices: ['-lv'],
    // It writes a header for each sentence, which standard output cannot take back.
    fromFile: true,
    intoFile: true,
    args: ({ voice = '', speed = 1 }, { input, output }) => [
      '-voice',
      voice,
      '--setf',
      `duration_stretch=${1 / speed}`,
      '-f',
      input,
      '-o',
      output,
    ],
  },
  'espeak-ng': {
    programs: ['espeak-ng', 'espeak'],
    install: 'apt install espeak-ng',
    noVoice: /voice does not exist/,
    fromFile: false,
    intoFile: false,
    args: ({ voice, speed = 1 }, _files, { language = 'en' }) => [
      '-v',
      voice ?? language.toLowerCase(),
      '-s',
      String(Math.round(usualWordsPerMinute * speed)),
      '--stdin',
      '--stdout',
    ],
  },
  'piper': {
    programs: ['piper'],
    install: 'pip install piper-tts',
    model: { what: 'a voice of Piper (*.onnx, with its *.onnx.json beside it)', file: /\.onnx$/ },
    fromFile: false,
    intoFile: true,
    args: ({ voice, speed = 1 }, { output }, { models = '' }) => [
      '-m',
      models,
      '--length_scale',
      String(1 / speed),
      '-f',
      output,
      ...(voice === undefined ? [] : ['-s', voice]),
    ],
  },
}

export const hearingPresets: Readonly<Record<Extract<SpeechPreset, 'pocketsphinx' | 'whisper.cpp'>, HearingPreset>> = {
  'pocketsphinx': {
    programs: ['pocketsphinx_batch'],
    install: 'apt install pocketsphinx pocketsphinx-en-us',
    rate: 16_000,
    longestS: 30,
    takes: 'samples',
    fromFile: true,
    intoFile: true,
    files: { list: 'input\n' },
    args: ({ folder, output }, { models }) => [
      ...options({ adcin: 'yes', cepdir: folder, cepext: '', ctl: join(folder, 'list'), hyp: output, logfn: join(folder, 'log') }),
      ...(models === undefined ? [] : sphinxModels(models)),
    ],
    // `the words (input -19455)`
    read: output => output.replace(/\(input [-\d]+\)\s*$/, ''),
  },
  'whisper.cpp': {
    programs: ['whisper-cli', 'whisper-cpp'],
    install: 'brew install whisper-cpp, or build it',
    model: { what: 'a model of whisper.cpp (ggml-*.bin)', file: /^ggml-.*\.bin$/ },
    rate: 16_000,
    longestS: 30,
    takes: 'wav',
    fromFile: true,
    intoFile: false,
    args: ({ input }, { models = '', language = 'en' }) => ['-m', models, '-f', input, '-l', language.slice(0, 2), '-nt', '-np'],
    read: output => output,
  },
}

/** The parts of a folder that is laid out as Debian's pocketsphinx-en-us. */
function sphinxModels(folder: string): readonly string[] {
  const names = readdirSync(folder)
  const find = (fits: (name: string) => boolean): string => join(folder, names.find(fits) ?? '')
  return options({
    hmm: find(name => statSync(join(folder, name, 'mdef'), { throwIfNoEntry: false }) !== undefined),
    lm: find(name => /\.lm(?:\.bin)?$/.test(name) && !name.includes('phone')),
    dict: find(name => name.endsWith('.dict')),
  })
}

function options(values: Readonly<Record<string, string>>): readonly string[] {
  return Object.entries(values).flatMap(([name, value]) => [`-${name}`, value])
}

/**
 * The file of a preset's model.
 *
 * @param models  The file, or the folder that it is in.
 * @returns `undefined` if it is not there.
 */
export function modelFile(models: string | undefined, { file }: NonNullable<Preset['model']>): string | undefined {
  if (models === undefined) return undefined
  const stats = statSync(models, { throwIfNoEntry: false })
  if (!stats?.isDirectory()) return stats && models
  const name = readdirSync(models)
    .toSorted()
    .find(each => file.test(each))
  return name && join(models, name)
}
