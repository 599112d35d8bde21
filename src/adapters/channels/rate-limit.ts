import type { Fault } from '../../domain/fault.js'
import { connectionFaults } from '../../domain/faults/connection-faults.js'
import type { Call } from '../../ports/channel.js'
import type { Clock } from '../../ports/clock.js'

/** How long to wait for an agent in all before its answer, or its handshake. */
const longestMs = 120_000
/** An agent that says 0 is not asked again at once. */
const shortestMs = 100

/** Waits out answers by which an agent asks to come back later: 429 and 503 with Retry-After. */
export interface RateLimit {
  /**
   * Calls `again` after the wait that a fault asks for. The call's time stands still meanwhile.
   *
   * @returns What cancels it; or the fault to report instead, if it asks for no wait, or for more than there is.
   */
  waitOut(fault: Fault, again: () => void): { readonly cancel: () => void } | { readonly fault: Fault }
}

/** Opens the patience for one turn or one handshake. @param isOff  Whether such an answer counts as any refusal. */
export function createRateLimit(call: Pick<Call, 'hold'>, clock: Clock, isOff: boolean): RateLimit {
  let waitedMs = 0
  return {
    waitOut(fault, again) {
      const { status, retryAfterMs } = fault
      if (isOff || retryAfterMs === undefined || (status !== 429 && status !== 503)) return { fault }
      const waitMs = Math.max(shortestMs, retryAfterMs)
      if (waitedMs + waitMs > longestMs) return { fault: connectionFaults.rateLimited({ refused: fault, longestMs }) }
      waitedMs += waitMs
      const resume = call.hold()
      const cancel = clock.after(waitMs, () => {
        resume()
        again()
      })
      return {
        cancel: () => {
          cancel()
          resume()
        },
      }
    },
  }
}
