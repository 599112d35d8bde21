import type { AgentEvent } from '../../ports/channel.js'
import type { Clock } from '../../ports/clock.js'

/** Agent events that the conversation has not consumed yet. One reader at a time. */
export interface Inbox {
  push(event: AgentEvent): void
  /**
   * Takes all waiting events, oldest first.
   *
   * @throws The cause given to `abort`.
   */
  takeAll(): readonly AgentEvent[]
  /**
   * Resolves at the next event, nudge or abort, and at the latest when the clock reaches `untilMs`; at once if an event is
   * waiting.
   */
  wait(untilMs: number): Promise<void>
  /** Makes a `wait` resolve. */
  nudge(): void
  /** Makes every later `takeAll` throw. Later events of the agent are dropped. */
  abort(cause: unknown): void
}

const nothing: readonly AgentEvent[] = []

export function createInbox(clock: Clock): Inbox {
  let events: AgentEvent[] = []
  let aborted: { cause: unknown } | undefined
  let wake: (() => void) | undefined

  return {
    push(event) {
      if (aborted) return
      events.push(event)
      wake?.()
    },
    takeAll() {
      if (aborted) throw aborted.cause
      if (events.length === 0) return nothing
      const taken = events
      events = []
      return taken
    },
    wait(untilMs) {
      return new Promise(resolve => {
        if (events.length > 0 || aborted) return resolve()
        const cancel = clock.after(Math.max(0, untilMs - clock.now()), done)
        wake = done

        function done(): void {
          wake = undefined
          cancel()
          resolve()
        }
      })
    },
    nudge: () => wake?.(),
    abort(cause) {
      aborted = { cause }
      wake?.()
    },
  }
}
