import type { PointerCount } from '../../domain/pointer-count.js'
import type { AgentEvent, Call, Conversation, Delivered, Hear, Said, Saying } from '../../ports/channel.js'
import { saidAt } from './said-at.js'

/** One message of the history, in chat models' terms: the caller is the user. */
export interface HistoryMessage {
  readonly role: 'user' | 'assistant'
  readonly content: string
}

/**
 * Sends words to the agent, and calls `answered` once with everything the agent did, in order. The last event is
 * `yielded`, `ended` or `broke`. Events already passed to `hear` are not repeated.
 *
 * @returns A function that cancels the exchange.
 */
export type Ask = (words: string, answered: (events: readonly AgentEvent[]) => void, hear: Hear) => () => void

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

/** Closing waits for nothing. */
const atOnce = Promise.resolve()

/**
 * A conversation in which each of our turns is a question with one answer. Words said while an answer is pending wait
 * for it. Telephone keys are sent as text: `12#`. The agent has no notion of hanging up, so `end` sends nothing and
 * closes.
 */
export function strictConversation({ ask, call, hear, signal, onClose, pointers }: StrictCall): Conversation {
  const waiting: (() => void)[] = []
  let asking = false
  let over = false
  let callOff: (() => void) | undefined

  signal.addEventListener('abort', close)
  return {
    floor: 'turns',
    elapsedS: call.elapsedS,
    ...(pointers && { pointers }),
    say,
    end() {
      close()
      return undefined
    },
    [Symbol.asyncDispose]: () => {
      close()
      return atOnce
    },
  }

  function say(part: Said): Saying {
    if (!asking || over) {
      put(part)
      return saidAt(call.elapsedS())
    }
    return {
      done: new Promise<Delivered>(resolve => {
        waiting.push(() => {
          put(part)
          resolve({ startS: call.elapsedS(), endS: call.elapsedS() })
        })
      }),
      cut: () => {},
    }
  }

  function put(part: Said): void {
    if (over) return
    asking = true
    callOff = ask(part.type === 'text' ? part.text : part.digits, answered, onTheWay)
    if (!asking) callOff = undefined
  }

  function answered(events: readonly AgentEvent[]): void {
    if (over) return
    callOff = undefined
    hearFrom(events, 0)
  }

  /** An answer of very many events is heard in parts, so that nobody else has to wait for all of it. */
  function hearFrom(events: readonly AgentEvent[], from: number): void {
    const part = events.slice(from, from + mostAtOnce)
    const isLast = from + mostAtOnce >= events.length
    if (isLast) asking = false
    for (const event of part) {
      if (over) return
      if (event.type === 'ended' || event.type === 'broke') close()
      hear(event)
    }
    if (isLast) waiting.shift()?.()
    else setImmediate(() => hearFrom(events, from + mostAtOnce))
  }

  function onTheWay(event: AgentEvent): void {
    if (!over) hear(event)
  }

  function close(): void {
    if (over) return
    over = true
    signal.removeEventListener('abort', close)
    callOff?.()
    onClose?.()
    for (const goOn of waiting.splice(0)) goOn()
  }
}
