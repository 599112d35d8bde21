import type { Floor } from '../../domain/connection.js'

/** Who has the floor in a conversation, and what the agent has said so far. Times are the clock's milliseconds. */
export interface FloorState {
  readonly floor: Floor
  /** Whether the caller is saying something. */
  readonly callerSpeaks: boolean
  /** With sound: whether the agent is speaking. */
  readonly agentSpeaks: boolean
  /** With the floor `turns`: the agent owes an answer. */
  readonly isOwed: boolean
  /** The agent has said something that the caller has not considered yet. */
  readonly isFresh: boolean
  /** Whether the agent has said anything since the caller's last words, idle prompts aside. */
  readonly isAnswered: boolean
  /** How many messages the agent has said. */
  readonly said: number
  /** How many of these messages the caller has considered. */
  readonly considered: number
  /** How many of these messages the caller has dealt with: it has spoken since it considered them. */
  readonly dealtWith: number
  /** When the agent said the first message that the caller has not dealt with; before any message, the start of the call. */
  readonly firstHeardMs: number
  /** When the caller last said anything but an idle prompt. */
  readonly lastWordsMs: number
  /** When either side last did something. */
  readonly lastActivityMs: number
  /** When the caller began to think; absent while it does not. */
  readonly thinksSinceMs?: number
}

/** The events that change the floor: actions of the agent and of the caller. */
export type FloorEvent =
  | 'said'
  | 'speaking'
  | 'quiet'
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
    isOwed: false,
    isFresh: false,
    isAnswered: false,
    said: 0,
    considered: 0,
    dealtWith: 0,
    firstHeardMs: nowMs,
    lastWordsMs: nowMs,
    lastActivityMs: nowMs,
  }
}

/** The floor after an event. Pure, so tests can try any order of events. */
export function floorAfter(state: FloorState, event: FloorEvent, nowMs: number): FloorState {
  switch (event) {
    case 'said':
      return {
        ...state,
        said: state.said + 1,
        firstHeardMs: state.said === state.dealtWith ? nowMs : state.firstHeardMs,
        isAnswered: true,
        isFresh: state.isFresh || state.floor !== 'turns',
        lastActivityMs: nowMs,
      }
    case 'speaking':
    case 'quiet':
      return { ...state, agentSpeaks: event === 'speaking', isAnswered: true, lastActivityMs: nowMs }
    case 'keyed':
    case 'tool_called':
    case 'tool_returned':
    case 'answering':
      return { ...state, lastActivityMs: nowMs }
    case 'yielded':
      return { ...state, isOwed: false, isFresh: true }
    case 'considers':
      return { ...state, considered: state.said, isFresh: false }
    case 'thinks':
      return { ...state, thinksSinceMs: nowMs }
    case 'decides': {
      const { thinksSinceMs = nowMs, ...rest } = state
      // The caller was not listening for more while it thought: the time until it prompts the agent stood still.
      return state.isFresh ? rest : { ...rest, lastActivityMs: Math.min(nowMs, state.lastActivityMs + nowMs - thinksSinceMs) }
    }
    case 'answers':
      // What came while the caller thought stays, and is considered with what comes next.
      return state.dealtWith === state.considered && !state.isFresh ? state : { ...state, dealtWith: state.considered, isFresh: false }
    case 'speaks':
      if (state.isOwed) throw new Error('The caller may not speak while the agent owes it an answer.')
      return { ...state, callerSpeaks: true }
    case 'delivers':
      return { ...afterDelivery(state, nowMs), isAnswered: false, lastWordsMs: nowMs }
    case 'prompts':
      return afterDelivery(state, nowMs)
    case 'waits':
      // While the caller keeps the agent waiting, the silence does not count against the agent.
      return { ...state, lastWordsMs: nowMs, lastActivityMs: nowMs }
  }
}

/** What is due next, and when. An agent that is speaking is neither silent nor done, however long it takes. */
export function dueNext(state: FloorState, { quietMs, idleMs, silenceMs }: FloorPolicy): Due {
  const byTurns = state.floor === 'turns'
  if (state.agentSpeaks) return { what: 'heard', atMs: Infinity }
  if (state.isFresh && !state.isOwed) return { what: 'heard', atMs: byTurns ? -Infinity : state.lastActivityMs + quietMs }
  const idleAtMs = state.isOwed ? Infinity : state.lastActivityMs + idleMs
  const isAwaited = byTurns ? state.isOwed : !state.isAnswered
  const silentAtMs = isAwaited ? (byTurns ? state.lastActivityMs : state.lastWordsMs) + silenceMs : Infinity
  if (silentAtMs <= idleAtMs) return { what: 'silent', atMs: silentAtMs }
  // What came while the caller was thinking is considered now at the latest, as nothing else comes.
  return { what: state.said > state.considered ? 'heard' : 'idle', atMs: idleAtMs }
}

function afterDelivery(state: FloorState, nowMs: number): FloorState {
  return { ...state, callerSpeaks: false, isOwed: state.floor === 'turns', lastActivityMs: nowMs }
}
