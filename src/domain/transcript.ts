import type { Cause } from './cause.js'
import type { CutOff } from './cut-off.js'
import type { PointerCount } from './pointer-count.js'
import type { Sound } from './sound.js'

/**
 * One thing that happened in a conversation.
 *
 * `turn` counts the caller's utterances: 0 is the agent's greeting before the caller speaks, n is the caller's nth utterance
 * and everything the agent does until the next. A moment belongs to the turn in which it began. Moments are in the order of
 * their beginnings. `startS` and `endS` are seconds since the call began.
 */
export type Moment = { readonly turn: number; readonly startS: number; readonly endS: number } & (
  | {
      readonly type: 'said'
      readonly by: 'agent' | 'caller'
      readonly text: string
      /** For the caller: what made it say so; absent if unknown. */
      readonly cause?: Cause
      /** With sound: the other side cut it off; `text` is what was said until then. */
      readonly cut?: true
    }
  /** What a model thought before it answered. Nobody heard it, so no check, judge or caller reads it. */
  | { readonly type: 'thought'; readonly by: 'agent'; readonly text: string }
  | { readonly type: 'dtmf'; readonly by: 'agent' | 'caller'; readonly digits: string }
  | {
      readonly type: 'tool_called'
      readonly by: 'agent'
      readonly id?: string
      readonly name: string
      /** Parsed if it was JSON, otherwise the original text; `undefined` if they could not be read. */
      readonly arguments?: unknown
    }
  | {
      readonly type: 'tool_returned'
      readonly by: 'agent'
      readonly id?: string
      readonly name?: string
      readonly result?: unknown
      /** For a mock tool: no entry of its table matched the call. */
      readonly unmatched?: true
    }
)

/** Why a conversation ended, in the run-scenarios API's names; `exceeded-max-turns` is Callsheet's own. */
export type EndedReason =
  | 'Main agent-ended-call'
  | 'Main agent-ended-call-after-message-spoken'
  | 'Testing agent-ended-call'
  | 'Main agent-silence-timed-out'
  | 'Main agent-call-not-connected'
  | 'call-failed-unknown-error'
  | 'exceeded-max-duration'
  | 'exceeded-max-turns'
  | 'run-cancelled-by-user'

export interface Ending {
  readonly by: 'agent' | 'caller' | 'limit'
  readonly reason: EndedReason
  /** Seconds from the start of the call. */
  readonly atS: number
  /** How many of these seconds the call waited for its caller's model; absent if none. */
  readonly thoughtS?: number
  /** The agent broke off in the middle: nobody hung up. */
  readonly cutOff?: CutOff
}

export interface Transcript {
  readonly moments: readonly Moment[]
  /** Everything that the agent sent, merged; the last write wins. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly ending: Ending
  /** What the connection's pointers found; absent if it has none. */
  readonly pointers?: readonly PointerCount[]
  /** Absent without sound. */
  readonly sound?: Sound
  /** The SIP messages of a telephone call, and what came of its sound, as text; absent for other conversations. */
  readonly dialogue?: string
}
