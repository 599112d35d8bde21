import type { Cause } from '../../domain/cause.js'
import { shallow } from '../../domain/nesting.js'
import type { Ending, Moment, Transcript } from '../../domain/transcript.js'
import type { AgentEvent, Delivered, Said } from '../../ports/channel.js'

/** Writes a conversation down as it happens. */
export interface ConversationRecord {
  /** In the order in which they began. */
  readonly moments: readonly Moment[]
  /** How often the caller has spoken. */
  readonly turn: number
  agentDid(event: AgentEvent): void
  /**
   * The caller begins to say something, and with it another turn if it `beginsTurn`.
   *
   * @returns What is to be called once it is delivered.
   */
  callerSays(said: Said, cause: Cause, startS: number, beginsTurn: boolean): (delivered: Delivered) => void
  transcript(ending: Ending): Transcript
}

/** @param note  Told of each moment as it is written. */
export function createRecord(note: (moment: Moment) => void): ConversationRecord {
  const moments: Moment[] = []
  // Without a prototype: the agent may name a key as it likes.
  const metadata: Record<string, unknown> = Object.create(null)
  /** When each turn began, the first (0) aside. */
  const turnsBeganS: number[] = []

  /** A moment belongs to the turn in which it began, even where it is told of later: the words of speech are. */
  const turnAt = (startS: number): number => {
    let turn = turnsBeganS.length
    while (turn > 0 && turnsBeganS[turn - 1]! > startS) turn -= 1
    return turn
  }

  const place = (moment: Moment): void => {
    let at = moments.length
    while (at > 0 && moments[at - 1]!.startS > moment.startS) at -= 1
    if (at === moments.length) moments.push(moment)
    else moments.splice(at, 0, moment)
  }

  const write = (moment: Moment): void => {
    place(moment)
    note(moment)
  }

  return {
    moments,
    get turn() {
      return turnsBeganS.length
    },
    agentDid(event) {
      switch (event.type) {
        case 'said': {
          const { text, startS, endS, cut } = event
          return write({ type: 'said', by: 'agent', turn: turnAt(startS), startS, endS, text, ...(cut && { cut }) })
        }
        case 'keyed': {
          const { digits, atS } = event
          return write({ type: 'dtmf', by: 'agent', turn: turnAt(atS), startS: atS, endS: atS, digits })
        }
        case 'tool_called': {
          const { id, name, atS } = event
          const when = { turn: turnAt(atS), startS: atS, endS: atS }
          return write({
            type: 'tool_called',
            by: 'agent',
            ...when,
            ...(id !== undefined && { id }),
            name,
            arguments: shallow(event.arguments),
          })
        }
        case 'tool_returned': {
          const { id, name, result, unmatched, atS } = event
          return write({
            type: 'tool_returned',
            by: 'agent',
            turn: turnAt(atS),
            startS: atS,
            endS: atS,
            ...(id !== undefined && { id }),
            ...(name !== undefined && { name }),
            result: shallow(result),
            ...(unmatched && { unmatched }),
          })
        }
        case 'metadata':
          for (const [key, value] of Object.entries(event.data)) metadata[key] = shallow(value)
          return
        default:
          return
      }
    },
    callerSays(said, cause, startS, beginsTurn) {
      if (beginsTurn) turnsBeganS.push(startS)
      const turn = turnsBeganS.length
      const momentOf = ({ startS: fromS, endS, said: words }: Delivered): Moment =>
        said.type === 'text'
          ? {
              type: 'said',
              by: 'caller',
              turn,
              startS: fromS,
              endS,
              text: words ?? said.text,
              cause,
              ...(words !== undefined && { cut: true }),
            }
          : { type: 'dtmf', by: 'caller', turn, startS: fromS, endS, digits: said.digits }
      // It has its place from the start: an answer may come before the delivery is known.
      const begun = momentOf({ startS, endS: startS })
      place(begun)
      return delivered => {
        const moment = momentOf(delivered)
        const at = moments.lastIndexOf(begun)
        if (delivered.startS === startS) moments[at] = moment
        else {
          moments.splice(at, 1)
          if (beginsTurn) turnsBeganS[turn - 1] = delivered.startS
          place(moment)
          moments.forEach((other, i) => {
            if (other.by === 'agent' && other.turn >= turn - 1) moments[i] = { ...other, turn: turnAt(other.startS) }
          })
        }
        note(moment)
      }
    },
    transcript: ending => ({ moments, metadata, ending }),
  }
}
