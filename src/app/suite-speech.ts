import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { needsEars } from '../domain/hearing.js'
import type { ModelUsage } from '../domain/model.js'
import type { Outcome } from '../domain/outcome.js'
import type { Plan, PlannedCase, RunSpec } from '../domain/plan.js'
import type { Metric } from '../domain/metric.js'
import type { Sound } from '../domain/sound.js'
import { leastWords } from '../domain/unsound-call.js'
import type { Mask } from '../domain/mask.js'
import type { CallAloud } from '../ports/channel.js'
import type { SelfHearing, SpeechToText, SpeechUsage, TextToSpeech } from '../ports/speech.js'
import type { Adapters } from './registry.js'

/** What speaks for a suite's callers and hears its agents. */
export interface SuiteSpeech extends AsyncDisposable {
  readonly mouth: TextToSpeech
  /** Absent if no run has to hear. */
  readonly ears: SpeechToText | undefined
  /** Absent without ears. */
  readonly selfHearing?: SelfHearing
}

/**
 * Opens the speech engines that a plan needs; `undefined` if no run is a call.
 *
 * @throws {FaultError} when one cannot be used on this machine.
 */
export async function openSpeech({ entries, models: { tts, stt } }: Plan, mask: Mask, use: Adapters): Promise<SuiteSpeech | undefined> {
  const calls = entries.flatMap(({ cases }) => cases.flatMap(({ call }) => call ?? []))
  if (calls.length === 0) return undefined
  const mouth = await use.mouth(tts, mask)
  const ears = calls.some(({ hear }) => needsEars(hear)) ? await use.ears(stt, mask) : undefined
  return {
    mouth,
    ears,
    ...(ears && { selfHearing: await use.selfHearing(mouth, ears) }),
    async [Symbol.asyncDispose]() {
      await Promise.all([mouth[Symbol.asyncDispose](), ears?.[Symbol.asyncDispose]()])
    },
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
  /** Where recordings are kept: the result's; absent if it has none. */
  readonly folder: string | undefined
}

export function createAloud({ seed, recordings }: Plan, use: AloudUse): Aloud {
  const { mouth, ears, selfHearing, folder, metrics } = use
  const place = folder === undefined || recordings === 'none' ? undefined : join(folder, 'recordings')
  if (place !== undefined) {
    mkdirSync(place, { recursive: true, mode: 0o700 })
    // Of calls that a crash cut off.
    for (const file of readdirSync(place)) if (/\.(?:pcm|part)$/.test(file)) rmSync(join(place, file), { force: true })
  }

  return {
    aloud({ index, case: of }, attempt, spent) {
      const { call } = of
      if (!call) return undefined
      const hears = needsEars(call.hear)
      return {
        ...call,
        seed,
        mouth,
        ...(ears && hears && { ears }),
        ...(selfHearing && hears && isEnglish(of) && { selfHearing: { hearing: selfHearing, leastWords: leastToHear(of, metrics) } }),
        ...(place !== undefined && { recording: { folder: place, name: `${index + 1}-${attempt}` } }),
        spent: usage => spent(usageOf(usage, mouth, ears)),
      }
    },
    async settle(spec, outcome) {
      const sound = 'transcript' in outcome ? outcome.transcript.sound : undefined
      if (place === undefined || !sound?.recording || !('transcript' in outcome)) return outcome
      const { recording, ...measured } = sound
      const isKept = recordings === 'all' || outcome.status !== 'passed' || (recordings === 'default' && spec.repeat === 1)
      if (!isKept) await rm(join(place, recording.path), { force: true })
      const kept: Sound = isKept ? { ...measured, recording: { ...recording, path: `recordings/${recording.path}` } } : measured
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
