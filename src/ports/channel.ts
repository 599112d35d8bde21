import type { Mask } from '../domain/mask.js'
import type { Floor } from '../domain/connection.js'
import type { Agent, Scalar } from '../domain/document.js'
import type { DetectorSettings } from '../domain/detector-settings.js'
import type { Fault } from '../domain/fault.js'
import type { RecordingFormat } from '../domain/recording.js'
import type { Sound } from '../domain/sound.js'
import type { Delivery, PlayedSound } from '../domain/spoken.js'
import type { PlannedCall } from '../domain/planned-call.js'
import type { PointerCount } from '../domain/pointer-count.js'
import type { Lacking } from '../domain/trunk-desk.js'
import type { RunNumbers } from '../domain/run-numbers.js'
import type { Clock } from './clock.js'
import type { CallTools } from './call-tools.js'
import type { Network } from './network.js'
import type { PhoneLines } from './phone-lines.js'
import type { SelfHearing, SpeechToText, SpeechUsage, TextToSpeech } from './speech.js'

/** The connection to an agent. One per agent, shared by its conversations. */
export interface Channel extends AsyncDisposable {
  /**
   * Opens a conversation. Everything the agent does from then on goes to `hear`, in order, with its time. `hear` may be
   * called before `open` resolves (an agent that greets at once).
   *
   * @param signal  Aborts the whole conversation: all of its sockets, processes and timers are gone within 100 ms.
   * @returns The conversation; as it is if nothing had to be waited for. The promise rejects with a {@link FaultError} when the agent
   *   cannot be reached or refuses. When `signal` aborts, with the abort's reason.
   */
  open(call: Call, hear: Hear, signal: AbortSignal): Conversation | Promise<Conversation>
}

/**
 * An open conversation. Disposing it hangs up, if nobody has, and may be repeated.
 *
 * It is a plain object with own members, so that a decorator may spread it and replace single members.
 */
export interface Conversation extends AsyncDisposable {
  readonly floor: Floor
  /** With the floor `turns`: whether `end` delivers last words nevertheless. */
  readonly takesLastWords?: true
  /** Seconds since the call began, to the millisecond, by the same clock as the times of its events. */
  elapsedS(): number
  /** What the connection's pointers have found so far, if it has any. */
  pointers?(): readonly PointerCount[]
  /** Whether something that the agent has sent is still to be heard, because it sends so much at once. Default: no. */
  isBehind?(): boolean
  /** Why what was said has not reached the agent so far, although nothing failed: no connection is made yet. Default: it has. */
  unreached?(): Fault | undefined
  /** Says something. A failure, now or later, comes as `broke`. After the end of the conversation it does nothing. */
  say(part: Said): Saying
  /** With the floor `speech`: plays a sound. Otherwise as `say`. */
  play?(sound: PlayedSound): Saying
  /** With the floor `speech`: lets something slip once the agent is speaking. */
  aside?(aside: Aside): Saying
  /** With the floor `speech`: whether the noise of the caller's room is not heard. Default: it is. */
  mute?(isMuted: boolean): void
  /**
   * Tells the agent that we hang up, with any last words, and closes. Unless the floor is `turns`, the agent is still heard
   * until it closes or seems to be done, for 1 s at most; this time yields neither `ended` nor `broke`. Resolves when
   * nothing more is heard; returns nothing if that is so at once.
   */
  end(lastWords: string): Promise<void> | undefined
  /** With sound: what was measured of it, once the conversation is over; `undefined` if the agent never answered. */
  sound?(): Promise<Sound | undefined>
  /** With sound: why the ears failed, be it after the conversation; known once it is disposed of. Default: they did not. */
  unheard?(): Fault | undefined
}

/** What the caller says in one go. */
export type Said = SaidWords | { readonly type: 'dtmf'; readonly digits: string }

export interface SaidWords {
  readonly type: 'text'
  readonly text: string
  /** With the floor `speech`: how. */
  readonly how?: Delivery
  /** With the floor `speech`: what it is, if not an answer. */
  readonly kind?: 'barge_in' | 'idle_prompt'
}

/** What a caller lets slip while the agent speaks: it does not take the floor, and does not yield it. */
export interface Aside {
  /** "mm-hm"; or a cough, or words to somebody else. */
  readonly kind: 'backchannel' | 'tic'
  /** Its words; without them, it is a cough. */
  readonly text?: string
  /** It waits until the agent has been speaking for so long, and is not said before. */
  readonly afterMs: number
}

/** Something being said. */
export interface Saying {
  /** When the text is delivered or the sound is spoken; not when it is answered. A plain value if there is no wait. */
  readonly done: Delivered | Promise<Delivered>
  /** Stops saying it; `done` then states how far it got. Harmless once it is done. */
  cut(): void
}

/** When something was said: seconds since the call began. */
export interface Delivered {
  readonly startS: number
  readonly endS: number
  /** The words said, if they were cut off. */
  readonly said?: string
}

export type Hear = (event: AgentEvent) => void

/** What the agent does. Times are seconds since the call began. Nothing follows `ended` or `broke`. */
export type AgentEvent =
  | {
      readonly type: 'said'
      readonly text: string
      readonly startS: number
      readonly endS: number
      /** With sound: the stretch of speech that the words belong to. */
      readonly segment?: number
      /** The caller cut it off. */
      readonly cut?: true
    }
  /** With sound: a stretch of speech begins or ends. Its words follow later, as `said`. */
  | { readonly type: 'speaking' | 'quiet'; readonly segment: number; readonly atS: number }
  /** What the agent's model thought, as far as it shows. Nobody hears it. */
  | { readonly type: 'thought'; readonly text: string; readonly atS: number }
  /** The agent presses telephone keys. */
  | { readonly type: 'keyed'; readonly digits: string; readonly atS: number }
  | {
      readonly type: 'tool_called'
      readonly id?: string
      readonly name: string
      /** `undefined` if they cannot be read. */
      readonly arguments: unknown
      readonly atS: number
    }
  | {
      readonly type: 'tool_returned'
      readonly id?: string
      readonly name?: string
      readonly result: unknown
      /** For a mock tool: no entry of its table matched the call. */
      readonly unmatched?: true
      readonly atS: number
    }
  | { readonly type: 'metadata'; readonly data: Readonly<Record<string, unknown>> }
  /** Only with the floor `turns`: a part of the answer is there, and the rest follows. */
  | { readonly type: 'answering' }
  /** Only with the floor `turns`: the agent has finished its turn. */
  | { readonly type: 'yielded' }
  /** The agent hung up in good order. `afterWords`: right after its closing words. */
  | { readonly type: 'ended'; readonly afterWords: boolean; readonly atS: number }
  | { readonly type: 'broke'; readonly fault: Fault }

export type ToolCalled = Extract<AgentEvent, { type: 'tool_called' }>
export type ToolReturned = Extract<AgentEvent, { type: 'tool_returned' }>

/** What a channel knows about the call that it opens. */
export interface Call {
  readonly result: string
  /** Unique among all runs and attempts of the result; safe in a URL or header. */
  readonly runId: string
  readonly runKey: string
  readonly scenario: { readonly key: string; readonly id?: number }
  /** The test profile's agent variables; names that start with X- travel as headers. */
  readonly agentVariables: Readonly<Record<string, Scalar>>
  /** Its telephone numbers. */
  readonly numbers?: RunNumbers
  /** Whether the caller waits for the agent to speak first. */
  readonly agentOpens?: true
  /** The agent's mock tools in this call, if it has any. */
  readonly tools?: CallTools
  /** With the floor `speech`. */
  readonly aloud?: CallAloud
  /** Seconds since the call began, to the millisecond, by our clock. A channel with a clock of its own uses that instead. */
  elapsedS(): number
  /**
   * Stops the call's time, because the agent has asked to come back later: the wait is not part of the conversation, and no
   * silence of the agent. Returns what lets the time go on.
   */
  hold(): () => void
  /** What the call waits for at a trunk, each time that this changes, and now and then while it does not; without, it has it. */
  waits?(trunk: string, lacks?: Lacking): void
  /** The agent is to call us: from now on, so long. @param number  Ours, that it is to call. */
  awaits?(number: string, forMs: number): void
  /** Keeps what was exchanged to set the call up, as text, for whoever looks into it. */
  keep?(dialogue: string): void
}

/** How a caller sounds, hears, and takes turns. */
export interface CallAloud extends PlannedCall {
  /** What speaks for the caller, and what hears the agent; absent where nothing has to. */
  readonly mouth?: TextToSpeech
  readonly ears?: SpeechToText
  /** Listens to the caller's own words after the call, if so many were said; absent where nothing has to. */
  readonly selfHearing?: { readonly hearing: SelfHearing; readonly leastWords: number }
  /** Tells the agent's speech from silence. Default: by energy. */
  readonly detector?: DetectorSettings
  /** What the caller may say or play, so that it is made before the call. */
  readonly known: readonly (SaidWords | PlayedSound)[]
  /** The place of the call's recording, without its ending; absent if it is not recorded. */
  readonly recording?: { readonly folder: string; readonly name: string; readonly format: RecordingFormat }
  /** Of all random draws. */
  readonly seed: number
  /** Called with what speaking and hearing cost. */
  spent(usage: SpeechUsage): void
}

/** Makes the channel to an agent. It connects nothing yet. */
export type ChannelFactory = (agent: Agent, use: ChannelUse) => Channel | Promise<Channel>

export interface ChannelUse {
  readonly clock: Clock
  readonly concurrency: number
  /** Masks what faults quote. Default: nothing. */
  readonly mask?: Mask
  /** Restricts the addresses that the channel may reach. Present if the agent's address came with a request. */
  readonly egress?: Egress
  /** Default: direct connections, with the certificates that Node trusts. */
  readonly network?: Network
  /** Shares out what telephone trunks have. Default: all that is asked for. */
  readonly phoneLines?: PhoneLines
}

/** Decides which addresses may be reached. */
export interface Egress {
  /** Hosts outside the public network that may be reached. */
  readonly allowedHosts: readonly string[]
  /** Why a URL may not be reached, as far as its text shows before the host is looked up. */
  refusal(url: URL): string | undefined
  /** Looks hosts up like `dns.lookup`, and fails for those that lead to forbidden addresses. */
  readonly lookup: Lookup
}

/** The `lookup` option of `net.connect`. */
export type Lookup = (
  host: string,
  options: {
    readonly all?: boolean | undefined
    readonly family?: number | 'IPv4' | 'IPv6' | undefined
    readonly hints?: number | undefined
  },
  callback: (error: Error | null, address: string | { address: string; family: number }[], family?: number) => void,
) => void
