import type { Fault } from '../../../domain/fault.js'
import { programFaults } from '../../../domain/faults/program-faults.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { deepestNesting } from '../../../domain/nesting.js'
import type { Place } from '../../../domain/place.js'
import type { Clock } from '../../../ports/clock.js'
import { maxAnswerBytes } from '../faults.js'
import type { Reply } from '../reply.js'
import { CancelledTurns } from './cancelled-turns.js'
import { startModuleChild, type ModuleChild } from './child.js'
import { maxMessageBytes, readMessage, type FromModule, type ModuleRef, type TurnContext } from './messages.js'
import { keepIdle, noLongerIdle, type ModuleProcess } from './processes.js'

export type TurnResult = { readonly reply: Reply } | { readonly fault: Fault }

/** A process that runs the agent's module. Disposing it ends the process, even one that is busy. */
export interface ModuleHost extends ModuleProcess, AsyncDisposable {
  /** Resolves once loading ends: to `undefined`, or to the fault that prevented it. */
  readonly loaded: Promise<Fault | undefined>
  /** Whether the process has ended or was given up. */
  readonly isGone: boolean
  /** Counts a conversation in; the returned function counts it out. */
  enter(): () => void
  /** Resolves when it is known whether the process still responds: at once, unless a turn was just cancelled. */
  answering(): Promise<void>
  /** Passes words to the agent's function, and calls `answered` once. The returned function cancels the turn. */
  ask(words: string, context: TurnContext, answered: (result: TurnResult) => void): () => void
}

/** How long the process may take to confirm a cancelled turn before it is ended, if it serves no other conversation. */
const aloneMs = 50

/** The same if the process serves other conversations, which end with it. */
const sharedMs = 10_000

const bounds = { mostLength: maxAnswerBytes, mostBytes: maxMessageBytes, mostDepth: deepestNesting }

/** @param place  The module's name, for messages. */
export function startModuleHost(module: ModuleRef, place: Place, clock: Clock): ModuleHost {
  return new ProcessHost(module, place, clock)
}

class ProcessHost implements ModuleHost {
  readonly loaded: Promise<Fault | undefined>
  readonly gone: Promise<void>
  readonly #place: Place
  readonly #child: ModuleChild
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
    this.#child = startModuleChild({ ...module, ...bounds }, place.mask, {
      message: json => this.#onMessage(readMessage(json)),
      ended: how => this.#onGone(this.#uncaught ? `died of an uncaught error (${place.quote(this.#uncaught, 300)})` : how),
    })
    this.gone = this.#child.gone
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
    this.#child.kill()
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
    this.#child.post({ type: 'turn', id, words, context })
    return () => {
      if (this.#asked.delete(id) && !this.#gone) this.#abort(id)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    noLongerIdle(this)
    this.#child.kill()
    await this.gone
  }

  #abort(id: number): void {
    this.#child.post({ type: 'abort', id })
    this.#cancelled.add(id, this.#conversations > 1 ? sharedMs : aloneMs, () => {
      this.#onGone('blocks its process: it must give way while it waits')
      this.#child.kill()
    })
  }

  #onMessage(message: FromModule | undefined): void {
    const place = this.#place
    // It ended, or was ended for another message.
    if (this.#gone) return
    if (!message) {
      this.#onGone("sent a message of its own to the process that started it, which is Callsheet: that way is not the agent's to use")
      return this.#child.kill()
    }
    switch (message.type) {
      case 'ready':
        return this.#tellLoaded(undefined)
      case 'unloadable':
        this.#tellLoaded(programFaults.moduleNotLoaded({ place, reason: message.message }))
        return this.#child.kill()
      case 'dying':
        this.#uncaught = message.message
        return
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
    const fault = programFaults.moduleEnded({ place, how, output: this.#child.printed() })
    this.#gone = fault
    noLongerIdle(this)
    this.#tellLoaded(programFaults.moduleEndedLoading({ place, how }))
    this.#cancelled.clear()
    for (const id of this.#asked.keys()) this.#settle(id, { fault })
  }
}
