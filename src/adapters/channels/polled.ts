import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { escapeExact } from '../../domain/exact-number.js'
import { isTooDeep } from '../../domain/nesting.js'
import { runIdOfCall } from '../../domain/run-id.js'
import type { Call, Channel, Conversation, Hear } from '../../ports/channel.js'
import type { Clock } from '../../ports/clock.js'
import { readFrame } from './framed/read-frame.js'
import { saidAt } from './said-at.js'

/** Conversations in which an API client speaks for the agent: it submits what the agent says, and polls for the answer. */
export interface Chats {
  /** Opens a channel for an agent. Disposing it ends the conversations it opened. */
  channel(): Channel
  /** The chat of a run, by the run id the agent is told. It remains for a while after the chat is over. */
  find(runId: string): Chat | undefined
}

export interface Chat {
  /**
   * The agent says something, calls a tool or reports metadata.
   *
   * @param message  A frame of the text WebSocket.
   * @returns The turn that will contain the caller's answer (the previous turn if the message needs no answer), or a
   *   problem.
   */
  submit(message: object): ChatTurn | { readonly problem: string }
  /** Turn 0 is the caller's opening. */
  turn(id: number): ChatTurn | undefined
  /** The agent hangs up. */
  end(): void
  /** The client can submit only while the chat is `open`: after the caller's opening and before the end. */
  readonly state: 'opening' | 'open' | 'over'
}

export interface ChatTurn {
  readonly id: number
  /** `dropped`: the agent spoke again before the caller answered, so a later turn contains the answer. */
  readonly status: 'generating' | 'ready' | 'dropped' | 'error'
  /** The caller's words. */
  readonly message: string | null
}

/** How long turns can be polled after the conversation. */
const keptMs = 60 * 60 * 1000
/** How many finished conversations to keep at most. */
const mostKept = 2000

export function createChats(clock: Clock): Chats {
  const chats = new Map<string, OpenChat>()
  /** Finished chats, the oldest first. A timer to remove them would keep a server from exiting, so there is none. */
  const over: { readonly runId: string; readonly chat: OpenChat; readonly sinceMs: number }[] = []

  const forgetOld = (): void => {
    while (over[0] && (over.length > mostKept || clock.now() - over[0].sinceMs >= keptMs)) {
      const { runId, chat } = over.shift()!
      if (chats.get(runId) === chat) chats.delete(runId)
    }
  }
  return {
    find(runId) {
      forgetOld()
      return chats.get(runId)
    },
    channel() {
      const own = new Set<OpenChat>()
      return {
        open: async (call, hear, signal) => {
          signal.throwIfAborted()
          const runId = runIdOfCall(call.runId)
          const chat = openChat(call, hear, () => {
            signal.removeEventListener('abort', onAbort)
            own.delete(chat)
            over.push({ runId, chat, sinceMs: clock.now() })
            forgetOld()
          })
          const onAbort = (): void => chat.close('error')
          signal.addEventListener('abort', onAbort)
          chats.set(runId, chat)
          own.add(chat)
          return chat.conversation
        },
        [Symbol.asyncDispose]: async () => {
          for (const chat of own) chat.breakOff(callFaults.serverStopped())
        },
      }
    },
  }
}

interface OpenChat extends Chat {
  readonly conversation: Conversation
  close(unanswered: 'ready' | 'error'): void
  breakOff(fault: Fault): void
}

/** @param onOver  Called once. */
function openChat(call: Call, hear: Hear, onOver: () => void): OpenChat {
  const turns: { id: number; status: ChatTurn['status']; message: string | null }[] = []
  let isOver = false

  const addTurn = (status: ChatTurn['status']): ChatTurn => {
    const turn = { id: turns.length, status, message: null }
    turns.push(turn)
    return turn
  }
  /** Records the caller's words. Words without a pending question belong to the latest turn. */
  const answer = (words: string): void => {
    const turn = turns.at(-1)
    if (!turn) return
    turn.status = 'ready'
    if (words !== '') turn.message = turn.message === null ? words : `${turn.message}\n${words}`
  }
  const close = (unanswered: 'ready' | 'error'): void => {
    if (isOver) return
    isOver = true
    const last = turns.at(-1)
    if (last?.status === 'generating') last.status = unanswered
    onOver()
  }
  const isAsking = (): boolean => turns.at(-1)?.status === 'generating'

  addTurn(call.agentOpens ? 'ready' : 'generating')
  return {
    get state() {
      if (isOver) return 'over'
      return turns.length === 1 && isAsking() ? 'opening' : 'open'
    },
    turn: id => turns[id],
    submit(message) {
      const read = readFrame(isTooDeep(message) ? message : escapeExact(message), call.elapsedS())
      if ('wrong' in read) return { problem: `The message cannot be read, because ${read.wrong}. Correct it, and send it again.` }
      if (read.error !== undefined) return { problem: 'The message has an error beside its words. Send words alone, or do not answer.' }
      const { events } = read
      if (events.length === 0) return { problem: 'The message has no words. Send words as content, or metadata.' }
      const asked = events.some(event => event.type === 'said')
      const wasAsking = isAsking()
      const ends = events.some(event => event.type === 'ended')
      if (asked && !ends) {
        const before = turns.at(-1)
        if (wasAsking && before) before.status = 'dropped'
        addTurn('generating')
      }
      if (ends) close('ready')
      for (const event of events) hear(event)
      // If the caller is already answering, its answer covers these words too.
      if (asked && !ends && !wasAsking) hear({ type: 'yielded' })
      return turns.at(-1) as ChatTurn
    },
    end() {
      if (isOver) return
      close('ready')
      hear({ type: 'ended', afterWords: false, atS: call.elapsedS() })
    },
    close,
    breakOff(fault) {
      close('error')
      hear({ type: 'broke', fault })
    },
    conversation: {
      floor: 'turns',
      takesLastWords: true,
      elapsedS: call.elapsedS,
      say(part) {
        if (!isOver) answer(part.type === 'text' ? part.text : part.digits)
        return saidAt(call.elapsedS())
      },
      async end(lastWords) {
        if (!isOver) answer(lastWords)
        close('ready')
      },
      [Symbol.asyncDispose]: async () => close('error'),
    },
  }
}
