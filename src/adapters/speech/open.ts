import type { Environment } from '../../domain/environment.js'
import type { Mask } from '../../domain/mask.js'
import type { SpeechSettings } from '../../domain/speech-settings.js'
import type { Network } from '../../ports/network.js'
import type { SpeechToText, TextToSpeech } from '../../ports/speech.js'
import { cachedSpeech, type CacheUse } from './cache.js'
import { createEars, type HearingEngine } from './ears.js'
import { createMouth, type SpeakingEngine, type SpeechTools } from './mouth.js'

export interface SpeechMachine extends SpeechTools {
  readonly environment: Environment
  readonly network: Network
  /** Masks what faults quote. Default: nothing. */
  readonly mask?: Mask
  /** The environment variable that contains the key, if there is one. */
  readonly keyName?: string
}

/**
 * What speaks for the callers of a suite.
 *
 * @param cache  Where sound is kept; without it, everything is made anew.
 * @throws {FaultError} when the engine is not there, or what it needs.
 */
export async function openMouth(settings: SpeechSettings, machine: SpeechMachine, cache?: CacheUse): Promise<TextToSpeech> {
  const mouth = createMouth(await speakingEngine(settings, machine), settings, machine)
  return cache ? cachedSpeech(mouth, cache) : mouth
}

/**
 * What hears the agents of a suite.
 *
 * @throws {FaultError} when the engine is not there, or what it needs.
 */
export async function openEars(settings: SpeechSettings, machine: SpeechMachine): Promise<SpeechToText> {
  return createEars(await hearingEngine(settings, machine), settings, machine)
}

async function speakingEngine(settings: SpeechSettings, machine: SpeechMachine): Promise<SpeakingEngine> {
  switch (settings.engine) {
    case 'openai':
      return (await import('./openai/speak.js')).speakByServer(settings, machine)
    case 'sherpa':
      return (await import('./sherpa/speak.js')).speakBySherpa(settings)
    case 'command':
      return (await import('./command/speak.js')).speakByCommand(settings, machine)
    case 'flite':
      return (await import('./flite/speak.js')).speakByFlite()
  }
}

async function hearingEngine(settings: SpeechSettings, machine: SpeechMachine): Promise<HearingEngine> {
  switch (settings.engine) {
    case 'openai':
      return (await import('./openai/hear.js')).hearByServer(settings, machine)
    case 'sherpa':
      return (await import('./sherpa/hear.js')).hearBySherpa(settings)
    case 'command':
      return (await import('./command/hear.js')).hearByCommand(settings, machine)
    case 'flite':
      throw new RangeError('Flite speaks, and does not hear.')
  }
}
