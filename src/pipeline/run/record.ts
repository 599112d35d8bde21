import type { Cause } from '../../domain/cause.js'
import { shallow } from '../../domain/nesting.js'
import { shownSound, type PlayedSound } from '../../domain/spoken.js'
import type { Wait } from '../../domain/sound.js'
import type { PointerCount } from '../../domain/pointer-count.js'
import type { Ending, Moment, Transcript } from '../../domain/transcript.js'
import type { AgentEvent, Aside, Delivered, Said } from '../../ports/channel.js'

const noMetadata: Readonly<Record<string, unknown>> = Object.freeze(Object.create(null))

/** Records a conversation as it happens: its moments, in the order of their beginnings. */
export class ConversationRecord {
  readonly #moments: Moment[] = []
  #metadata: Record<string, unknown> | undefined
  /** When each turn began, except turn 0. */
  readonly #turnsBeganS: number[] = []
  readonly #note: (moment: Moment) => void
  #pointers?: () => readonly PointerCount[]
  #waits: Wait[] | undefined

  /** @param note  Called with each moment when it is recorded. */
  constructor(note: (moment: Moment) => void) {
    this.#note = note
  }

  get moments(): readonly Moment[] {
    return this.#moments
  }

  /** How often the caller has spoken. */
  get turn(): number {
    return this.#turnsBeganS.length
  }

  agentDid(event: AgentEvent): void {
    switch (event.type) {
      case 'said': {
        const { text, startS, endS, cut } = event
        const turn = this.#turnAt(startS)
        return this.#write({ type: 'said', by: 'agent', turn, startS, endS, text, ...(cut && { cut }) })
      }
      case 'thought':
        return this.#write({ type: 'thought', by: 'agent', ...this.#at(event.atS), text: event.text })
      case 'keyed':
        return this.#write({ type: 'dtmf', by: 'agent', ...this.#at(event.atS), digits: event.digits })
      case 'tool_called': {
        const { id, name, atS, arguments: args } = event
        const named = { ...(id !== undefined && { id }), name }
        return this.#write({ type: 'tool_called', by: 'agent', ...this.#at(atS), ...named, arguments: shallow(args) })
      }
      case 'tool_returned': {
        const { id, name, result, unmatched, atS } = event
        const named = { ...(id !== undefined && { id }), ...(name !== undefined && { name }) }
        const flags = unmatched && { unmatched }
        return this.#write({ type: 'tool_returned', by: 'agent', ...this.#at(atS), ...named, result: shallow(result), ...flags })
      }
      case 'metadata':
        // No prototype, because the agent chooses the keys.
        this.#metadata ??= Object.create(null) as Record<string, unknown>
        for (const [key, value] of Object.entries(event.data)) this.#metadata[key] = shallow(value)
        return
      default:
        return
    }
  }

  /**
   * The caller begins to say something, and with it a new turn if `beginsTurn`.
   *
   * @returns A function to call once it is delivered.
   */
  callerSays(said: Said | PlayedSound, cause: Cause, startS: number, beginsTurn: boolean): (delivered: Delivered) => void {
    if (beginsTurn) this.#turnsBeganS.push(startS)
    const turn = this.turn
    // Placed from the start, because an answer may come before the delivery is known.
    const begun = momentOf(said, cause, turn, { startS, endS: startS })
    this.#place(begun)
    return delivered => {
      const isAtOnce = delivered.startS === startS && delivered.endS === startS && delivered.said === undefined
      if (isAtOnce) return this.#note(begun)
      const moment = momentOf(said, cause, turn, delivered)
      const at = this.#moments.lastIndexOf(begun)
      if (delivered.startS === startS) this.#moments[at] = moment
      else {
        this.#moments.splice(at, 1)
        if (beginsTurn) this.#moveTurn(turn, delivered.startS)
        this.#place(moment)
      }
      this.#note(moment)
    }
  }

  /** Something slipped out of the caller, in the course of a turn. */
  callerSlips({ kind, text }: Aside, { startS, endS }: Delivered): void {
    const shown = text === undefined ? '[cough]' : kind === 'tic' ? `[aside: ${text}]` : text
    this.#write({ type: 'said', by: 'caller', turn: this.#turnAt(startS), startS, endS, text: shown })
  }

  /** The caller let the agent wait, on purpose or because its model thought. */
  waited(startS: number, endS: number): void {
    if (endS > startS) (this.#waits ??= []).push({ startS, endS })
  }

  /** When the caller let the agent wait, so far. */
  get waits(): readonly Wait[] {
    return this.#waits ?? []
  }

  /** @param pointers  Returns what the connection's pointers have found so far. */
  readPointers(pointers: () => readonly PointerCount[]): void {
    this.#pointers = pointers
  }

  transcript(ending: Ending): Transcript {
    const pointers = this.#pointers?.()
    return { moments: this.#moments, metadata: this.#metadata ?? noMetadata, ending, ...(pointers && { pointers }) }
  }

  #write(moment: Moment): void {
    this.#place(moment)
    this.#note(moment)
  }

  #place(moment: Moment): void {
    let at = this.#moments.length
    while (at > 0 && this.#moments[at - 1]!.startS > moment.startS) at -= 1
    if (at === this.#moments.length) this.#moments.push(moment)
    else this.#moments.splice(at, 0, moment)
  }

  #at(atS: number): Pick<Moment, 'turn' | 'startS' | 'endS'> {
    return { turn: this.#turnAt(atS), startS: atS, endS: atS }
  }

  /** A moment belongs to the turn in which it began, even if it is reported later, as the words of speech are. */
  #turnAt(startS: number): number {
    let turn = this.#turnsBeganS.length
    while (turn > 0 && this.#turnsBeganS[turn - 1]! > startS) turn -= 1
    return turn
  }

  /** Corrects the start of a turn that began at another time than announced. */
  #moveTurn(turn: number, beganS: number): void {
    this.#turnsBeganS[turn - 1] = beganS
    for (const [i, other] of this.#moments.entries()) {
      if (other.by === 'agent' && other.turn >= turn - 1) this.#moments[i] = { ...other, turn: this.#turnAt(other.startS) }
    }
  }
}

function momentOf(said: Said | PlayedSound, cause: Cause, turn: number, { startS, endS, said: words }: Delivered): Moment {
  if (said.type === 'dtmf') return { type: 'dtmf', by: 'caller', turn, startS, endS, digits: said.digits }
  const text = said.type === 'text' ? said.text : shownSound(said)
  return { type: 'said', by: 'caller', turn, startS, endS, text: words ?? text, cause, ...(words !== undefined && { cut: true }) }
}
