import type { ConversationLine } from './conversation-lines.js'

/** The first turn in which the agent said or did something else; `undefined` if there is none. */
export function firstDifference(a: readonly ConversationLine[], b: readonly ConversationLine[]): number | undefined {
  const [ofA, ofB] = [byTurn(a), byTurn(b)]
  const turns = [...new Set([...ofA.keys(), ...ofB.keys()])].toSorted((x, y) => x - y)
  return turns.find(turn => ofA.get(turn) !== ofB.get(turn))
}

/** What the agent said and did in each turn, as one text. */
function byTurn(lines: readonly ConversationLine[]): Map<number, string> {
  const turns = new Map<number, string>()
  for (const line of lines) {
    const text =
      line.kind === 'tool' ? `${line.name} ${line.sent} ${line.got}` : line.by === 'caller' || line.kind === 'thought' ? '' : line.text
    if (text !== '') turns.set(line.turn, `${turns.get(line.turn) ?? ''}\n${text}`)
  }
  return turns
}
