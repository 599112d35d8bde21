import type { Clock } from '../../ports/clock.js'

/** How long a call may take. Milliseconds. */
export interface CallLimits {
  /** The conversation itself, without the time that its caller thinks. */
  readonly conversationMs: number
  /** All of it. */
  readonly runMs: number
}

/**
 * When a call has to be over. Its caller may be a model of ours: the time that we wait for it is not the conversation's, but the run's.
 */
export class Deadline {
  readonly #clock: Clock
  readonly #startMs: number
  readonly #limits: CallLimits
  #thinksSinceMs: number | undefined
  #thoughtMs = 0

  /** The call starts now. */
  constructor(clock: Clock, limits: CallLimits) {
    this.#clock = clock
    this.#startMs = clock.now()
    this.#limits = limits
  }

  /** By the clock. While the caller thinks, only the run's time is up at some point. */
  get atMs(): number {
    const runEndsMs = this.#startMs + this.#limits.runMs
    return this.#thinksSinceMs === undefined ? Math.min(runEndsMs, this.#conversationEndsMs()) : runEndsMs
  }

  /** What is left if the caller thinks no more. */
  get leftMs(): number {
    return Math.min(this.#startMs + this.#limits.runMs, this.#conversationEndsMs()) - this.#clock.now()
  }

  /** The caller begins to think. */
  thinks(): void {
    this.#thinksSinceMs = this.#clock.now()
  }

  /** The caller has decided. */
  decides(): void {
    this.#thoughtMs += this.#thinkingMs()
    this.#thinksSinceMs = undefined
  }

  /** How long the caller has thought so far. Milliseconds. */
  get thoughtMs(): number {
    return this.#thoughtMs + this.#thinkingMs()
  }

  /** Whether the time is up because of the caller's thinking: then the call says nothing about the agent. */
  get isCallersFault(): boolean {
    const { conversationMs, runMs } = this.#limits
    const nowMs = this.#clock.now()
    if (nowMs >= this.#conversationEndsMs()) return false
    return runMs > conversationMs || this.thoughtMs * 2 > nowMs - this.#startMs
  }

  #conversationEndsMs(): number {
    return this.#startMs + this.#limits.conversationMs + this.thoughtMs
  }

  #thinkingMs(): number {
    return this.#thinksSinceMs === undefined ? 0 : this.#clock.now() - this.#thinksSinceMs
  }
}
