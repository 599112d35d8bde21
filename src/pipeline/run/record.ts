import type { Cause } from '../../domain/cause.js'
import { shallow } from '../../domain/nesting.js'
import type { Ending, Moment, Transcript } from '../../domain/transcript.js'
import type { AgentEvent, Said } from '../../ports/channel.js'

/** Writes a conversation down as it happens. */
export interface ConversationRecord {
  readonly moments: readonly Moment[]
  /** How often the caller has spoken. */
  readonly turn: number
  /** The caller begins another turn. */
  nextTurn(): void
  agentDid(event: AgentEvent): void
  /** The caller begins to say something; what it gives back is called once that is delivered. */
  callerSays(said: Said, cause: Cause, startS: number): (endS: number) => void
  transcript(ending: Ending): Transcript
}

/** @param note  Told of each moment as it is written. */
export function createRecord(note: (moment: Moment) => void): ConversationRecord {
  const moments: Moment[] = []
  // Without a prototype: the agent may name a key as it likes.
  const metadata: Record<string, unknown> = Object.create(null)
  let turn = 0

  const write = (moment: Moment): void => {
    moments.push(moment)
    note(moment)
  }

  return {
    moments,
    get turn() {
      return turn
    },
    nextTurn() {
      turn += 1
    },
    agentDid(event) {
      switch (event.type) {
        case 'said':
          return write({ type: 'said', by: 'agent', turn, startS: event.startS, endS: event.endS, text: event.text })
        case 'tool_called': {
          const { id, name, atS } = event
          return write({
            type: 'tool_called',
            by: 'agent',
            turn,
            startS: atS,
            endS: atS,
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
            turn,
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
    callerSays(said, cause, startS) {
      const momentUntil = (endS: number): Moment =>
        said.type === 'text'
          ? { type: 'said', by: 'caller', turn, startS, endS, text: said.text, cause }
          : { type: 'dtmf', by: 'caller', turn, startS, endS, digits: said.digits }
      // It has its place from the start: an answer may come before the delivery is known.
      const at = moments.push(momentUntil(startS)) - 1
      return endS => {
        moments[at] = momentUntil(endS)
        note(moments[at])
      }
    },
    transcript: ending => ({ moments, metadata, ending }),
  }
}
