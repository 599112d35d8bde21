import { isRecord } from '../../../domain/json-value.js'
import { jsonEqual } from '../../../domain/json-equal.js'

/**
 * The text of a streamed message of which parts came as deltas and parts in whole messages, which some servers send instead of deltas, or
 * at the end: each may be all so far, or the next piece.
 */
export function withWholeTexts(deltas: string, wholes: readonly string[]): string {
  const isGrowing = wholes.every((text, i) => i === 0 || text.startsWith(wholes[i - 1]!))
  const whole = isGrowing ? (wholes.at(-1) ?? '') : wholes.join('')
  if (deltas === '' || whole.startsWith(deltas)) return whole === '' ? deltas : whole
  return deltas.includes(whole) ? deltas : `${deltas}\n${whole}`
}

/** The tool calls that came in pieces, and those of whole messages that are none of them. */
export function withWholeCalls(streamed: readonly object[], wholes: readonly unknown[]): unknown[] {
  const calls: unknown[] = [...streamed]
  for (const call of wholes) if (!calls.some(each => isSame(each, call))) calls.push(call)
  return calls
}

function isSame(one: unknown, other: unknown): boolean {
  if (!isRecord(one) || !isRecord(other)) return jsonEqual(one, other)
  if (typeof one['id'] === 'string' && typeof other['id'] === 'string') return one['id'] === other['id']
  return jsonEqual(one['function'], other['function'])
}
