import { howOften, type Level } from './how-often.js'

/** How a caller takes turns in a call. Every number is stated, so that a report says how the agent was tested. */
export interface TurnTaking {
  /** The preset that stated the numbers the suite did not. */
  readonly preset: TurnPreset
  /** The agent's turn is over once it has been quiet for this long. */
  readonly endOfTurnMs: number
  /** A caller that is talked over falls silent after this long. */
  readonly yieldAfterMs: number
  /** In which share of the agent's turns the caller cuts in, 0..1. */
  readonly cutInShare: number
  /** It cuts in once the agent has spoken for this long or has said this many words, whichever comes first. */
  readonly cutInAfterMs: number
  readonly cutInAfterWords: number
  /** After cutting in, it waits this long for the agent to stop. */
  readonly insistMs: number
  /** After which share of the agent's sentences it says "mm-hm", 0..1. */
  readonly backchannelShare: number
  /** It says its idle prompt after a silence of this long. */
  readonly idlePromptMs: number
  /** How often in a row it prompts a silent agent before it gives up. */
  readonly idlePrompts: number
}

export type TurnPreset = 'patient' | 'normal' | 'eager'

/** An agent that says no more than this while the caller speaks on says "mm-hm". */
export const longestBackchannelS = 1
/** An agent that is interrupted stops within this time, or talks on. */
export const stopsWithinS = 2

const sameInAll = { cutInAfterMs: 3000, cutInAfterWords: 5, idlePrompts: 3 } as const

/** The presets, with all their numbers. */
export const turnPresets: Readonly<Record<TurnPreset, TurnTaking>> = {
  patient: {
    ...sameInAll,
    preset: 'patient',
    endOfTurnMs: 1200,
    yieldAfterMs: 500,
    cutInShare: 0,
    insistMs: 800,
    backchannelShare: 0,
    idlePromptMs: 10_000,
  },
  normal: {
    ...sameInAll,
    preset: 'normal',
    endOfTurnMs: 800,
    yieldAfterMs: 1000,
    cutInShare: 0,
    insistMs: 2000,
    backchannelShare: 0,
    idlePromptMs: 10_000,
  },
  eager: {
    ...sameInAll,
    preset: 'eager',
    endOfTurnMs: 500,
    yieldAfterMs: 5000,
    cutInShare: 0.5,
    insistMs: 5000,
    backchannelShare: 0.2,
    idlePromptMs: 5000,
  },
}

/** Numbers of a suite's own, and the preset of the others. */
export type OwnTurns = Partial<TurnTaking>

/**
 * How a caller takes turns. A level of interruption without a preset means an eager caller; the level is the share of turns in which an
 * eager caller cuts in.
 */
export function resolveTurns({ preset, ...own }: OwnTurns, level?: Level): TurnTaking {
  const chosen = turnPresets[preset ?? (level === undefined || level === 'none' ? 'normal' : 'eager')]
  const cutInShare = chosen.preset === 'eager' && level !== undefined ? howOften[level] : chosen.cutInShare
  return { ...chosen, cutInShare, ...own }
}
