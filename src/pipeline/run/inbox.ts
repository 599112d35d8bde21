import { atOnce } from '../../ports/at-once.js'
import type { AgentEvent } from '../../ports/channel.js'
import type { Clock } from '../../ports/clock.js'

const nothing: readonly AgentEvent[] = []

/** Agent events that the conversation has not consumed yet. One reader at a time. */
export class Inbox {
  readonly #clock: Clock
  #events: readonly AgentEvent[] = nothing
  #aborted: { readonly cause: unknown } | undefined
  /** Of the `wait` in progress. */
  #resolve: (() => void) | undefined
  #cancel: (() => void) | undefined
  readonly #wake = (): void => {
    const resolve = this.#resolve
    this.#cancel?.()
    this.#resolve = undefined
    this.#cancel = undefined
    resolve?.()
  }

  constructor(clock: Clock) {
    this.#clock = clock
  }

  push(event: AgentEvent): void {
    if (this.#aborted) return
    // Most often it is the only one, and a list that grows is larger than one of the right size.
    if (this.#events.length === 0) this.#events = [event]
    else (this.#events as AgentEvent[]).push(event)
    this.nudge()
  }

  /**
   * Takes all waiting events, oldest first.
   *
   * @throws The cause given to `abort`.
   */
  takeAll(): readonly AgentEvent[] {
    if (this.#aborted) throw this.#aborted.cause
    const taken = this.#events
    this.#events = nothing
    return taken
  }

  /**
   * Resolves at the next event, nudge or abort, and at the latest when the clock reaches `untilMs`; at once if an event is
   * waiting.
   */
  wait(untilMs: number): Promise<void> {
    if (this.#events.length > 0 || this.#aborted) return atOnce
    return new Promise(resolve => {
      this.#resolve = resolve
      this.#cancel = this.#clock.after(Math.max(0, untilMs - this.#clock.now()), this.#wake)
    })
  }

  /** Makes a `wait` resolve. */
  nudge(): void {
    if (this.#resolve) this.#wake()
  }

  /** Makes every later `takeAll` throw. Later events of the agent are dropped. */
  abort(cause: unknown): void {
    this.#aborted = { cause }
    this.nudge()
  }
}
