import type { Clock } from '../../ports/clock.js'

/** The time of a call. It stands still while the agent has asked us to wait: that time is not the conversation's. */
export class CallTime {
  readonly #clock: Clock
  readonly #changed: () => void
  #startMs: number | undefined
  #heldSinceMs: number | undefined
  #earlierMs = 0
  #hasResumed = false

  /** @param changed  Called when the time stops and when it goes on. */
  constructor(clock: Clock, changed: () => void) {
    this.#clock = clock
    this.#changed = changed
  }

  /** The call begins. Until then, its time is 0. */
  begin(): void {
    this.#startMs = this.#clock.now()
  }

  /** Seconds, to the millisecond. */
  elapsedS(): number {
    return this.#startMs === undefined ? 0 : Math.round(this.#clock.now() - this.#startMs - this.#heldMs()) / 1000
  }

  /** Stops the time. @returns What lets it go on. */
  hold(): () => void {
    this.#heldSinceMs ??= this.#clock.now()
    this.#changed()
    return () => this.#resume()
  }

  get isHeld(): boolean {
    return this.#heldSinceMs !== undefined
  }

  /** Whether it stands still, or has stood still longer than it went on: then a call is overdue because the agent had us wait. */
  isMostlyHeld(): boolean {
    return this.isHeld || this.#heldMs() > this.elapsedS() * 1000
  }

  #heldMs(): number {
    return this.#earlierMs + (this.#heldSinceMs === undefined ? 0 : this.#clock.now() - this.#heldSinceMs)
  }

  /** Whether it has gone on since this was last asked. */
  takeResumed(): boolean {
    const taken = this.#hasResumed
    this.#hasResumed = false
    return taken
  }

  #resume(): void {
    if (this.#heldSinceMs === undefined) return
    this.#earlierMs = this.#heldMs()
    this.#heldSinceMs = undefined
    this.#hasResumed = true
    this.#changed()
  }
}
