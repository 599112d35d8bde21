import type { Clock } from '../../../../ports/clock.js'
import type { CallEnd } from '../../../sip/call-end.js'
import type { CallOrder } from '../../../sip/call-order.js'
import type { Credentials } from '../../../sip/digest.js'
import type { SipCall } from '../../../sip/sip-call.js'
import type { UserAgent } from '../../../sip/user-agent.js'

export interface Placing {
  readonly userAgent: UserAgent
  readonly credentials: Credentials | undefined
  readonly clock: Clock
  readonly signal: AbortSignal
  /** Told of each call as it is placed. */
  placed(call: SipCall): void
  /** Stops the time of the run while the other side asks for patience. */
  hold(): () => void
  /** Waits until the trunk takes one more call. @throws When it does not. */
  mayCallAgain(): Promise<void>
}

/** How long to wait in all for a server that asks for it, and how short at least. */
const [longestMs, shortestMs] = [120_000, 100]

/** Places a call. A server that is overloaded and says for how long (503 with Retry-After) is waited for, and called again. */
export async function placeCall(order: CallOrder, use: Placing): Promise<SipCall> {
  for (let waitedMs = 0; ;) {
    const call = use.userAgent.place(order, use.credentials)
    use.placed(call)
    const hangUp = (): void => void call.hangUp()
    use.signal.addEventListener('abort', hangUp, { once: true })
    const isAnswered = await call.answered
    use.signal.removeEventListener('abort', hangUp)
    if (isAnswered) return call
    const end = await call.ended
    const waitMs = askedPatience(end)
    if (waitMs === undefined || waitedMs + waitMs > longestMs || use.signal.aborted) return call
    waitedMs += waitMs
    const resume = use.hold()
    await wait(waitMs, use)
    resume()
    if (use.signal.aborted) return call
    await use.mayCallAgain()
  }
}

function askedPatience({ status, retryAfterMs }: CallEnd): number | undefined {
  return status === 503 && retryAfterMs !== undefined ? Math.max(shortestMs, retryAfterMs) : undefined
}

function wait(ms: number, { clock, signal }: Placing): Promise<void> {
  return new Promise(resolve => {
    const stop = clock.after(ms, done)
    signal.addEventListener('abort', done, { once: true })

    function done(): void {
      stop()
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
