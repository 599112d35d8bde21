import { availableParallelism } from 'node:os'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker, type Transferable } from 'node:worker_threads'
import { soundFaults } from '../../../domain/faults/sound-faults.js'
import type { FromMedia, MediaThreadData, ToMedia } from './messages.js'

/** What comes of one call from its thread. */
export type OnMedia = (message: FromMedia) => void

/** A thread that carries the sound of calls. */
export interface MediaThread {
  /** Counts a call in. @param on  Called with each message about it. @returns Its number. */
  enter(on: OnMedia): number
  /** Counts it out: nothing more comes of it. */
  leave(call: number): void
  post(message: ToMedia, transfer?: readonly Transferable[]): void
}

/** The threads of this process: one for each processor but one, started when they are needed. */
export interface MediaThreads extends AsyncDisposable {
  /** The thread with the fewest calls. */
  least(): MediaThread
}

export function startMediaThreads(most = Math.max(1, availableParallelism() - 1)): MediaThreads {
  const threads: OwnThread[] = []
  return {
    least() {
      const idle = threads.filter(({ isGone }) => !isGone).toSorted((a, b) => a.calls - b.calls)
      const [first] = idle
      if (first && (first.calls === 0 || idle.length >= most)) return first
      const own = new OwnThread({ tasks: threads.length === 0 ? tasksHere() : [] })
      threads.push(own)
      return own
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(threads.map(thread => thread.stop()))
    },
  }
}

class OwnThread implements MediaThread {
  readonly #worker: Worker
  readonly #calls = new Map<number, OnMedia>()
  #last = 0
  isGone = false

  constructor(workerData: MediaThreadData) {
    const worker = new Worker(new URL(scriptBeside(import.meta.url)), { workerData })
    this.#worker = worker
    // An idle thread does not keep the process alive; each call has timers that do.
    worker.unref()
    worker.on('message', (message: FromMedia) => this.#calls.get(message.call)?.(message))
    worker.on('error', error => this.#gone(error.message))
    worker.on('exit', code => this.#gone(`exit code ${code}`))
  }

  get calls(): number {
    return this.#calls.size
  }

  enter(on: OnMedia): number {
    this.#last += 1
    this.#calls.set(this.#last, on)
    this.#worker.ref()
    return this.#last
  }

  leave(call: number): void {
    this.#calls.delete(call)
    if (this.#calls.size === 0) this.#worker.unref()
  }

  post(message: ToMedia, transfer: readonly Transferable[] = []): void {
    // Whoever is on a thread that has gone was told so.
    if (!this.isGone) this.#worker.postMessage(message, transfer)
  }

  async stop(): Promise<void> {
    this.isGone = true
    await this.#worker.terminate()
  }

  /** Our own failure: the calls on it prove nothing. */
  #gone(words: string): void {
    if (this.isGone) return
    this.isGone = true
    const fault = soundFaults.mediaFailed({ words: `its thread ended (${words})` })
    for (const [call, on] of this.#calls) {
      on({ type: 'failed', call, fault })
      on({ type: 'closed', call })
    }
    this.#calls.clear()
  }
}

function tasksHere(): number[] {
  return process.platform === 'linux' ? readdirSync('/proc/self/task').map(Number) : []
}

/** The thread's script: beside this file, or where tests run the sources, in what was built of them. */
function scriptBeside(url: string): string {
  const beside = new URL('./media-thread.js', url)
  if (existsSync(fileURLToPath(beside))) return beside.href
  return beside.href.replace(/\/src\/(?!.*\/src\/)/, '/dist/')
}
