import type { Fault } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { runIdOfCall } from '../../domain/run-id.js'
import type { Call, Channel, Conversation, Hear } from '../../ports/channel.js'
import type { Clock } from '../../ports/clock.js'
import { eventsOfFrame } from './framed/frames.js'
import { saidAt } from './said-at.js'

/** Conversations whose agent's side a client of the API speaks: it submits what the agent says, and polls for the answer. */
export interface Chats {
  /** Another one, for an agent; disposing it breaks off the conversations that it opened. */
  channel(): Channel
  /** That of a run, by the id that agents are told; also for a while after it is over. */
  find(runId: string): Chat | undefined
}

export interface Chat {
  /**
   * The agent says something, calls a tool, or tells about itself.
   *
   * @param message  A frame of the text WebSocket.
   * @returns The turn that the caller's answer will be in (of what calls for no answer, the turn before); or what is wrong.
   */
  submit(message: object): ChatTurn | { readonly problem: string }
  /** From 0: the caller's opening. */
  turn(id: number): ChatTurn | undefined
  /** The agent hangs up. */
  end(): void
  /** Whether it can be spoken in: not before the caller has opened it, and not once it is over. */
  readonly state: 'opening' | 'open' | 'over'
}

export interface ChatTurn {
  readonly id: number
  /** `dropped`: the agent went on speaking before it was answered, so that the answer is in a later turn. */
  readonly status: 'generating' | 'ready' | 'dropped' | 'error'
  /** What the caller says. */
  readonly message: string | null
}

/** How long turns can be polled once the conversation is over. */
const keptMs = 60 * 60 * 1000
/** How many conversations that are over are kept at most. */
const mostKept = 2000

export function createChats(clock: Clock): Chats {
  const chats = new Map<string, OpenChat>()
  /** The first that was over comes first. No timer waits for them: it would keep a server from ending. */
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
  /** The caller's words; those that nobody asked for belong to what was said last. */
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
      const events = eventsOfFrame(JSON.stringify(message), 'the client', call.elapsedS())
      const broken = events.find(event => event.type === 'broke')
      if (broken) return { problem: broken.fault.message }
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
      // Who is being answered already has said more: it is heard, and answered with what comes next.
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
