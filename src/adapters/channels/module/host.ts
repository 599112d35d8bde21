import { Worker } from 'node:worker_threads'
import type { Fault } from '../../../domain/fault.js'
import type { Call } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import type { CallTools } from '../../../ports/call-tools.js'
import { excerpt } from '../../../domain/excerpt.js'
import { programFaults } from '../../../domain/faults/program-faults.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { keepTail } from '../output-tail.js'
import type { Reply } from '../reply.js'
import type { HistoryMessage } from '../strict-conversation.js'

export interface ModuleRef {
  /** Absolute. */
  readonly path: string
  readonly exportName: string
}

/** What the agent's function gets beside the caller's words; a `signal` comes on top. */
export interface TurnContext extends Pick<Call, 'runId' | 'runKey' | 'scenario'> {
  /** All that was said before. */
  readonly history: readonly HistoryMessage[]
  /** The test profile's agent variables. */
  readonly variables: Call['agentVariables']
  /** Where its mock tools are, if it has any in this call. */
  readonly mockTools?: Pick<CallTools, 'url' | 'mcpUrl'>
}

export type ToWorker =
  | { readonly type: 'turn'; readonly id: number; readonly words: string; readonly context: TurnContext }
  | { readonly type: 'abort'; readonly id: number }

export type FromWorker =
  | { readonly type: 'ready' }
  | { readonly type: 'unloadable'; readonly message: string }
  | { readonly type: 'answered'; readonly id: number; readonly reply: Reply }
  /** What it returned is no reply. */
  | { readonly type: 'odd'; readonly id: number; readonly what: string }
  | { readonly type: 'threw'; readonly id: number; readonly message: string }
  | { readonly type: 'aborted'; readonly id: number }

export type TurnResult = { readonly reply: Reply } | { readonly fault: Fault }

/** A thread with the agent's module in it. Disposing it ends the thread, whatever it does. */
export interface ModuleHost extends AsyncDisposable {
  /** Resolves once the module is loaded, to `undefined`, or to the fault that kept it from being so. */
  readonly loaded: Promise<Fault | undefined>
  /** Whether the thread has ended, or is given up. */
  readonly isGone: boolean
  /** Counts a conversation in; what it returns counts it out. */
  enter(): () => void
  /** Resolves when it is known whether the thread still answers: at once, unless a turn was called off just now. */
  answering(): Promise<void>
  /** Puts words to the agent's function; `answered` is called once, unless the returned function calls the turn off. */
  ask(words: string, context: TurnContext, answered: (result: TurnResult) => void): () => void
}

const maxOutputBytes = 4_096

/** How long the thread may leave it unnoticed that a turn was called off, before it is ended, where nobody else needs it. */
const aloneMs = 50

/** The same, where it holds other conversations, which end with it. */
const sharedMs = 10_000

/** @param place  What messages call the module. */
export function startModuleHost(module: ModuleRef, place: string, clock: Clock): ModuleHost {
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData: module, stdout: true, stderr: true })
  const printed = keepTail(worker.stderr, maxOutputBytes)
  worker.stdout.resume()

  const asked = new Map<number, (result: TurnResult) => void>()
  const aborting = new Map<number, () => void>()
  const waiting: (() => void)[] = []
  let conversations = 0
  let lastId = 0
  let gone: Fault | undefined
  let uncaught = ''
  let tellLoaded!: (fault: Fault | undefined) => void
  const loaded = new Promise<Fault | undefined>(resolve => (tellLoaded = resolve))

  worker.on('message', onMessage)
  worker.on('error', error => (uncaught = error instanceof Error ? `${error.name}: ${error.message}` : String(error)))
  worker.on('exit', code =>
    onGone(uncaught ? `died of an uncaught error (${excerpt(uncaught, 300)})` : `ended its thread with exit code ${code}`),
  )
  return {
    loaded,
    get isGone() {
      return gone !== undefined
    },
    enter: () => {
      conversations += 1
      return () => void (conversations -= 1)
    },
    answering: async () => {
      if (aborting.size > 0) await new Promise<void>(resolve => waiting.push(resolve))
    },
    ask,
    [Symbol.asyncDispose]: async () => {
      await worker.terminate()
    },
  }

  function ask(words: string, context: TurnContext, answered: (result: TurnResult) => void): () => void {
    if (gone) {
      const fault = gone
      queueMicrotask(() => answered({ fault }))
      return () => {}
    }
    const id = (lastId += 1)
    asked.set(id, answered)
    post({ type: 'turn', id, words, context })
    return () => {
      if (asked.delete(id) && !gone) abort(id)
    }
  }

  function abort(id: number): void {
    post({ type: 'abort', id })
    aborting.set(
      id,
      clock.after(conversations > 1 ? sharedMs : aloneMs, () => {
        onGone('blocks its thread: it must give way while it waits')
        void worker.terminate()
      }),
    )
  }

  function onMessage(message: FromWorker): void {
    switch (message.type) {
      case 'ready':
        return tellLoaded(undefined)
      case 'unloadable':
        tellLoaded(programFaults.moduleNotLoaded({ place, reason: message.message }))
        return void worker.terminate()
      case 'aborted':
        return noticed(message.id)
      case 'answered':
        return settle(message.id, { reply: message.reply })
      case 'odd':
        return settle(message.id, { fault: replyFaults.notReply({ place, what: message.what }) })
      case 'threw':
        return settle(message.id, { fault: programFaults.moduleThrew({ place, reason: message.message }) })
    }
  }

  function noticed(id: number): void {
    aborting.get(id)?.()
    aborting.delete(id)
    if (aborting.size === 0) for (const goOn of waiting.splice(0)) goOn()
  }

  function settle(id: number, result: TurnResult): void {
    const answered = asked.get(id)
    asked.delete(id)
    answered?.(result)
  }

  function onGone(how: string): void {
    if (gone) return
    gone = programFaults.moduleEnded({ place, how, output: printed() })
    tellLoaded(programFaults.moduleEndedLoading({ place, how }))
    for (const id of aborting.keys()) noticed(id)
    for (const id of asked.keys()) settle(id, { fault: gone })
  }

  function post(message: ToWorker): void {
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a worker has no origin
    worker.postMessage(message)
  }
}
