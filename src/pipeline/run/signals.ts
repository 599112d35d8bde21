/** Gives each call its own AbortSignal, reused once the call is over. */
export interface Signals extends Disposable {
  lend(): LentSignal
}

export interface LentSignal extends Disposable {
  readonly signal: AbortSignal
  /** Aborts the signal; does nothing once the signal is returned. */
  abort(cause: unknown): void
  /** Called when the signal aborts, for whatever reason. */
  onAbort?: (cause: unknown) => void
}

/**
 * Reuses signals that were never aborted and have no listeners left: creating one costs about as much as a turn.
 *
 * @param all  Aborts every signal in use.
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
