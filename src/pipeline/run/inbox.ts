import type { AgentEvent } from '../../ports/channel.js'
import type { Clock } from '../../ports/clock.js'

/** What the agent does, waiting for the conversation to take notice of it. One taker at a time. */
export interface Inbox {
  push(event: AgentEvent): void
  /** The next event, if there is one already. */
  poll(): AgentEvent | undefined
  /** The next event; `undefined` once the clock reaches `untilMs` without one. */
  take(untilMs: number): Promise<AgentEvent | undefined>
  /** Makes a `take` that waits return, with nothing. */
  nudge(): void
  /** Whether something waits already. */
  readonly isEmpty: boolean
  /** Makes this and every later `take` and `poll` throw; what the agent does then is dropped. */
  abort(cause: unknown): void
}

export function createInbox(clock: Clock): Inbox {
  const events: AgentEvent[] = []
  let aborted: { cause: unknown } | undefined
  let wake: (() => void) | undefined

  return {
    push(event) {
      if (aborted) return
      events.push(event)
      wake?.()
    },
    poll() {
      if (aborted) throw aborted.cause
      return events.shift()
    },
    async take(untilMs) {
      if (events.length === 0 && !aborted) {
        const leftMs = untilMs - clock.now()
        if (leftMs <= 0) return undefined
        await new Promise<void>(resolve => {
          const cancel = clock.after(leftMs, resolve)
          wake = () => {
            cancel()
            resolve()
          }
        })
        wake = undefined
      }
      if (aborted) throw aborted.cause
      return events.shift()
    },
    nudge: () => wake?.(),
    get isEmpty() {
      return events.length === 0
    },
    abort(cause) {
      aborted = { cause }
      wake?.()
    },
  }
}
