import type { AgentEvent } from '../../ports/channel.js'
import type { Clock } from '../../ports/clock.js'

const nothing: readonly AgentEvent[] = []

/** Agent events that the conversation has not consumed yet. One reader at a time. */
export class Inbox {
  readonly #clock: Clock
  #events: AgentEvent[] = []
  #aborted: { readonly cause: unknown } | undefined
  /** Resolves the `wait` in progress. */
  #wake: (() => void) | undefined

  constructor(clock: Clock) {
    this.#clock = clock
  }

  push(event: AgentEvent): void {
    if (this.#aborted) return
    this.#events.push(event)
    this.nudge()
  }

  /**
   * Takes all waiting events, oldest first.
   *
   * @throws The cause given to `abort`.
   */
  takeAll(): readonly AgentEvent[] {
    if (this.#aborted) throw this.#aborted.cause
    if (this.#events.length === 0) return nothing
    const taken = this.#events
    this.#events = []
    return taken
  }

  /**
   * Resolves at the next event, nudge or abort, and at the latest when the clock reaches `untilMs`; at once if an event is
   * waiting.
   */
  wait(untilMs: number): Promise<void> {
    return new Promise(resolve => {
      if (this.#events.length > 0 || this.#aborted) return resolve()
      const wake = (): void => {
        this.#wake = undefined
        cancel()
        resolve()
      }
      const cancel = this.#clock.after(Math.max(0, untilMs - this.#clock.now()), wake)
      this.#wake = wake
    })
  }

  /** Makes a `wait` resolve. */
  nudge(): void {
    this.#wake?.()
  }

  /** Makes every later `takeAll` throw. Later events of the agent are dropped. */
  abort(cause: unknown): void {
    this.#aborted = { cause }
    this.nudge()
  }
}
