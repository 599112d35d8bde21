import type { Place } from '../../../domain/place.js'
import { Worker } from 'node:worker_threads'
import type { Fault } from '../../../domain/fault.js'
import type { Call } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import type { CallTools } from '../../../ports/call-tools.js'
import { programFaults } from '../../../domain/faults/program-faults.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { keepTail } from '../output-tail.js'
import type { Reply } from '../reply.js'
import type { HistoryMessage } from '../strict-conversation.js'
import { CancelledTurns } from './cancelled-turns.js'

export interface ModuleRef {
  /** Absolute. */
  readonly path: string
  readonly exportName: string
}

/** What the agent's function receives beside the caller's words; the thread adds a `signal`. */
export interface TurnContext extends Pick<Call, 'runId' | 'runKey' | 'scenario'> {
  /** Everything said before. */
  readonly history: readonly HistoryMessage[]
  /** The test profile's agent variables. */
  readonly variables: Call['agentVariables']
  /** Addresses of the mock tools, if the call has any. */
  readonly mockTools?: Pick<CallTools, 'url' | 'mcpUrl'>
}

export type ToWorker =
  | { readonly type: 'turn'; readonly id: number; readonly words: string; readonly context: TurnContext }
  | { readonly type: 'abort'; readonly id: number }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'unloadable'; readonly message: string }
  | { readonly type: 'answered'; readonly id: number; readonly reply: Reply }
  /** The function returned something that is not a reply. */
  | { readonly type: 'odd'; readonly id: number; readonly what: string }
  | { readonly type: 'threw'; readonly id: number; readonly message: string }
  | { readonly type: 'aborted'; readonly id: number }

export type TurnResult = { readonly reply: Reply } | { readonly fault: Fault }

/** A thread that runs the agent's module. Disposing it ends the thread, even one that is busy. */
export interface ModuleHost extends AsyncDisposable {
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
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: module, stdout: true, stderr: true })
    this.#worker = worker
    this.#printed = keepTail(worker.stderr, maxOutputBytes, place.mask)
    worker.stdout.resume()
    worker.on('message', (message: FromWorker) => this.#onMessage(message))
    worker.on('error', error => (this.#uncaught = error instanceof Error ? `${error.name}: ${error.message}` : String(error)))
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
    return () => void (this.#conversations -= 1)
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
    await this.#worker.terminate()
  }

  #abort(id: number): void {
    this.#post({ type: 'abort', id })
    this.#cancelled.add(id, this.#conversations > 1 ? sharedMs : aloneMs, () => {
      this.#onGone('blocks its thread: it must give way while it waits')
      void this.#worker.terminate()
    })
  }

  #onMessage(message: FromWorker): void {
    const place = this.#place
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
    this.#tellLoaded(programFaults.moduleEndedLoading({ place, how }))
    this.#cancelled.clear()
    for (const id of this.#asked.keys()) this.#settle(id, { fault })
  }

  #post(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    this.#worker.postMessage(message)
  }
}
