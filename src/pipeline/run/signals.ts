/** Lends each call a signal of its own, to be cut off by. */
export interface Signals extends Disposable {
  lend(): LentSignal
}

export interface LentSignal extends Disposable {
  readonly signal: AbortSignal
  /** Aborts it; no longer, once it is given back. */
  abort(cause: unknown): void
  /** Called when it is aborted, by whomever. */
  onAbort?: (cause: unknown) => void
}

/**
 * A signal that was never aborted, and that nobody listens to any more, is as good as new, and making one costs about as
 * much as a turn: so they are lent again.
 *
 * @param all  Aborts every signal that is lent.
 */
export function createSignals(all: AbortSignal): Signals {
  const lent = new Set<LentSignal>()
  const free: AbortController[] = []
  const abortAll = (): void => lent.forEach(each => each.abort(all.reason))
  all.addEventListener('abort', abortAll, { once: true })

  return {
    lend() {
      const controller = free.pop() ?? new AbortController()
      const own: LentSignal = {
        signal: controller.signal,
        abort(cause) {
          if (!lent.has(own)) return
          controller.abort(cause)
          own.onAbort?.(cause)
        },
        [Symbol.dispose]() {
          if (lent.delete(own) && !controller.signal.aborted) free.push(controller)
        },
      }
      lent.add(own)
      if (all.aborted) own.abort(all.reason)
      return own
    },
    [Symbol.dispose]() {
      all.removeEventListener('abort', abortAll)
    },
  }
}
