import type { Floor } from '../../domain/connection.js'

/** Who has the floor in a conversation, and what the agent has said so far. Times are the clock's milliseconds. */
export interface FloorState {
  readonly floor: Floor
  /** Whether the caller is saying something. */
  callerSpeaks: boolean
  /** With sound: whether the agent is speaking. */
  agentSpeaks: boolean
  /** With sound: when the agent began to speak after the caller's last words. */
  agentSinceMs: number
  /** With the floor `turns`: the agent owes an answer. */
  isOwed: boolean
  /** The agent has said something that the caller has not considered yet. */
  isFresh: boolean
  /** Whether the agent has said anything since the caller's last words, idle prompts aside. */
  isAnswered: boolean
  /** How many messages the agent has said. */
  said: number
  /** How many of these messages the caller has considered. */
  considered: number
  /** How many of these messages the caller has dealt with: it has spoken since it considered them. */
  dealtWith: number
  /** When the agent said the first message that the caller has not dealt with; before any message, the start of the call. */
  firstHeardMs: number
  /** When the caller last said anything but an idle prompt. */
  lastWordsMs: number
  /** When either side last did something. */
  lastActivityMs: number
  /** When the caller began to think; `undefined` while it does not. */
  thinksSinceMs: number | undefined
}

/** The events that change the floor: actions of the agent and of the caller. */
export type FloorEvent =
  | 'said'
  | 'speaking'
  | 'quiet'
  /** What the caller has talked over is made out, or is over: it was no answer to the caller's words. */
  | 'said_before'
  | 'stopped'
  | 'keyed'
  | 'tool_called'
  | 'tool_returned'
  | 'answering'
  | 'yielded'
  /** The caller considers everything it has heard. */
  | 'considers'
  /** The caller begins to think, and has decided. */
  | 'thinks'
  | 'decides'
  /** The caller begins its turn. */
  | 'answers'
  /** With sound: after a pause within its turn, the caller goes on. What the agent said meanwhile is no answer to what it says now. */
  | 'goes_on'
  /** The caller begins a part of its turn: words or keys. */
  | 'speaks'
  /** That part is delivered: words or keys (`delivers`), or an idle prompt (`prompts`). */
  | 'delivers'
  | 'prompts'
  /** The caller has kept the agent waiting. */
  | 'waits'

/** When a side's time is up if nothing else happens. Milliseconds. */
export interface FloorPolicy {
  /** If nothing says that the agent is done: how quiet it must have been for its turn to be over. */
  readonly quietMs: number
  /** After this long without any activity the caller prompts the agent. */
  readonly idleMs: number
  /** How long the agent may leave the caller's words unanswered. */
  readonly silenceMs: number
  /** With sound: how long after its onset the caller cuts in on an agent that is still speaking, if it does. */
  readonly cutIn?: CutIn | undefined
}

export interface CutIn {
  readonly afterMs: number
  /** Whatever the agent says. Otherwise only on words that were made out. */
  readonly unheard: boolean
}

/**
 * What happens next if nobody acts before: the caller answers what it heard (`heard`), prompts (`idle`), or gives the agent
 * up (`silent`).
 */
export interface Due {
  readonly what: 'heard' | 'idle' | 'silent'
  /** By the clock; if in the past, it is due now. */
  readonly atMs: number
}

export function openFloor(floor: Floor, nowMs: number): FloorState {
  return {
    floor,
    callerSpeaks: false,
    agentSpeaks: false,
    agentSinceMs: nowMs,
    isOwed: false,
    isFresh: false,
    isAnswered: false,
    said: 0,
    considered: 0,
    dealtWith: 0,
    firstHeardMs: nowMs,
    lastWordsMs: nowMs,
    lastActivityMs: nowMs,
    thinksSinceMs: undefined,
  }
}

/** Changes the floor by an event. It waits for nothing and reads no clock, so tests can try any order of events. */
export function moveFloor(state: FloorState, event: FloorEvent, nowMs: number): void {
  switch (event) {
    case 'said':
      if (state.said === state.dealtWith) state.firstHeardMs = nowMs
      state.said += 1
      state.isAnswered = true
      state.isFresh ||= state.floor !== 'turns'
      // With sound, the words come later than what was heard.
      if (state.floor !== 'speech') state.lastActivityMs = nowMs
      return
    case 'speaking':
    case 'quiet':
      if (event === 'speaking' && !state.isAnswered) state.agentSinceMs = nowMs
      state.agentSpeaks = event === 'speaking'
      // What the caller heard in the middle of a turn it considers again at its end.
      if (event === 'quiet') state.isFresh ||= state.said > state.dealtWith
      state.isAnswered = true
      state.lastActivityMs = nowMs
      return
    case 'said_before':
      if (state.said > state.dealtWith) return moveFloor(state, 'said', nowMs)
      state.said += 1
      state.considered = state.said
      state.dealtWith = state.said
      return
    case 'stopped':
      state.agentSpeaks = false
      state.lastActivityMs = nowMs
      return
    case 'keyed':
    case 'tool_called':
    case 'tool_returned':
    case 'answering':
      state.lastActivityMs = nowMs
      return
    case 'yielded':
      state.isOwed = false
      state.isFresh = true
      return
    case 'considers':
      state.considered = state.said
      state.isFresh = false
      return
    case 'thinks':
      state.thinksSinceMs = nowMs
      return
    case 'decides': {
      const thoughtMs = nowMs - (state.thinksSinceMs ?? nowMs)
      state.thinksSinceMs = undefined
      // The caller was not listening for more while it thought: the time until it prompts the agent stood still.
      if (!state.isFresh) state.lastActivityMs = Math.min(nowMs, state.lastActivityMs + thoughtMs)
      return
    }
    case 'answers':
      // What came while the caller thought stays, and is considered with what comes next.
      state.dealtWith = state.considered
      state.isFresh = false
      return
    case 'goes_on':
      state.considered = state.said
      state.dealtWith = state.said
      state.isFresh = false
      return
    case 'speaks':
      if (state.isOwed) throw new Error('The caller may not speak while the agent owes it an answer.')
      state.callerSpeaks = true
      return
    case 'delivers':
      deliver(state, nowMs)
      state.isAnswered = false
      state.lastWordsMs = nowMs
      return
    case 'prompts':
      return deliver(state, nowMs)
    case 'waits':
      // While the caller keeps the agent waiting, the silence does not count against the agent.
      state.lastWordsMs = nowMs
      state.lastActivityMs = nowMs
      return
  }
}

/** What is due next, and when. An agent that is speaking is neither silent nor done, however long it takes; the caller may cut in on it. */
export function dueNext(state: Readonly<FloorState>, { quietMs, idleMs, silenceMs, cutIn }: FloorPolicy): Due {
  const byTurns = state.floor === 'turns'
  if (state.agentSpeaks) {
    return { what: 'heard', atMs: cutIn && (state.isFresh || cutIn.unheard) ? state.agentSinceMs + cutIn.afterMs : Infinity }
  }
  if (state.isFresh && !state.isOwed) return { what: 'heard', atMs: byTurns ? -Infinity : state.lastActivityMs + quietMs }
  const idleAtMs = state.isOwed ? Infinity : state.lastActivityMs + idleMs
  const isAwaited = byTurns ? state.isOwed : !state.isAnswered
  const silentAtMs = isAwaited ? (byTurns ? state.lastActivityMs : state.lastWordsMs) + silenceMs : Infinity
  if (silentAtMs <= idleAtMs) return { what: 'silent', atMs: silentAtMs }
  // What came while the caller was thinking is considered now at the latest, as nothing else comes.
  return { what: state.said > state.considered ? 'heard' : 'idle', atMs: idleAtMs }
}

function deliver(state: FloorState, nowMs: number): void {
  state.callerSpeaks = false
  state.isOwed = state.floor === 'turns'
  state.lastActivityMs = nowMs
}
