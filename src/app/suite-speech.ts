import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { loadOggOpus } from '../adapters/audio/ogg-opus.js'
import { FaultError } from '../domain/fault.js'
import { soundFaults } from '../domain/faults/sound-faults.js'
import { needsEars } from '../domain/hearing.js'
import type { ModelUsage } from '../domain/model.js'
import type { Outcome } from '../domain/outcome.js'
import type { Plan, PlannedCase, RunSpec } from '../domain/plan.js'
import type { Metric } from '../domain/metric.js'
import type { Sound } from '../domain/sound.js'
import { leastWords } from '../domain/unsound-call.js'
import type { Mask } from '../domain/mask.js'
import type { CallAloud } from '../ports/channel.js'
import { PackageMissing } from '../ports/package-missing.js'
import type { ResultRecordings } from '../ports/recordings.js'
import type { SelfHearing, SpeechToText, SpeechUsage, TextToSpeech } from '../ports/speech.js'
import type { OpenDetector } from './open-detector.js'
import type { Adapters } from './registry.js'
import { trySound } from './try-sound.js'

/** What speaks for a suite's callers and hears its agents. */
export interface SuiteSpeech extends AsyncDisposable {
  readonly mouth: TextToSpeech
  /** Absent if no run has to hear. */
  readonly ears: SpeechToText | undefined
  readonly detector: OpenDetector
  /** Absent without ears. */
  readonly selfHearing?: SelfHearing
}

/**
 * Opens the speech engines that a plan needs; `undefined` if no run is a call.
 *
 * @throws {FaultError} when one cannot be used on this machine.
 */
export async function openSpeech(plan: Plan, mask: Mask, use: Adapters, signal: AbortSignal = never): Promise<SuiteSpeech | undefined> {
  const {
    entries,
    models: { tts, stt, detector },
    recordings,
    recordingFormat,
  } = plan
  const calls = entries.flatMap(({ cases }) => cases.flatMap(({ call }) => call ?? []))
  if (calls.length === 0) return undefined
  if (recordings !== 'none' && recordingFormat === 'opus') await loadOggOpus().catch(noOpus)
  const mouth = await use.mouth(tts, mask)
  await trySound(plan, mouth, signal).catch(without(mouth))
  const isHeard = calls.some(({ hear }) => needsEars(hear))
  const ears = isHeard ? await use.ears(stt, mask).catch(without(mouth)) : undefined
  return {
    mouth,
    ears,
    detector: await use.detector(detector),
    ...(ears && { selfHearing: await use.selfHearing(mouth, ears) }),
    async [Symbol.asyncDispose]() {
      await Promise.all([mouth[Symbol.asyncDispose](), ears?.[Symbol.asyncDispose]()])
    },
  }
}

const { signal: never } = new AbortController()

function noOpus(cause: unknown): never {
  if (!(cause instanceof PackageMissing)) throw cause
  throw new FaultError(soundFaults.noOpus({ message: cause.message }))
}

/** Closes what is of no use alone. */
function without(mouth: TextToSpeech): (cause: unknown) => Promise<never> {
  return async cause => {
    await mouth[Symbol.asyncDispose]()
    throw cause
  }
}

/** Why the calls of a plan cannot be spoken or heard on this machine; `undefined` if they can, or there are none. */
export async function whySpeechless(plan: Plan, mask: Mask, use: Adapters): Promise<string | undefined> {
  try {
    await using _ = await openSpeech(plan, mask, use)
    return undefined
  } catch (cause) {
    if (cause instanceof FaultError) return cause.fault.message
    throw cause
  }
}

/** How the callers of a plan's runs sound and hear. */
export interface Aloud {
  /** `undefined` if the run's agent is not called. */
  aloud(spec: RunSpec, attempt: number, spent: (usage: ModelUsage) => void): Omit<CallAloud, 'known'> | undefined
  /** Keeps the recording of a call, or removes it, as the suite says. */
  settle(spec: RunSpec, outcome: Outcome): Promise<Outcome>
}

export interface AloudUse extends SuiteSpeech {
  /** All that the suite declares. */
  readonly metrics: readonly Metric[]
  /** Where recordings are kept; absent if none are. */
  readonly recordings?: ResultRecordings | undefined
  /** Whether the default is to keep every recording. */
  readonly keepsAll: boolean
}

export function createAloud({ seed, recordings, recordingFormat: format = 'wav' }: Plan, use: AloudUse): Aloud {
  const { mouth, ears, detector, selfHearing, recordings: place, keepsAll, metrics } = use
  const folder = recordings === 'none' ? undefined : place?.begin()
  const isKept = ({ repeat }: RunSpec, { status }: Outcome): boolean =>
    recordings === 'all' || status !== 'passed' || (recordings === 'default' && (keepsAll || repeat === 1))

  return {
    aloud({ index, case: of }, attempt, spent) {
      const { call } = of
      if (!call) return undefined
      const hears = needsEars(call.hear)
      return {
        ...call,
        seed,
        mouth,
        detector: detector.settings,
        ...(ears && hears && { ears }),
        ...(selfHearing && hears && isEnglish(of) && { selfHearing: { hearing: selfHearing, leastWords: leastToHear(of, metrics) } }),
        ...(folder !== undefined && { recording: { folder, name: `${index + 1}-${attempt}`, format } }),
        spent: usage => spent(usageOf(usage, mouth, ears)),
      }
    },
    async settle(spec, outcome) {
      const sound = 'transcript' in outcome ? outcome.transcript.sound : undefined
      if (!place || folder === undefined || !sound?.recording || !('transcript' in outcome)) return outcome
      const { recording, ...measured } = sound
      const { path: name } = recording
      const wanted = isKept(spec, outcome)
      if (!wanted) await rm(join(folder, name), { force: true })
      const kept: Sound = wanted ? { ...measured, recording: { ...recording, path: await place.keep(name) } } : measured
      return { ...outcome, transcript: { ...outcome.transcript, sound: kept } }
    },
  }
}

/** In other languages we do not know how well these ears hear this mouth. */
function isEnglish({ personality }: PlannedCase): boolean {
  return /^en\b/i.test(personality?.language ?? 'en')
}

/** Few words decide nothing, and so are only listened to where a metric asks for them. */
function leastToHear({ scenario }: PlannedCase, metrics: readonly Metric[]): number {
  const measures = metrics.some(
    ({ key, source }) => source.kind === 'builtin' && source.builtin === 'caller_wer' && scenario.metrics.includes(key),
  )
  return measures ? 1 : leastWords
}

function usageOf({ requests, characters, seconds, cost }: SpeechUsage, mouth: TextToSpeech, ears: SpeechToText | undefined): ModelUsage {
  const asked = { requests, inputTokens: 0, outputTokens: 0, ...(cost !== undefined && { cost }) }
  return seconds > 0
    ? { role: 'stt', model: ears?.name ?? '', seconds, ...asked }
    : { role: 'tts', model: mouth.name, characters, ...asked }
}
