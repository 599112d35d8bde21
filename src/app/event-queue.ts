/** Carries values from those who push to the one who takes, in order. */
export interface EventQueue<T> {
  push(value: T): void
  /** No more will be pushed; with a cause, the last `take` throws it. */
  close(cause?: unknown): void
  /** All that has been pushed since the last time, as soon as there is any; `undefined` once the queue is closed and empty. */
  take(): Promise<readonly T[] | undefined>
}

export function createEventQueue<T>(): EventQueue<T> {
  let waiting: T[] = []
  let wake: (() => void) | undefined
  let closed: { cause: unknown } | undefined

  return {
    push(value) {
      waiting.push(value)
      wake?.()
    },
    close(cause) {
      closed = { cause }
      wake?.()
    },
    async take() {
      if (waiting.length === 0 && !closed) await new Promise<void>(resolve => (wake = resolve))
      wake = undefined
      if (waiting.length > 0) {
        const taken = waiting
        waiting = []
        return taken
      }
      if (closed?.cause !== undefined) throw closed.cause
      return undefined
    },
  }
}
