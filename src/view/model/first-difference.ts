import type { Moment, Transcript } from '../../domain/transcript.js'

/** The first turn in which the agent said or did something else; `undefined` if there is none. */
export function firstDifference(a: Pick<Transcript, 'moments'>, b: Pick<Transcript, 'moments'>): number | undefined {
  const [ofA, ofB] = [byTurn(a), byTurn(b)]
  const turns = [...new Set([...ofA.keys(), ...ofB.keys()])].toSorted((x, y) => x - y)
  return turns.find(turn => ofA.get(turn) !== ofB.get(turn))
}

/** What the agent said and did in each turn, as one text. */
function byTurn({ moments }: Pick<Transcript, 'moments'>): Map<number, string> {
  const turns = new Map<number, string>()
  for (const moment of moments) {
    if (moment.by === 'agent') turns.set(moment.turn, `${turns.get(moment.turn) ?? ''}\n${textOf(moment)}`)
  }
  return turns
}

function textOf(moment: Moment): string {
  switch (moment.type) {
    case 'said':
      return moment.text
    case 'thought':
      return ''
    case 'dtmf':
      return moment.digits
    case 'tool_called':
      return `${moment.name} ${JSON.stringify(moment.arguments ?? null)}`
    case 'tool_returned':
      return JSON.stringify(moment.result ?? null)
    default:
      return moment satisfies never
  }
}
