/** Carries values from those who push to the one who takes, in order. */
export interface EventQueue<T> {
  push(value: T): void
  /** No more will be pushed; with a cause, the last `take` throws it. */
  close(cause?: unknown): void
  /** All that has been pushed since the last time, as soon as there is any; `undefined` once the queue is closed and empty. */
  take(): Promise<readonly T[] | undefined>
  /** Resolves when all that has been pushed so far has been taken, and its taker came back for more. */
  handled(): Promise<void>
}

export function createEventQueue<T>(): EventQueue<T> {
  let waiting: T[] = []
  let wake: (() => void) | undefined
  let closed: { cause: unknown } | undefined
  let [pushed, taken, handled] = [0, 0, 0]
  let waiters: { readonly upTo: number; readonly resolve: () => void }[] = []

  return {
    push(value) {
      waiting.push(value)
      pushed += 1
      wake?.()
    },
    close(cause) {
      closed = { cause }
      wake?.()
    },
    async take() {
      handled = taken
      for (const { upTo, resolve } of waiters) if (upTo <= handled) resolve()
      waiters = waiters.filter(({ upTo }) => upTo > handled)
      if (waiting.length === 0 && !closed) await new Promise<void>(resolve => (wake = resolve))
      wake = undefined
      if (waiting.length > 0) {
        const batch = waiting
        waiting = []
        taken += batch.length
        return batch
      }
      if (closed?.cause !== undefined) throw closed.cause
      return undefined
    },
    async handled() {
      if (pushed > handled) await new Promise<void>(resolve => waiters.push({ upTo: pushed, resolve }))
    },
  }
}
