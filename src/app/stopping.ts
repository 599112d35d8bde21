import { FaultError } from '../domain/fault.js'
import { callFaults } from '../domain/faults/call-faults.js'
import type { StopReason } from '../domain/outcome.js'
import type { Clock } from '../ports/clock.js'

/** How the user stops a suite. */
export interface Stop {
  /** Aborted: no new runs start. */
  readonly gently: AbortSignal
  /** Aborted: runs in progress are cut off too. */
  readonly now: AbortSignal
}

export type { StopReason }

/** Whether the suite is stopping, and why. The first reason counts. */
export interface Stopping extends Disposable {
  readonly reason: StopReason | undefined
  /** Aborted when runs in progress must be cut off. */
  readonly signal: AbortSignal
  stop(reason: StopReason): void
  /** Cuts off runs in progress. */
  cutOff(): void
}

/** How long runs in progress may continue after the user has asked to stop. */
const graceMs = 10_000

/** @param onStop  Called once, with the first reason. */
export function createStopping(
  user: Stop,
  suiteTimeoutMs: number | undefined,
  clock: Clock,
  onStop: (reason: StopReason) => void,
): Stopping {
  const cut = new AbortController()
  const cancels: (() => void)[] = []
  let reason: StopReason | undefined

  const cutOff = (): void => cut.abort(new FaultError(callFaults.interrupted()))
  const stop = (why: StopReason): void => {
    if (reason !== undefined) return
    reason = why
    onStop(why)
  }
  const stopGently = (): void => {
    stop('cancelled')
    cancels.push(clock.after(graceMs, cutOff))
  }
  const stopNow = (): void => {
    stop('cancelled')
    cutOff()
  }

  user.gently.addEventListener('abort', stopGently, { once: true })
  user.now.addEventListener('abort', stopNow, { once: true })
  if (suiteTimeoutMs !== undefined) {
    cancels.push(
      clock.after(suiteTimeoutMs, () => {
        stop('suite_timeout')
        cutOff()
      }),
    )
  }
  if (user.gently.aborted) stopGently()
  if (user.now.aborted) stopNow()

  return {
    get reason() {
      return reason
    },
    signal: cut.signal,
    stop,
    cutOff,
    [Symbol.dispose]() {
      for (const cancel of cancels) cancel()
      user.gently.removeEventListener('abort', stopGently)
      user.now.removeEventListener('abort', stopNow)
    },
  }
}
