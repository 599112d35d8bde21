import type { RunTurn } from '../../domain/event.js'
import type { Mask } from '../../domain/mask.js'
import { maskMoments } from '../../domain/mask-event.js'
import type { Moment } from '../../domain/transcript.js'

/**
 * The `run.turn` events of one attempt. They are for showing; the record of the conversation is in its last event.
 *
 * Each moment is emitted with its secrets masked. Where there are secrets, a turn is shown once it is over: a secret may be split
 * over its messages.
 */
export class TurnEvents {
  readonly #of: Pick<RunTurn, 'index' | 'attempt'>
  readonly #mask: Mask
  readonly #emit: (event: RunTurn) => void
  #turn: Moment[] | undefined

  constructor(of: Pick<RunTurn, 'index' | 'attempt'>, mask: Mask, emit: (event: RunTurn) => void) {
    this.#of = of
    this.#mask = mask
    this.#emit = emit
  }

  note(moment: Moment): void {
    if (this.#mask.isEmpty) return this.#show(moment)
    if (this.#turn?.[0]?.turn !== moment.turn) this.end()
    if (this.#turn) this.#turn.push(moment)
    else this.#turn = [moment]
  }

  /** The conversation is over. */
  end(): void {
    if (!this.#turn) return
    for (const moment of maskMoments(this.#turn, this.#mask)) this.#show(moment)
    this.#turn = undefined
  }

  #show(moment: Moment): void {
    const { index, attempt } = this.#of
    this.#emit({ type: 'run.turn', index, attempt, moment })
  }
}
