/** Carries values from those who push to the one who iterates, in order. */
export interface EventQueue<T> extends AsyncIterable<T> {
  push(value: T): void
  /** Ends the iteration once all that was pushed has been read; with a cause, by throwing it. */
  close(cause?: unknown): void
}

export function createEventQueue<T>(): EventQueue<T> {
  let waiting: T[] = []
  let wake: (() => void) | undefined
  let closed = false
  let failure: { cause: unknown } | undefined

  return {
    push(value) {
      waiting.push(value)
      wake?.()
    },
    close(cause) {
      closed = true
      if (cause !== undefined) failure = { cause }
      wake?.()
    },
    async *[Symbol.asyncIterator]() {
      for (;;) {
        const batch = waiting
        waiting = []
        yield* batch
        if (waiting.length > 0) continue
        if (failure) throw failure.cause
        if (closed) return
        await new Promise<void>(resolve => (wake = resolve))
        wake = undefined
      }
    },
  }
}
