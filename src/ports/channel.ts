import type { Floor } from '../domain/connection.js'
import type { Agent, Scalar } from '../domain/document.js'
import type { Fault } from '../domain/fault.js'
import type { Clock } from './clock.js'
import type { CallTools } from './call-tools.js'

/** How an agent is reached; one for each agent, shared by its conversations. */
export interface Channel extends AsyncDisposable {
  /**
   * Opens a conversation. What the agent does from then on goes to `hear`, in order, each with its time.
   * `hear` may be called before `open` has resolved (an agent that greets at once).
   *
   * @param signal  Aborts the whole conversation: every socket, process and timer of it is gone within 100 ms.
   * @throws {FaultError} when the agent cannot be reached or refuses. When `signal` aborted, the abort's reason.
   */
  open(call: Call, hear: Hear, signal: AbortSignal): Promise<Conversation>
}

/**
 * An open conversation. Disposing it hangs up (if that has not happened) and is harmless when repeated.
 *
 * It is a plain object whose members are its own, so that a decorator may spread it and replace single members.
 */
export interface Conversation extends AsyncDisposable {
  readonly floor: Floor
  /** Where the floor goes by turns: whether `end` delivers last words all the same. */
  readonly takesLastWords?: true
  /** Seconds since the call began, to the millisecond, by the clock that the times of its events are told by. */
  elapsedS(): number
  /** Says something. What breaks on the way, or later, comes as `broke`. Once the conversation is over, nothing is said. */
  say(part: Said): Saying
  /**
   * Tells the agent that we hang up, with last words if there are any, and closes. Unless the floor goes by turns, the agent
   * is still heard until it has closed or seems to be done, for 1 s at most; neither `ended` nor `broke` comes of that time.
   * Resolves when nothing more is heard.
   */
  end(lastWords: string): Promise<void>
}

/** What the caller says in one go. */
export type Said = { readonly type: 'text'; readonly text: string } | { readonly type: 'dtmf'; readonly digits: string }

/** Something that is being said. */
export interface Saying {
  /** When it is delivered (text) or spoken (sound); not when it is answered. A value where nothing has to be waited for. */
  readonly done: Delivered | Promise<Delivered>
  /** Stops saying it; `done` then tells how far it got. Harmless once it is done. */
  cut(): void
}

/** When something was said: seconds since the call began. */
export interface Delivered {
  readonly startS: number
  readonly endS: number
  /** How much of the words was said, where it was cut off. */
  readonly said?: string
}

export type Hear = (event: AgentEvent) => void

/** What the agent does. Times are seconds since the call began. After `ended` or `broke` nothing follows. */
export type AgentEvent =
  | {
      readonly type: 'said'
      readonly text: string
      readonly startS: number
      readonly endS: number
      /** Of sound: which stretch of its speech the words are of. */
      readonly segment?: number
      /** The caller cut it off. */
      readonly cut?: true
    }
  /** Of sound: it begins, or ends, a stretch of speech. Its words come as `said`, later. */
  | { readonly type: 'speaking' | 'quiet'; readonly segment: number; readonly atS: number }
  /** It presses telephone keys. */
  | { readonly type: 'keyed'; readonly digits: string; readonly atS: number }
  | { readonly type: 'tool_called'; readonly id?: string; readonly name: string; readonly arguments: unknown; readonly atS: number }
  | {
      readonly type: 'tool_returned'
      readonly id?: string
      readonly name?: string
      readonly result: unknown
      /** Of a mock tool: nothing in its table is for this call. */
      readonly unmatched?: true
      readonly atS: number
    }
  | { readonly type: 'metadata'; readonly data: Readonly<Record<string, unknown>> }
  /** Only where the floor goes by turns: the agent has done all it does for this turn. */
  | { readonly type: 'yielded' }
  /** The agent hung up, in good order. `afterWords`: with closing words in the same breath. */
  | { readonly type: 'ended'; readonly afterWords: boolean; readonly atS: number }
  | { readonly type: 'broke'; readonly fault: Fault }

export type ToolCalled = Extract<AgentEvent, { type: 'tool_called' }>
export type ToolReturned = Extract<AgentEvent, { type: 'tool_returned' }>

/** What a channel is told about the call it opens. */
export interface Call {
  readonly result: string
  /** Unique among all runs and attempts of the result; safe in a URL or header. */
  readonly runId: string
  readonly runKey: string
  readonly scenario: { readonly key: string; readonly id?: number }
  /** The test profile's agent side; names that start with X- travel as headers. */
  readonly agentVariables: Readonly<Record<string, Scalar>>
  /** Whether the caller waits for the agent to speak first. */
  readonly agentOpens?: true
  /** Where the agent has mock tools in this call. */
  readonly tools?: CallTools
  /** Seconds since the call began, to the millisecond, by our clock. A channel that has a clock of its own goes by that. */
  elapsedS(): number
}

/** Makes the channel to an agent. Nothing is connected yet. */
export type ChannelFactory = (agent: Agent, use: ChannelUse) => Channel | Promise<Channel>

export interface ChannelUse {
  readonly clock: Clock
  readonly concurrency: number
  /** Stands between the channel and addresses that it may not reach, where the agent's came with a request. */
  readonly egress?: Egress
}

/** Which addresses may be reached. */
export interface Egress {
  /** Why a URL may not be reached, as far as that can be told before its host is looked up. */
  refusal(url: URL): string | undefined
  /** Looks hosts up as `dns.lookup` does, and fails for those that lead where nothing may be reached. */
  readonly lookup: Lookup
}

/** As `net.connect` takes it. */
export type Lookup = (
  host: string,
  options: {
    readonly all?: boolean | undefined
    readonly family?: number | 'IPv4' | 'IPv6' | undefined
    readonly hints?: number | undefined
  },
  callback: (error: Error | null, address: string | { address: string; family: number }[], family?: number) => void,
) => void
