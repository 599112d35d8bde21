/** How many threads load their modules at once: each takes most of a core while it does. */
const mostLoading = 2
/** How long a module that does not get loaded keeps others waiting. */
const longestLoadingMs = 1_000
/** How many threads without a conversation are kept. Each takes 8 MB. */
const mostIdle = 2

/** A thread that runs a module. */
export interface Thread {
  /** Resolves once loading ends, well or not. */
  readonly loaded: Promise<unknown>
  /** Ends it; it is not used again. */
  retire(): void
}

let loading = 0
const waiting: (() => void)[] = []

/** Starts a thread once there is room for it. */
export async function startInTurn<Started extends Thread>(start: () => Started): Promise<Started> {
  if (loading >= mostLoading) await new Promise<void>(resolve => waiting.push(resolve))
  else loading += 1
  let isOver = false
  const over = (): void => {
    if (isOver) return
    isOver = true
    clearTimeout(timer)
    const next = waiting.shift()
    if (next) next()
    else loading -= 1
  }
  const timer = setTimeout(over, longestLoadingMs).unref()
  const started = start()
  void started.loaded.then(over)
  return started
}

/** The threads of this process without a conversation, the one that has been idle longest first. */
const idle = new Set<Thread>()

/** A thread has no conversation any more. Retires the oldest such thread if there are too many. */
export function keepIdle(thread: Thread): void {
  idle.add(thread)
  const [oldest] = idle
  if (idle.size > mostIdle && oldest) {
    idle.delete(oldest)
    oldest.retire()
  }
}

/** A thread is in use again, or gone. */
export function noLongerIdle(thread: Thread): void {
  idle.delete(thread)
}
