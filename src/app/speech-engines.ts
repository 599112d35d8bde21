import type { Environment } from '../domain/environment.js'
import type { Mask } from '../domain/mask.js'
import type { SpeechSettings } from '../domain/speech-settings.js'
import type { Clock } from '../ports/clock.js'
import type { Network } from '../ports/network.js'
import type { SelfHearing, SpeechToText, TextToSpeech } from '../ports/speech.js'
import { bestSpeech } from '../adapters/speech/best.js'
import { speechCacheFolder } from '../adapters/speech/cache-folder.js'
import { createSelfHearing } from '../adapters/speech/self-hearing.js'
import { openEars as earsOf, openMouth as mouthOf } from '../adapters/speech/open.js'

/** What speech engines run on. */
export interface SpeechEnginesUse {
  readonly clock: Clock
  readonly network: Network
  readonly environment: Environment
  readonly mask: Mask
}

/**
 * What speaks for callers. It keeps its speech on disk.
 *
 * @param settings  Default: the best engine of this machine.
 * @throws {FaultError} when there is none, or it cannot be used.
 */
export function openMouth(settings: SpeechSettings | undefined, use: SpeechEnginesUse): Promise<TextToSpeech> {
  return mouthOf(settings ?? bestSpeech('tts', machineOf(use)), use, { folder: speechCacheFolder(use.environment) })
}

/** As {@link openMouth}, for what hears agents. */
export function openEars(settings: SpeechSettings | undefined, use: SpeechEnginesUse): Promise<SpeechToText> {
  return earsOf(settings ?? bestSpeech('stt', machineOf(use)), use)
}

/** What listens to our own mouth. It keeps on disk how well these ears hear it in general. */
export function selfHearingOf(
  mouth: TextToSpeech,
  ears: SpeechToText,
  { environment }: Pick<SpeechEnginesUse, 'environment'>,
): SelfHearing {
  return createSelfHearing(mouth, ears, speechCacheFolder(environment))
}

function machineOf({ environment }: SpeechEnginesUse): Parameters<typeof bestSpeech>[1] {
  return { environment, cwd: process.cwd() }
}
