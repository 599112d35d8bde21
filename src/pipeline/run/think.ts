import type { Moment } from '../../domain/transcript.js'
import { messagesOf, readTogether, turnText, type Join } from '../../domain/turn-text.js'
import type { CallerMove, Heard, Thought } from '../../ports/caller.js'
import type { OpenCall } from './call.js'
import type { Listener } from './listener.js'

/** How often in a row the caller gives way to an agent that keeps talking. */
const mostWays = 3

/** Asks the caller for its moves, and keeps hearing the agent meanwhile. */
export class Thinking {
  readonly #call: OpenCall
  readonly #listener: Listener
  #ways = 0

  constructor(call: OpenCall, listener: Listener) {
    this.#call = call
    this.#listener = listener
  }

  /**
   * Its first move.
   *
   * @throws {CallOver}
   */
  open(): CallerMove | Promise<CallerMove> {
    const thought = new OwnThought()
    const move = this.#call.caller.open(thought)
    return move instanceof Promise ? (this.#decide(move, false, thought) as Promise<CallerMove>) : move
  }

  /**
   * Its move after what it has heard; `wait` when it gives way to what the agent says meanwhile.
   *
   * @throws {CallOver}
   */
  answer(): CallerMove | Promise<CallerMove> {
    const { caller, record, agent } = this.#call
    const pieces = this.#listener.messages()
    this.#listener.callerDoes('considers')
    const heard = new HeardSoFar(pieces, record.moments, agent.messages.join)
    const givesWay = this.#ways < mostWays && (caller.patience?.().givesWay ?? false)
    const thought = new OwnThought()
    const move = caller.answer(heard, thought)
    // A move that is available at once is not waited for.
    return move instanceof Promise ? this.#decide(move, givesWay, thought).then(made => this.#counted(made)) : this.#counted(move)
  }

  async #decide(move: Promise<CallerMove>, givesWay: boolean, thought: OwnThought): Promise<CallerMove | undefined> {
    let made: CallerMove | undefined
    const { conversation, record } = this.#call
    const sinceS = conversation.elapsedS()
    this.#listener.callerDoes('thinks')
    this.#call.deadline.thinks()
    try {
      return (made = await this.#listener.during(move, givesWay))
    } finally {
      this.#call.deadline.decides()
      record.waited(sinceS, conversation.elapsedS())
      this.#listener.callerDoes('decides')
      if (!made) thought.drop()
    }
  }

  #counted(move: CallerMove | undefined): CallerMove {
    this.#ways = move ? 0 : this.#ways + 1
    return move ?? { type: 'wait' }
  }
}

class OwnThought implements Thought {
  #unwanted: AbortController | undefined

  get signal(): AbortSignal {
    return (this.#unwanted ??= new AbortController()).signal
  }

  drop(): void {
    this.#unwanted?.abort()
  }
}

/** Most callers only read the text. */
class HeardSoFar implements Heard {
  readonly text: string
  readonly #pieces: readonly string[]
  readonly #moments: readonly Moment[]
  readonly #join: Join

  constructor(pieces: readonly string[], moments: readonly Moment[], join: Join) {
    this.text = turnText(pieces, join)
    this.#pieces = pieces
    this.#moments = moments
    this.#join = join
  }

  get messages(): readonly string[] {
    return messagesOf(this.#pieces, this.#join)
  }

  get history(): readonly Moment[] {
    return readTogether(this.#moments, this.#join)
  }
}
