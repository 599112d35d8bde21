import type { Cause } from '../domain/cause.js'
import type { Mask } from '../domain/mask.js'
import type { RunSpec } from '../domain/plan.js'
import type { Moment } from '../domain/transcript.js'
import type { Utterance } from '../domain/utterance.js'
import type { Random } from './clock.js'
import type { ModelUse } from './language-model.js'
import type { Patterns } from './patterns.js'

/** The simulated caller. Each attempt of a run has its own, with its own memory. */
export interface Caller {
  /** Its first move when the call opens, before anyone has spoken. */
  open(thought: Thought): CallerMove | Promise<CallerMove>
  /**
   * Its move after what the agent has done since the caller last spoke.
   *
   * @throws {FaultError} by infra, `caller_model`, when its model fails.
   */
  answer(heard: Heard, thought: Thought): CallerMove | Promise<CallerMove>
  /** What it says after `idle_timeout` without anything that it waits for. */
  readonly idlePrompt: string
  /** How it takes turns with an agent that may speak at any time; asked before each turn. Default: it speaks when the turn is over. */
  patience?(): Patience
  /**
   * With sound: its next words cut in, whatever the agent says, so many milliseconds after the agent began to speak; asked before each turn.
   * `undefined` if they do not.
   */
  cutInMs?(): number | undefined
  /** What it may say and is known before the call, its idle prompt included. */
  known?(): readonly Utterance[]
}

/** A move that the caller is deciding on. */
export interface Thought {
  /** Aborts when the move is no longer wanted: the call is over, or the agent has said more. Created on first use. */
  readonly signal: AbortSignal
}

/** When the caller speaks, if nothing says that the agent is done. */
export interface Patience {
  /** How long the agent must have been quiet, and at least its `end_of_turn`. With 0 the caller does not wait for the end of the turn. */
  readonly quietMs: number
  /** Whether it thinks again if the agent says more meanwhile. If not, it interrupts the agent. */
  readonly givesWay: boolean
  /** With sound: what it says next is no answer to certain words, so that it need not have made out any to cut in. */
  readonly needsNoWords?: true
}

/** What the agent has done since the caller last spoke. */
export interface Heard {
  /** Its messages so far as one text, as a person would read it. */
  readonly text: string
  /** The same message by message. Pieces of an answer are one message. */
  readonly messages: readonly string[]
  /** The whole conversation so far, with pieces of an answer as one message. */
  readonly history: readonly Moment[]
}

export type CallerMove =
  | { readonly type: 'say'; readonly utterance: Utterance; readonly cause: Cause }
  /** Nothing yet: the caller waits for more. */
  | { readonly type: 'wait' }
  /** The caller cannot keep to its instructions, for this reason. The call is over, and proves nothing. */
  | { readonly type: 'lapse'; readonly reason: string }

/** Makes the caller of an attempt. `random` is its own: the same attempt of the same plan gets the same numbers. */
export type CallerFactory = (
  spec: RunSpec,
  use: { readonly patterns: Patterns; readonly random: Random; readonly spent: ModelUse['spent']; readonly mask?: Mask },
) => Caller
