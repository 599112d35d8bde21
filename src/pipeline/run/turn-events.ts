import type { RunTurn } from '../../domain/event.js'
import type { Mask } from '../../domain/mask.js'
import { maskMoments } from '../../domain/mask-event.js'
import type { Moment } from '../../domain/transcript.js'

/** The `run.turn` events of one attempt. They are for showing; the record of the conversation is in its last event. */
export interface TurnEvents {
  note(moment: Moment): void
  /** The conversation is over. */
  end(): void
}

/**
 * Emits each moment with its secrets masked. Where there are secrets, a turn is shown once it is over: a secret may be split over
 * its messages.
 */
export function createTurnEvents(
  { index, attempt }: Pick<RunTurn, 'index' | 'attempt'>,
  mask: Mask,
  emit: (event: RunTurn) => void,
): TurnEvents {
  let turn: Moment[] = []
  const show = (moment: Moment): void => emit({ type: 'run.turn', index, attempt, moment })
  const end = (): void => {
    for (const moment of maskMoments(turn, mask)) show(moment)
    turn = []
  }
  return {
    note(moment) {
      if (mask.isEmpty) return show(moment)
      if (turn.length > 0 && turn[0]!.turn !== moment.turn) end()
      turn.push(moment)
    },
    end,
  }
}
