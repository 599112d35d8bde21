import type { Moment } from '../../domain/transcript.js'
import { readTogether, turnReadings, type Join } from '../../domain/turn-text.js'

export type Spoken = Extract<Moment, { type: 'said' }>

/** Words, and the turn they belong to. */
export interface Text {
  readonly turn: number
  readonly text: string
}

/** Messages of a turn that may be one text: how they are joined is not known. */
export interface Pieces {
  readonly turn: number
  readonly texts: readonly string[]
}

/** What both sides said. All lists are in chronological order. */
export class Words {
  /** The agent's messages. Pieces of an answer are one message. */
  readonly agent: readonly Spoken[]
  readonly caller: readonly Spoken[]
  readonly #asTheyCame: readonly Spoken[]
  readonly #turns: readonly Turn[]
  #agentPieces: readonly Pieces[] | undefined

  constructor(moments: readonly Moment[], join: Join) {
    this.caller = moments.filter(isCallerSaid)
    this.#asTheyCame = moments.filter(isAgentSaid)
    this.#turns = turnsOfSeveral(this.#asTheyCame, join)
    const together = this.#turns.length > 0 ? readTogether(moments, join) : moments
    this.agent = together === moments ? this.#asTheyCame : together.filter(isAgentSaid)
  }

  /** The agent's words in each turn with several messages, as one text. */
  get agentTurns(): readonly Text[] {
    return this.#turns.length === 0 ? none : this.#turns.map(({ read }) => read)
  }

  /** Everything else that the agent's words may read as: its messages as they came, and turns joined in another way. */
  get otherReadings(): readonly Text[] {
    const others = this.#turns.flatMap(turn => turn.others)
    return this.agent === this.#asTheyCame ? others : [...this.#asTheyCame, ...others]
  }

  /** All the agent's messages, each alone and those of a turn together. */
  get agentPieces(): readonly Pieces[] {
    return (this.#agentPieces ??= [
      ...this.#asTheyCame.map(({ turn, text }) => ({ turn, texts: [text] })),
      ...this.#turns.map(({ pieces }) => pieces),
    ])
  }
}

const none: readonly never[] = []

/** A turn with several messages. */
interface Turn {
  /** As one text. */
  readonly read: Text
  /** Everything else that it may read as. */
  readonly others: readonly Text[]
  readonly pieces: Pieces
}

function turnsOfSeveral(said: readonly Spoken[], join: Join): readonly Turn[] {
  if (!said.some(({ turn }, i) => turn === said[i - 1]?.turn)) return none
  const turns: Turn[] = []
  for (let from = 0; from < said.length;) {
    const { turn } = said[from]!
    let to = from + 1
    while (said[to]?.turn === turn) to += 1
    if (to - from > 1) {
      const texts = said.slice(from, to).map(each => each.text)
      const [text = '', ...others] = turnReadings(texts, join)
      turns.push({
        read: { turn, text },
        others: others.map(other => ({ turn, text: other })),
        pieces: { turn, texts: join === 'auto' ? texts : [text] },
      })
    }
    from = to
  }
  return turns
}

function isAgentSaid(moment: Moment): moment is Spoken {
  return moment.type === 'said' && moment.by === 'agent'
}

function isCallerSaid(moment: Moment): moment is Spoken {
  return moment.type === 'said' && moment.by === 'caller'
}
