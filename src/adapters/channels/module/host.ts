import type { Place } from '../../../domain/place.js'
import { Worker } from 'node:worker_threads'
import type { Fault } from '../../../domain/fault.js'
import type { Clock } from '../../../ports/clock.js'
import { programFaults } from '../../../domain/faults/program-faults.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { deepestNesting } from '../../../domain/nesting.js'
import { maxAnswerBytes } from '../faults.js'
import { keepTail } from '../../processes/output-tail.js'
import type { Reply } from '../reply.js'
import { CancelledTurns } from './cancelled-turns.js'
import { readMessage, type FromWorker, type ModuleRef, type ToWorker, type TurnContext, type WorkerData } from './messages.js'
import { keepIdle, noLongerIdle, type Thread } from './threads.js'

export type TurnResult = { readonly reply: Reply } | { readonly fault: Fault }

/** A thread that runs the agent's module. Disposing it ends the thread, even one that is busy. */
export interface ModuleHost extends Thread, AsyncDisposable {
  /** Resolves once loading ends: to `undefined`, or to the fault that prevented it. */
  readonly loaded: Promise<Fault | undefined>
  /** Whether the thread has ended or was given up. */
  readonly isGone: boolean
  /** Counts a conversation in; the returned function counts it out. */
  enter(): () => void
  /** Resolves when it is known whether the thread still responds: at once, unless a turn was just cancelled. */
  answering(): Promise<void>
  /** Passes words to the agent's function, and calls `answered` once. The returned function cancels the turn. */
  ask(words: string, context: TurnContext, answered: (result: TurnResult) => void): () => void
}

const maxOutputBytes = 4_096

/** What an agent's code may take of this process's memory: more ends its thread, instead of all of us. */
const resourceLimits = { maxOldGenerationSizeMb: 512, maxYoungGenerationSizeMb: 4 }

/** How long the thread may take to confirm a cancelled turn before it is ended, if it serves no other conversation. */
const aloneMs = 50

/** The same if the thread serves other conversations, which end with it. */
const sharedMs = 10_000

/** @param place  The module's name, for messages. */
export function startModuleHost(module: ModuleRef, place: Place, clock: Clock): ModuleHost {
  return new ThreadHost(module, place, clock)
}

class ThreadHost implements ModuleHost {
  readonly loaded: Promise<Fault | undefined>
  readonly gone: Promise<void>
  readonly #place: Place
  readonly #worker: Worker
  readonly #printed: () => string
  readonly #asked = new Map<number, (result: TurnResult) => void>()
  readonly #cancelled: CancelledTurns
  #tellLoaded!: (fault: Fault | undefined) => void
  #conversations = 0
  #lastId = 0
  #gone: Fault | undefined
  #uncaught = ''

  constructor(module: ModuleRef, place: Place, clock: Clock) {
    this.loaded = new Promise<Fault | undefined>(resolve => (this.#tellLoaded = resolve))
    this.#place = place
    this.#cancelled = new CancelledTurns(clock)
    const workerData: WorkerData = { ...module, mostLength: maxAnswerBytes, mostDepth: deepestNesting }
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData, resourceLimits, stdout: true, stderr: true })
    this.#worker = worker
    this.#printed = keepTail(worker.stderr, maxOutputBytes, place.mask)
    worker.stdout.resume()
    worker.on('message', (message: unknown) => this.#onMessage(readMessage(message)))
    worker.on('messageerror', () => this.#onMessage(undefined))
    worker.on('error', error => (this.#uncaught = error instanceof Error ? `${error.name}: ${error.message}` : String(error)))
    this.gone = new Promise(resolve => worker.once('exit', () => resolve()))
    worker.on('exit', code => {
      const uncaught = this.#uncaught
      this.#onGone(uncaught ? `died of an uncaught error (${place.quote(uncaught, 300)})` : `ended its thread with exit code ${code}`)
    })
  }

  get isGone(): boolean {
    return this.#gone !== undefined
  }

  enter(): () => void {
    this.#conversations += 1
    noLongerIdle(this)
    return () => {
      this.#conversations -= 1
      if (this.#conversations === 0 && !this.#gone) keepIdle(this)
    }
  }

  retire(): void {
    this.#onGone('was stopped, because it had no conversation')
    void this.#worker.terminate()
  }

  answering(): Promise<void> {
    return this.#cancelled.allConfirmed()
  }

  ask(words: string, context: TurnContext, answered: (result: TurnResult) => void): () => void {
    const fault = this.#gone
    if (fault) {
      queueMicrotask(() => answered({ fault }))
      return () => {}
    }
    const id = (this.#lastId += 1)
    this.#asked.set(id, answered)
    this.#post({ type: 'turn', id, words, context })
    return () => {
      if (this.#asked.delete(id) && !this.#gone) this.#abort(id)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    noLongerIdle(this)
    await this.#worker.terminate()
  }

  #abort(id: number): void {
    this.#post({ type: 'abort', id })
    this.#cancelled.add(id, this.#conversations > 1 ? sharedMs : aloneMs, () => {
      this.#onGone('blocks its thread: it must give way while it waits')
      void this.#worker.terminate()
    })
  }

  #onMessage(message: FromWorker | undefined): void {
    const place = this.#place
    // It ended, or was ended for another message.
    if (this.#gone) return
    if (!message) {
      this.#onGone("posted a message of its own to the thread that started it, which is Callsheet: parentPort is not the agent's to use")
      return void this.#worker.terminate()
    }
    switch (message.type) {
      case 'ready':
        return this.#tellLoaded(undefined)
      case 'unloadable':
        this.#tellLoaded(programFaults.moduleNotLoaded({ place, reason: message.message }))
        return void this.#worker.terminate()
      case 'aborted':
        return this.#cancelled.confirmed(message.id)
      case 'answered':
        return this.#settle(message.id, { reply: message.reply })
      case 'odd':
        return this.#settle(message.id, { fault: replyFaults.notReply({ place, what: message.what }) })
      case 'tooLarge':
        return this.#settle(message.id, { fault: replyFaults.tooLarge({ place }) })
      case 'tooDeep':
        return this.#settle(message.id, { fault: replyFaults.tooDeep({ place }) })
      case 'threw':
        return this.#settle(message.id, { fault: programFaults.moduleThrew({ place, reason: message.message }) })
    }
  }

  #settle(id: number, result: TurnResult): void {
    const answered = this.#asked.get(id)
    this.#asked.delete(id)
    answered?.(result)
  }

  #onGone(how: string): void {
    if (this.#gone) return
    const place = this.#place
    const fault = programFaults.moduleEnded({ place, how, output: this.#printed() })
    this.#gone = fault
    noLongerIdle(this)
    this.#tellLoaded(programFaults.moduleEndedLoading({ place, how }))
    this.#cancelled.clear()
    for (const id of this.#asked.keys()) this.#settle(id, { fault })
  }

  #post(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    this.#worker.postMessage(message)
  }
}
