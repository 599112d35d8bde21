/** A thread or a process that answers questions, each message with the `id` of its question. */
export interface Running {
  post(message: object): void
  /** Whether this process waits for it before it ends. */
  hold(isNeeded: boolean): void
  stop(): Promise<void>
}

/** Starts it. It calls `answered` with each message that comes, and `over` once it has ended, with how it did and its last words. */
export type StartHelper = (on: { answered(message: object): void; over(how: string, said?: string): void }) => Running

/** It ended by itself while somebody waited for an answer. */
export class HelperEnded extends Error {
  override readonly name = 'HelperEnded'
  /** @param said  Its last words. */
  constructor(
    readonly how: string,
    readonly said: string,
  ) {
    super(how)
  }
}

interface Asker {
  resolve(answer: object): void
  reject(cause: Error): void
}

/**
 * Asks a thread or a process, which is started when it is needed, and again after it ended. It may answer in any order. If the only one
 * who waits gives up, it is stopped: it may be stuck.
 */
export class Helper<Question extends object, Answer extends object> implements AsyncDisposable {
  readonly #start: StartHelper
  readonly #waiting = new Map<number, Asker>()
  #running: Running | undefined
  #last = 0

  constructor(start: StartHelper) {
    this.#start = start
  }

  /** @throws {HelperEnded} when it ends instead of answering. When the signal aborts, its reason. */
  ask(question: Question, signal: AbortSignal): Promise<Answer> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted()
      const id = (this.#last += 1)
      const giveUp = (): void => {
        this.#waiting.delete(id)
        if (this.#waiting.size === 0) void this.#stop()
        reject(signal.reason as Error)
      }
      signal.addEventListener('abort', giveUp, { once: true })
      const leave = (): void => {
        signal.removeEventListener('abort', giveUp)
        this.#waiting.delete(id)
        if (this.#waiting.size === 0) this.#running?.hold(false)
      }
      this.#waiting.set(id, {
        resolve: answer => {
          leave()
          resolve(answer as Answer)
        },
        reject: cause => {
          leave()
          reject(cause)
        },
      })
      const running = (this.#running ??= this.#begin())
      running.hold(true)
      running.post({ ...question, id })
    })
  }

  #begin(): Running {
    const own: Running = this.#start({
      answered: message => {
        if (this.#running === own && 'id' in message) this.#waiting.get(Number(message.id))?.resolve(message)
      },
      over: (how, said = '') => {
        if (this.#running !== own) return
        this.#running = undefined
        for (const { reject } of this.#waiting.values()) reject(new HelperEnded(how, said))
      },
    })
    return own
  }

  async #stop(): Promise<void> {
    const running = this.#running
    this.#running = undefined
    await running?.stop()
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#stop()
    for (const { reject } of this.#waiting.values()) reject(new HelperEnded('was stopped', ''))
  }
}
