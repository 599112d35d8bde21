import type { Redis } from 'ioredis'

export interface LossHooks {
  /** Called when the queue does not answer any more, and when it is back. */
  onLost?(): void
  onBack?(): void
}

/** Whether Redis answers. */
export interface Health extends Disposable {
  /** How long it has not answered, in milliseconds; 0 if it does. */
  lostForMs(): number
}

/** How often to ask, and how long an answer may take. */
const [everyMs, patienceMs] = [1000, 2000]

/** Asks Redis from time to time: a connection that is open says nothing about a Redis that hangs. */
export function watchHealth(redis: Redis, { onLost, onBack }: LossHooks): Health {
  let askedAtMs: number | undefined
  let lostAtMs: number | undefined

  const answered = (): void => {
    askedAtMs = undefined
    if (lostAtMs === undefined) return
    lostAtMs = undefined
    onBack?.()
  }
  const lose = (): void => {
    if (lostAtMs !== undefined) return
    lostAtMs = performance.now()
    onLost?.()
  }
  const look = (): void => {
    // Only one question at a time: while there is no connection, questions wait.
    if (askedAtMs !== undefined) return void (performance.now() - askedAtMs > patienceMs && lose())
    askedAtMs = performance.now()
    redis.ping().then(answered, () => (askedAtMs = undefined))
  }
  const timer = setInterval(look, everyMs).unref()
  redis.on('close', lose)

  return {
    lostForMs: () => (lostAtMs === undefined ? 0 : Math.max(1, performance.now() - lostAtMs)),
    [Symbol.dispose]() {
      clearInterval(timer)
      redis.off('close', lose)
    },
  }
}
