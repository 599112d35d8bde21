import type { RunKey } from '../../../domain/ids.js'
import type { OutcomeStatus } from '../../../domain/outcome.js'
import type { Sound, Stretch } from '../../../domain/sound.js'
import type { Transcript } from '../../../domain/transcript.js'

/** A call with sound, as its timeline needs it. Times are seconds since the answer. */
export interface TimelineCall {
  readonly run: RunKey
  /** From 1, and how many there were. */
  readonly attempt: number
  readonly attempts: number
  readonly status: OutcomeStatus
  readonly transcript: Transcript
  readonly sound: Sound
  /** Onsets of the agent's answers, and how long the caller waited for each. */
  readonly answers: readonly { readonly startS: number; readonly latencyMs: number }[]
  /** The caller's interruptions that began on purpose while the agent had the floor. */
  readonly bargeIns: readonly Stretch[]
}

export interface TimelineOptions {
  readonly colour: boolean
  /** Columns of the terminal. */
  readonly width: number
  /** Draw with ASCII only. */
  readonly isPlain: boolean
}
