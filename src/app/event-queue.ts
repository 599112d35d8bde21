/** Carries values from many producers to one consumer, in order. */
export interface EventQueue<T> {
  push(value: T): void
  /** Ends the queue. With a cause, the last `take` throws it. */
  close(cause?: unknown): void
  /** Waits for values and takes all of them; `undefined` once the queue is closed and empty. */
  take(): Promise<readonly T[] | undefined>
  /** Resolves when the consumer has taken everything pushed so far and calls `take` again. */
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
