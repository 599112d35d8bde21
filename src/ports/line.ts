import type { Fault } from '../domain/fault.js'

/**
 * A telephone line or an audio socket to an agent. It carries sound both ways, mono, as signed samples of 16 bits. It lives on the thread of
 * the media, where nothing else waits.
 */
export interface Line {
  /** Samples a second, both ways. */
  readonly rate: number
  /**
   * Sends 20 ms of sound. Called every 20 ms from the answer to the hang-up, in silence too. After the line is over it does nothing.
   *
   * @param frame  Only lent: its memory is used again. Copy what is kept.
   */
  send(frame: Int16Array): void
  /** Whether the agent does not listen for now, as one does that holds the call: what is sent gets nowhere. Default: it listens. */
  isMuted?(): boolean
  /** Tells the agent that our speech begins or ends with the next frame, on lines that have a signal for it. */
  speech?(is: 'begins' | 'ends'): void
  /** Presses telephone keys by a signal of the line. Without it, keys are sent as tones. */
  press?(digits: string): void
  /** How long `press` takes, in seconds, while nothing else is sent. Default: no time. */
  pressS?(digits: string): number
  /** Answers a call of a tool that the agent was offered in this call. @param id  Of the call. @param output  What it reads. */
  answerTool?(id: string, output: string): void
  /** Gives words that were `wanted` their sound, at the line's rate. @param samples  Absent if nothing speaks. */
  voiced?(id: number, samples: Int16Array | undefined): void
  /** A mark of the agent has been reached: everything before it was played, or dropped. */
  reached?(mark: string): void
  /** Ends the line. Nothing comes from it afterwards. Resolves once it is closed. */
  hangUp(): Promise<void>
}

/** What comes from a line, in order. Nothing follows `ended` or `broke`. */
export type LineEvent =
  /** Sound of any length, as it came: it is played after what came before. The samples are copied, so their memory may be used again. */
  | { readonly type: 'sound'; readonly samples: Int16Array }
  /** What has not been played yet is dropped. */
  | { readonly type: 'clear' }
  /** Answered by `reached` once what came before is played. */
  | { readonly type: 'mark'; readonly name: string }
  /** The agent says that its speech begins or ends, or that the caller should stop. */
  | { readonly type: 'speech'; readonly is: 'begins' | 'ends' }
  /** What the agent says that it said. Nobody heard it yet. */
  | { readonly type: 'claimed'; readonly text: string }
  /** Words that the transport itself speaks for the agent: answered by `voiced`. */
  | { readonly type: 'wanted'; readonly id: number; readonly text: string }
  | { readonly type: 'keyed'; readonly digits: string }
  /** Events that have no sound: as of an {@link AgentEvent}, without their time. */
  | { readonly type: 'tool_called'; readonly id?: string; readonly name: string; readonly arguments: unknown }
  | { readonly type: 'tool_returned'; readonly id?: string; readonly name?: string; readonly result: unknown; readonly unmatched?: true }
  | { readonly type: 'metadata'; readonly data: Readonly<Record<string, unknown>> }
  /** Something is wrong with what the agent sends, and yet harmless. The same warning comes once a call. */
  | { readonly type: 'warned'; readonly warning: string }
  /** The agent hung up in good order. */
  | { readonly type: 'ended' }
  | { readonly type: 'broke'; readonly fault: Fault }

/**
 * Opens the line of one call; what comes goes to `hear`, from the answer on. `hear` may be called before it resolves.
 *
 * @param signal  Cuts the line off, also when it is open: nothing comes from it afterwards, and it is gone within 100 ms.
 * @throws {FaultError} when the agent cannot be reached or refuses; when `signal` aborts, its reason.
 */
export type Dial = (hear: (event: LineEvent) => void, signal: AbortSignal) => Promise<Line>
