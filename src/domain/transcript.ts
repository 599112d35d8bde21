import type { Cause } from './cause.js'

/**
 * One thing that happened in a conversation.
 *
 * `turn` counts the caller's utterances: 0 is the agent's greeting before the caller has spoken, n is the caller's nth
 * utterance and all the agent does until the next. A moment belongs to the turn in which it began; moments stand in the
 * order in which they began. `startS` and `endS` are seconds since the call began.
 */
export type Moment = { readonly turn: number; readonly startS: number; readonly endS: number } & (
  | {
      readonly type: 'said'
      readonly by: 'agent' | 'caller'
      readonly text: string
      /** Of the caller: what made it say so; absent where that is not known. */
      readonly cause?: Cause
      /** Of sound: the other side cut it off; `text` is what was said until then. */
      readonly cut?: true
    }
  | { readonly type: 'dtmf'; readonly by: 'agent' | 'caller'; readonly digits: string }
  | {
      readonly type: 'tool_called'
      readonly by: 'agent'
      readonly id?: string
      readonly name: string
      /** Parsed where it was JSON, else the text as it came. */
      readonly arguments?: unknown
    }
  | {
      readonly type: 'tool_returned'
      readonly by: 'agent'
      readonly id?: string
      readonly name?: string
      readonly result?: unknown
      /** Of a mock tool: nothing in its table is for this call. */
      readonly unmatched?: true
    }
)

/** Why a conversation ended, by the run-scenarios API's names; `exceeded-max-turns` is ours. */
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
}

export interface Transcript {
  readonly moments: readonly Moment[]
  /** All that the agent sent, merged; the last write wins. */
  readonly metadata: Readonly<Record<string, unknown>>
  readonly ending: Ending
}
