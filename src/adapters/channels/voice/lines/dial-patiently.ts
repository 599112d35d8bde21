import { FaultError, type Fault, type FaultCode } from '../../../../domain/fault.js'
import { waitFor, type Clock } from '../../../../ports/clock.js'
import type { Line } from '../../../../ports/line.js'
import { createRateLimit } from '../../rate-limit.js'

/** How long to wait before an agent that was not reached is tried again; longer each time. */
const firstWaitMs = 300

/** Faults after which another try may reach the agent. */
const unreached: ReadonlySet<FaultCode> = new Set(['refused', 'unreachable', 'connect_timeout'])

export interface Patience {
  readonly clock: Clock
  readonly signal: AbortSignal
  /** How often an agent that cannot be reached is tried in all. */
  readonly tries: number
}

/**
 * Dials, again after each wait that the agent asks for when it refuses (429 and 503 with Retry-After), and again if it was not reached.
 *
 * @throws {FaultError} the last one. When `signal` aborts, its reason.
 */
export async function dialPatiently(dial: () => Promise<Line>, { clock, signal, tries }: Patience): Promise<Line> {
  // Before the answer there is no time of the call that could stand still.
  const limit = createRateLimit({ hold: () => () => undefined }, clock, false)
  for (let tried = 1; ;) {
    try {
      return await dial()
    } catch (error) {
      if (!(error instanceof FaultError) || signal.aborted) throw error
      const { fault } = error
      if (!unreached.has(fault.code) || fault.isFinal) await waitOut(fault)
      else if (tried < tries) await waitFor(firstWaitMs * tried ** 2, clock, signal)
      else throw error
      if (unreached.has(fault.code)) tried += 1
    }
  }

  function waitOut(fault: Fault): Promise<void> {
    return new Promise((resolve, reject) => {
      const onAbort = (): void => {
        if ('cancel' in waiting) waiting.cancel()
        reject(signal.reason as Error)
      }
      const waiting = limit.waitOut(fault, () => {
        signal.removeEventListener('abort', onAbort)
        resolve()
      })
      if ('fault' in waiting) return reject(new FaultError(waiting.fault))
      signal.addEventListener('abort', onAbort, { once: true })
    })
  }
}
