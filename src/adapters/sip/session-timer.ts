import type { Clock } from '../../ports/clock.js'
import type { SessionInterval } from './session-interval.js'
import { Timers } from './timers.js'

/** How a refresh of ours went. */
export type Refreshed =
  | { readonly kind: 'refreshed'; readonly interval: SessionInterval | undefined }
  /** The far side wants a longer interval, in seconds. */
  | { readonly kind: 'too_small'; readonly leastS: number }
  /** It may go better next time. */
  | { readonly kind: 'failed' }
  /** The far side does not know the call, or does not answer. `status`: which it said so with, if it did. */
  | { readonly kind: 'gone'; readonly status: number | undefined }

export interface SessionTimerUse {
  /** @param seconds  The interval to ask for. */
  readonly refresh: (seconds: number) => Promise<Refreshed>
  readonly expire: (status?: number) => void
}

/** Keeps a call refreshed, or ends one that is not refreshed in time (RFC 4028). */
export class SessionTimer {
  readonly #timers: Timers
  #isStopped = false

  constructor(
    clock: Clock,
    private readonly use: SessionTimerUse,
  ) {
    this.#timers = new Timers(clock)
  }

  /** Starts, or starts again: each refresh does, whoever sent it, by INVITE or by UPDATE. */
  start({ seconds, isRefreshedByUs }: SessionInterval): void {
    if (this.#isStopped) return
    this.#timers.stopAll()
    const graceS = Math.min(32, seconds / 3)
    this.#timers.start('expire', (seconds - graceS) * 1000, () => this.use.expire())
    if (isRefreshedByUs) this.#timers.start('refresh', (seconds / 2) * 1000, () => void this.#refresh(seconds))
  }

  stop(): void {
    this.#isStopped = true
    this.#timers.stopAll()
  }

  /** @param isLonger  The far side wanted a longer interval than we asked for before, which it may do once. */
  async #refresh(seconds: number, isLonger = false): Promise<void> {
    const refreshed = await this.use.refresh(seconds)
    if (this.#isStopped) return
    if (refreshed.kind === 'refreshed') {
      if (refreshed.interval) this.start(refreshed.interval)
      else this.#timers.stopAll()
    } else if (refreshed.kind === 'too_small' && refreshed.leastS > seconds && !isLonger) await this.#refresh(refreshed.leastS, true)
    else if (refreshed.kind === 'gone') this.use.expire(refreshed.status)
    // Else the far side may still take the next one: the call is only ended once it has expired.
    else this.#timers.start('refresh', (seconds / 8) * 1000, () => void this.#refresh(seconds))
  }
}
