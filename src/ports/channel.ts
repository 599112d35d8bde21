import type { Agent, Scalar } from '../domain/document.js'
import type { Fault } from '../domain/outcome.js'
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

/** A conversation under way. Disposing it hangs up (if that has not happened) and is harmless when repeated. */
export interface Conversation extends AsyncDisposable {
  /**
   * `strict`: the agent answers each of our turns once, then `yielded` says that it is done (request and response).
   * `free`: it may speak at any time; nothing says that it is done.
   */
  readonly turns: 'strict' | 'free'
  /** Where turns are strict: whether `end` delivers last words all the same. */
  readonly takesLastWords?: true
  /**
   * Says something; resolves when the words are delivered (text) or spoken (voice), not when they are answered.
   * What breaks on the way, or later, comes as `broke`.
   */
  say(part: Said): Promise<void>
  /**
   * Tells the agent that we hang up, with last words if there are any, and closes. Where turns are free the agent is still
   * heard until it has closed or seems to be done, for 1 s at most; neither `ended` nor `broke` comes of that time.
   * Resolves when nothing more is heard.
   */
  end(lastWords: string): Promise<void>
}

/** What the caller says in one go. */
export type Said = { readonly type: 'text'; readonly text: string } | { readonly type: 'dtmf'; readonly digits: string }

export type Hear = (event: AgentEvent) => void

/** What the agent does. Times are seconds from the start of the call. After `ended` or `broke` nothing follows. */
export type AgentEvent =
  | { readonly type: 'said'; readonly text: string; readonly startS: number; readonly endS: number }
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
  /** Only where turns are strict: the agent has done all it does for this turn. */
  | { readonly type: 'yielded' }
  /** The agent hung up, in good order. `afterWords`: with closing words in the same breath. */
  | { readonly type: 'ended'; readonly afterWords: boolean; readonly atS: number }
  | { readonly type: 'broke'; readonly fault: Fault }

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
  /** Seconds since the call started, to the millisecond. */
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
