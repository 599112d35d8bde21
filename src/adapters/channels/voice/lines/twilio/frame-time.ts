/** A sample louder than this is no silence: 36 dB below full scale. */
const loudest = 500

/** The time of a call as it goes by with each frame that is sent: TwiML waits by it, so that a test decides how fast it passes. */
export class FrameTime {
  #frames = 0
  #quietFrames = 0
  readonly #waiting = new Set<() => void>()

  get seconds(): number {
    return this.#frames / 50
  }

  /** For how long the caller has been silent. */
  get quietSeconds(): number {
    return this.#quietFrames / 50
  }

  /** 20 ms have passed. */
  pass(frame: Int16Array): void {
    this.#frames += 1
    this.#quietFrames = frame.some(sample => Math.abs(sample) > loudest) ? 0 : this.#quietFrames + 1
    for (const look of this.#waiting) look()
  }

  /** Resolves in the frame in which something is so; at once if it is already. @throws The signal's reason, when it aborts. */
  until(isSo: () => boolean, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const leave = (): void => {
        this.#waiting.delete(look)
        signal.removeEventListener('abort', giveUp)
      }
      const look = (): void => {
        if (!isSo()) return
        leave()
        resolve()
      }
      const giveUp = (): void => {
        leave()
        reject(signal.reason as Error)
      }
      this.#waiting.add(look)
      signal.addEventListener('abort', giveUp)
      look()
    })
  }

  /** @throws The signal's reason, when it aborts. */
  wait(seconds: number, signal: AbortSignal): Promise<void> {
    const end = this.seconds + seconds
    return this.until(() => this.seconds >= end, signal)
  }
}
