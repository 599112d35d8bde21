import { usualNetwork, usualNoise, usualSound, type BackgroundNoise, type CallerSound } from '../../../domain/caller-sound.js'
import type { Personality as RawPersonality } from '../../../domain/generated/suite.js'
import { isWaveFile } from '../../../domain/noise.js'
import { resolveTurns, type OwnTurns, type TurnTaking } from '../../../domain/turn-taking.js'
import type { Context } from '../context.js'
import { given, type Loose } from '../loose.js'
import { findRecording } from './find-recording.js'
import { readDuration } from './read-duration.js'

/** How a personality takes turns in a call; `undefined` if it says nothing about it. */
export function turnsOf(raw: Loose<RawPersonality>, context: Context): TurnTaking | undefined {
  const { turns, interruption_level: level } = raw
  if (turns === undefined && level === undefined) return undefined
  return resolveTurns(typeof turns === 'object' ? ownTurns(turns, context) : given({ preset: turns }), level)
}

function ownTurns(raw: Exclude<Loose<RawPersonality>['turns'], string | undefined>, context: Context): OwnTurns {
  return given({
    preset: raw.preset,
    endOfTurnMs: readDuration(raw, 'end_of_turn', context),
    yieldAfterMs: readDuration(raw, 'yield_after', context),
    cutInShare: raw.cut_in,
    cutInAfterMs: readDuration(raw, 'cut_in_after', context, 0),
    cutInAfterWords: raw.cut_in_words,
    insistMs: readDuration(raw, 'insist', context),
    backchannelShare: raw.backchannels,
    idlePromptMs: readDuration(raw, 'idle_prompt', context),
    idlePrompts: raw.idle_prompts,
  })
}

const soundKeys = [
  'voice',
  'speed',
  'volume',
  'background_noise',
  'bursts_per_minute',
  'network',
  'band',
  'muffled',
  'tics',
] as const satisfies readonly (keyof RawPersonality)[]

/**
 * How a personality sounds in a call; `undefined` if it says nothing about it.
 *
 * @param base  The folder of its file.
 */
export function soundOf(raw: Loose<RawPersonality>, base: string, context: Context): CallerSound | undefined {
  if (!soundKeys.some(key => key in raw)) return undefined
  const { voice, speed, volume, background_noise: noise, bursts_per_minute: burstsPerMinute, network, band, muffled, tics } = raw
  return {
    ...usualSound,
    ...given({
      voice,
      speed,
      volume,
      burstsPerMinute,
      band,
      muffled,
      tics,
      backgroundNoise: noise === undefined ? undefined : noiseOf(raw, noise, base, context),
      network: network && {
        ...usualNetwork,
        ...given({ loss: network.loss, meanBurstMs: network.mean_burst_ms, jitterMs: network.jitter_ms, delayMs: network.delay_ms }),
      },
    }),
  }
}

function noiseOf(
  raw: Loose<RawPersonality>,
  noise: NonNullable<Loose<RawPersonality>['background_noise']>,
  base: string,
  context: Context,
): BackgroundNoise | undefined {
  const {
    sound,
    snr_db: snrDb,
    drift_db: driftDb,
  }: { sound?: string; snr_db?: number; drift_db?: number } = typeof noise === 'string' ? { sound: noise } : given(noise)
  if (sound === undefined) return undefined
  const [holder, key] = typeof noise === 'string' ? [raw, 'background_noise'] : [noise, 'sound']
  const file = isWaveFile(sound) ? recordingAt(sound, base, () => context.places.value(holder, key), context) : undefined
  return { sound, ...usualNoise, ...given({ file, snrDb, driftDb }) }
}

/** The absolute path of a recording that the suite names; reports one that is missing, or outside of what the suite may read. */
function recordingAt(
  name: string,
  base: string,
  at: () => ReturnType<Context['places']['value']>,
  { problems, territory: { root, show } }: Context,
): string {
  const { path, problem } = findRecording(name, base, root)
  if (problem === 'outside') problems.report('INCLUDE_OUTSIDE', { path: name, root: show(root) }, at())
  if (problem === 'missing') problems.report('RECORDING_MISSING', { path: show(path) }, at())
  return path
}
