import type { Fault } from '../../domain/fault.js'
import type { PointerCount } from '../../domain/pointer-count.js'
import { atOnce } from '../../ports/at-once.js'
import type { AgentEvent, Call, Conversation, Delivered, Hear, Said, Saying } from '../../ports/channel.js'
import { saidAt } from './said-at.js'

/** One message of the history, in chat models' terms: the caller is the user. */
export interface HistoryMessage {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

/** Learns what the agent does about words that were sent to it. */
export interface Questioner {
  /**
   * Called once with everything the agent did, in order. The last event is `yielded`, `ended` or `broke`. Events already passed to
   * `hear` are not repeated.
   */
  answered(events: readonly AgentEvent[]): void
  /** Takes an event that comes before the answer is whole. */
  hear(event: AgentEvent): void
}

/** Sends words to the agent. */
export type Ask = (words: string, by: Questioner) => PendingQuestion

/** A question that waits for its answer. */
export interface PendingQuestion {
  cancel(): void
  /** Why it has not reached the agent so far; see {@link Conversation}. */
  unreached?(): Fault | undefined
}

/** How many events of one answer are heard at once. */
const mostAtOnce = 500

export interface StrictCall {
  readonly ask: Ask
  readonly call: Call
  readonly hear: Hear
  readonly signal: AbortSignal
  /** Called once when the conversation is over, whoever ended it. */
  readonly onClose?: () => void
  /** What the connection's pointers have found so far. */
  readonly pointers?: () => readonly PointerCount[]
}

/**
 * A conversation in which each of our turns is a question with one answer. Words said while an answer is pending wait
 * for it. Telephone keys are sent as text: `12#`. The agent has no notion of hanging up, so `end` sends nothing and
 * closes.
 */
export function strictConversation(use: StrictCall): Conversation {
  const { call, pointers } = use
  const conversation = new StrictConversation(use)
  return {
    floor: 'turns',
    elapsedS: call.elapsedS,
    ...(pointers && { pointers }),
    unreached: () => conversation.unreached(),
    say: part => conversation.say(part),
    end() {
      conversation.close()
      return undefined
    },
    [Symbol.asyncDispose]() {
      conversation.close()
      return atOnce
    },
  }
}

class StrictConversation implements Questioner {
  readonly #use: StrictCall
  /** Says what waits for an answer. */
  #waiting: (() => void)[] | undefined
  #isAsking = false
  #isOver = false
  #question: PendingQuestion | undefined
  readonly #close = (): void => this.close()

  constructor(use: StrictCall) {
    this.#use = use
    use.signal.addEventListener('abort', this.#close)
  }

  say(part: Said): Saying {
    const { call } = this.#use
    if (!this.#isAsking || this.#isOver) {
      this.#put(part)
      return saidAt(call.elapsedS())
    }
    const done = new Promise<Delivered>(resolve => {
      this.#waiting ??= []
      this.#waiting.push(() => {
        this.#put(part)
        resolve({ startS: call.elapsedS(), endS: call.elapsedS() })
      })
    })
    return { done, cut: () => {} }
  }

  unreached(): Fault | undefined {
    return this.#question?.unreached?.()
  }

  answered(events: readonly AgentEvent[]): void {
    if (this.#isOver) return
    this.#question = undefined
    this.#hearFrom(events, 0)
  }

  hear(event: AgentEvent): void {
    if (!this.#isOver) this.#use.hear(event)
  }

  close(): void {
    if (this.#isOver) return
    this.#isOver = true
    const { signal, onClose } = this.#use
    signal.removeEventListener('abort', this.#close)
    this.#question?.cancel()
    onClose?.()
    for (const goOn of this.#waiting?.splice(0) ?? []) goOn()
  }

  #put(part: Said): void {
    if (this.#isOver) return
    this.#isAsking = true
    this.#question = this.#use.ask(part.type === 'text' ? part.text : part.digits, this)
    if (!this.#isAsking) this.#question = undefined
  }

  /** An answer of very many events is heard in parts, so that nobody else has to wait for all of it. */
  #hearFrom(events: readonly AgentEvent[], from: number): void {
    const end = Math.min(events.length, from + mostAtOnce)
    const isLast = end === events.length
    if (isLast) this.#isAsking = false
    for (let i = from; i < end; i += 1) {
      if (this.#isOver) return
      const event = events[i]!
      if (event.type === 'ended' || event.type === 'broke') this.close()
      this.#use.hear(event)
    }
    if (isLast) this.#waiting?.shift()?.()
    else setImmediate(() => this.#hearFrom(events, end))
  }
}
