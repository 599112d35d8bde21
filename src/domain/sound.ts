import type { Recording } from './recording.js'

/**
 * What was measured of a call's sound while it was conducted, so that score and rescore need no audio. Times are seconds since the answer,
 * counted in samples.
 */
export interface Sound {
  /** Samples a second, both ways. */
  readonly rate: number
  /** From the answer to the hang-up. */
  readonly seconds: number
  /** In the order of their onsets. */
  readonly stretches: readonly Stretch[]
  readonly caller: TrackQuality
  readonly agent: TrackQuality
  readonly pacing: Pacing
  /** What told speech from silence. `energy` and `fvad` take tones and loud noise for speech. */
  readonly detector: DetectorName
  /** What spoke for the caller, and what heard the agent: engine, voice or model. Absent if nothing did. */
  readonly mouth?: string
  readonly ears?: string
  /** When the caller let the agent wait on purpose, or because its model thought. */
  readonly waits?: readonly Wait[]
  /** What the agent's connection says that the agent said. */
  readonly claimed?: readonly ClaimedWords[]
  /** What is wrong with what the agent's connection sent, and yet harmless: sentences, each once. */
  readonly warnings?: readonly string[]
  /** What our own ears made of our own mouth; absent if nothing listened to it. */
  readonly selfHeard?: SelfHeard
  readonly recording?: Recording
}

export interface Wait {
  readonly startS: number
  readonly endS: number
}

export interface ClaimedWords {
  readonly text: string
  readonly atS: number
}

/** The caller's words beside what our ears heard of them, before noise, band and network. */
export interface SelfHeard {
  readonly said: readonly { readonly text: string; readonly heard: string }[]
  /** The word error rate of these ears with this mouth in general, 0..1. */
  readonly usualWer: number
}

export type DetectorName = 'energy' | 'fvad' | 'silero'

/** A stretch of speech of one side, from its first voiced sample to its last. */
export interface Stretch {
  readonly by: 'agent' | 'caller'
  readonly startS: number
  readonly endS: number
  /** For the agent: the number of the stretch, as in its words. */
  readonly segment?: number
  /** For the caller: what it was, if not an answer. A barge-in began on purpose while the agent spoke. */
  readonly kind?: 'barge_in' | 'backchannel' | 'tic' | 'idle_prompt'
  /** For the caller: it fell silent because the agent spoke. */
  readonly cut?: true
}

export interface TrackQuality {
  /** Mean level of its speech, dB relative to full scale; `null` without speech. */
  readonly levelDbfs: number | null
  /** Speech to background, dB; `null` without speech. */
  readonly snrDb: number | null
  /** Samples at full scale. */
  readonly clipped: number
  /** Gaps of at most 200 ms of nothing within speech. */
  readonly dropouts: number
}

/** How well we kept the rhythm of 20 ms ourselves. */
export interface Pacing {
  readonly p99Ms: number
  readonly worstMs: number
  /** Frames that were sent more than 20 ms late. */
  readonly late: number
  /** Frames that were never sent. */
  readonly lost: number
  readonly frames: number
}
