import type { Moment } from '../../domain/transcript.js'
import { messagesOf, readTogether, turnText, type Join } from '../../domain/turn-text.js'
import type { Caller, CallerMove, Heard, Thought } from '../../ports/caller.js'
import type { OpenCall } from './call.js'
import type { Listener } from './listener.js'

/** How often in a row the caller gives way to an agent that keeps talking. */
const mostWays = 3

/** Asks the caller for its moves, and keeps hearing the agent meanwhile. */
export interface Thinking {
  /**
   * Its first move.
   *
   * @throws {CallOver}
   */
  open(): CallerMove | Promise<CallerMove>
  /**
   * Its move after what it has heard; `wait` when it gives way to what the agent says meanwhile.
   *
   * @throws {CallOver}
   */
  answer(): CallerMove | Promise<CallerMove>
}

export function createThinking(call: OpenCall, listener: Listener): Thinking {
  const { caller, record, agent } = call
  let ways = 0

  /** A move that is available at once is not waited for. */
  const think = (
    ask: (caller: Caller, thought: Thought) => CallerMove | Promise<CallerMove>,
    givesWay: boolean,
  ): CallerMove | Promise<CallerMove | undefined> => {
    let unwanted: AbortController | undefined
    const move = ask(caller, {
      get signal() {
        return (unwanted ??= new AbortController()).signal
      },
    })
    return move instanceof Promise ? decide(move, givesWay, () => unwanted?.abort()) : move
  }
  const decide = async (move: Promise<CallerMove>, givesWay: boolean, drop: () => void): Promise<CallerMove | undefined> => {
    let made: CallerMove | undefined
    listener.callerDoes('thinks')
    call.deadline.thinks()
    try {
      return (made = await listener.during(move, givesWay))
    } finally {
      call.deadline.decides()
      listener.callerDoes('decides')
      if (!made) drop()
    }
  }
  const counted = (move: CallerMove | undefined): CallerMove => {
    ways = move ? 0 : ways + 1
    return move ?? { type: 'wait' }
  }

  return {
    open: () => think((by, thought) => by.open(thought), false) as CallerMove | Promise<CallerMove>,
    answer() {
      const pieces = listener.messages()
      listener.callerDoes('considers')
      const heard = heardIn(pieces, record.moments, agent.messages.join)
      const givesWay = ways < mostWays && (caller.patience?.().givesWay ?? false)
      const move = think((by, thought) => by.answer(heard, thought), givesWay)
      return move instanceof Promise ? move.then(counted) : counted(move)
    },
  }
}

/** Most callers only read the text. */
function heardIn(pieces: readonly string[], moments: readonly Moment[], join: Join): Heard {
  return {
    text: turnText(pieces, join),
    get messages() {
      return messagesOf(pieces, join)
    },
    get history() {
      return readTogether(moments, join)
    },
  }
}
