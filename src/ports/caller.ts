import type { RunSpec } from '../domain/plan.js'
import type { Entry } from '../domain/transcript.js'
import type { Utterance } from '../domain/utterance.js'
import type { Random } from './clock.js'
import type { Patterns } from './patterns.js'

/** Who talks to the agent; one for each attempt of a run, with a memory of its own. */
export interface Caller {
  /** What it does when the call opens, before anyone has spoken. */
  open(): CallerMove | Promise<CallerMove>
  /** What it does about what the agent has done since the caller last spoke. */
  answer(heard: Heard): CallerMove | Promise<CallerMove>
  /** What it says when nothing that it waits for has come for `idle_timeout`. */
  readonly idlePrompt: string
}

/** What the agent has done since the caller last spoke. */
export interface Heard {
  /** Its messages so far, joined by line breaks. */
  readonly text: string
  readonly messages: readonly string[]
  /** The whole conversation so far. */
  readonly history: readonly Entry[]
}

export type CallerMove =
  /** `why` goes into the transcript: `first message`, `step 2`. */
  | { readonly type: 'say'; readonly utterance: Utterance; readonly why: string }
  /** Nothing yet: it waits for more. */
  | { readonly type: 'wait' }

export type CallerFactory = (spec: RunSpec, use: { readonly patterns: Patterns; readonly random: Random }) => Caller
