import type { PointerCount } from '../../../domain/pointer-count.js'
import type { AgentEvent, Hear } from '../../../ports/channel.js'
import type { HttpAnswer } from '../receive-body.js'
import type { Request } from './request-pool.js'

/** How one kind of HTTP agent encodes a conversation. It keeps the conversation's state. */
export interface Dialect {
  /** The request that carries the caller's words. */
  request(words: string): Request
  /**
   * Reads the agent's answer: what it did, or a detour if it needs something first.
   *
   * @throws {FaultError} when the answer cannot be read.
   */
  read(json: unknown, answer: HttpAnswer, atS: number): AgentEvent[] | Detour
  /** Whether the next answer's body is read as JSON before `read`. Default: yes. */
  readonly readsBody?: boolean
  /** What the connection's pointers have found so far. */
  pointers?(): readonly PointerCount[]
  /** Reads an answer that streams. Absent if the connection does not ask for one. */
  stream?(): StreamDialect
}

/** The agent needs something before it is done with the caller's words. */
export interface Detour {
  /** What the agent has done so far. */
  readonly events: readonly AgentEvent[]
  /** Gets what the agent needs, and returns the request that delivers it. Reports events to `hear` meanwhile. */
  onward(hear: Hear, signal: AbortSignal): Promise<Request>
}

/** How one kind of agent streams an answer. There is one for each answer. */
export interface StreamDialect {
  /** Takes the JSON of an event. @throws {FaultError} when it cannot be read. */
  take(json: unknown, atS: number): void
  /** Whether the agent has said that the answer is complete, or need not say so. */
  readonly isComplete: boolean
  /** What the agent has done so far, for an answer that breaks off. */
  soFar(): AgentEvent[]
  /** Reads the whole answer, as {@link Dialect.read} does. @throws {FaultError} when it cannot be read. */
  conclude(answer: HttpAnswer, atS: number): AgentEvent[] | Detour
}
