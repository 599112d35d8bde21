import type { Cause } from '../domain/cause.js'
import type { RunSpec } from '../domain/plan.js'
import type { Moment } from '../domain/transcript.js'
import type { Utterance } from '../domain/utterance.js'
import type { Random } from './clock.js'
import type { ModelUse } from './language-model.js'
import type { Patterns } from './patterns.js'

/** Who talks to the agent; one for each attempt of a run, with a memory of its own. */
export interface Caller {
  /** What it does when the call opens, before anyone has spoken. */
  open(thought: Thought): CallerMove | Promise<CallerMove>
  /**
   * What it does about what the agent has done since the caller last spoke.
   *
   * @throws {FaultError} by infra, `caller_model`, when what drives it fails.
   */
  answer(heard: Heard, thought: Thought): CallerMove | Promise<CallerMove>
  /** What it says when nothing that it waits for has come for `idle_timeout`. */
  readonly idlePrompt: string
  /** How it takes turns with an agent that may speak at any time; asked before each turn. Where it is left out: `brisk`. */
  patience?(): Patience
}

/** A move being thought of. */
export interface Thought {
  /** Aborts when it is not wanted any more: the call is over, or the agent has said more meanwhile. Made when asked for. */
  readonly signal: AbortSignal
}

/** When a caller thinks it its turn to speak, where nothing says that the agent is done. */
export interface Patience {
  /** How long the agent must have been quiet. */
  readonly quietMs: number
  /** Whether it thinks again when the agent says more while it thinks; else it speaks into the agent's words. */
  readonly givesWay: boolean
}

/** Answers together what was sent in one go. */
export const brisk: Patience = { quietMs: 10, givesWay: false }

/** What the agent has done since the caller last spoke. */
export interface Heard {
  /** Its messages so far, joined by line breaks. */
  readonly text: string
  readonly messages: readonly string[]
  /** The whole conversation so far. */
  readonly history: readonly Moment[]
}

export type CallerMove =
  | { readonly type: 'say'; readonly utterance: Utterance; readonly cause: Cause }
  /** Nothing yet: it waits for more. */
  | { readonly type: 'wait' }
  /** It cannot keep to what it was told, for this reason: the call is over, and proves nothing. */
  | { readonly type: 'lapse'; readonly reason: string }

/** Makes the caller of an attempt. `random` is its own: the same attempt of the same plan gets the same numbers. */
export type CallerFactory = (
  spec: RunSpec,
  use: { readonly patterns: Patterns; readonly random: Random; readonly spent: ModelUse['spent'] },
) => Caller
