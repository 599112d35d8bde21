/** How many processes load their modules at once: each takes most of a core while it does. */
const mostLoading = 2
/** How many processes there are before another one waits. Each takes 45 MB. */
const mostRunning = 4
/** How long a process that is to start waits for each of the two at most: others may load or run for minutes. */
const longestWaitMs = 1_000
/** How many processes without a conversation are kept. */
const mostIdle = 2

/** A process that runs a module. */
export interface ModuleProcess {
  /** Resolves once loading ends, well or not. */
  readonly loaded: Promise<unknown>
  /** Resolves once it is gone. */
  readonly gone: Promise<unknown>
  /** Ends it; it is not used again. */
  retire(): void
}

/** Places that are taken in turn. One that is not given back in time no longer keeps others waiting. */
class TurnPlaces {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(places: number) {
    this.#free = places
  }

  get areTaken(): boolean {
    return this.#free <= 0
  }

  get areAwaited(): boolean {
    return this.#waiting.length > 0
  }

  /** Waits for a place. @returns What gives it back; more than once is harmless. */
  async take(): Promise<() => void> {
    if (this.areTaken) await this.#oneToComeFree()
    this.#free -= 1
    let isBack = false
    return () => {
      if (isBack) return
      isBack = true
      this.#free += 1
      if (!this.areTaken) this.#waiting.shift()?.()
    }
  }

  #oneToComeFree(): Promise<void> {
    return new Promise(resolve => {
      const goOn = (): void => {
        clearTimeout(timer)
        const place = this.#waiting.indexOf(goOn)
        if (place !== -1) this.#waiting.splice(place, 1)
        resolve()
      }
      const timer = setTimeout(goOn, longestWaitMs)
      this.#waiting.push(goOn)
    })
  }
}

/** Those without a conversation, the one that has been idle longest first. */
const idle = new Set<ModuleProcess>()

const loading = new TurnPlaces(mostLoading)
const running = new TurnPlaces(mostRunning)

/** Starts a process once there is room for it, or once it has waited long enough. */
export async function startInTurn<Started extends ModuleProcess>(start: () => Started): Promise<Started> {
  if (running.areTaken) idle.values().next().value?.retire()
  const gone = await running.take()
  const loaded = await loading.take()
  const started = start()
  void started.loaded.then(loaded)
  void started.gone.then(gone)
  return started
}

/** A process has no conversation any more. Retires the oldest such process if there are too many. */
export function keepIdle(process: ModuleProcess): void {
  idle.add(process)
  const [oldest] = idle
  if (oldest && (idle.size > mostIdle || running.areAwaited)) oldest.retire()
}

/** A process is in use again, or gone. */
export function noLongerIdle(process: ModuleProcess): void {
  idle.delete(process)
}
