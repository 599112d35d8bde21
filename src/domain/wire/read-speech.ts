import { areTelephoneKeys } from '../utterance.js'
import { saysSomething, type Fields } from './fields.js'
import type { Happening } from './happening.js'
import { keysIn } from './message.js'
import type { MessageProblems } from './problems.js'
import { readCause } from './read-cause.js'
import { readContent, type Piece } from './read-content.js'
import { readChatCalls } from './read-tool-message.js'
import { wordKeys } from './word-keys.js'

/** Reads a message of the caller or the agent: words or keys, and calls and results that stand beside them. */
export function readSpeech(message: Fields, by: 'caller' | 'agent', problems: MessageProblems): Happening[] {
  const content = message.take('content')
  const pieces = readContent(content, message.at('content'), by, problems)
  const refusal = message.see('refusal')
  if (by === 'agent' && typeof refusal === 'string') {
    message.take('refusal')
    pieces.push({ type: 'text', text: refusal })
  }
  const calls = by === 'agent' ? readChatCalls(message, problems) : []
  message.take('name')
  if (saysSomething(content)) loseOtherWords(message, content, problems)
  const keys = keysOf(message, by, pieces, problems)
  if (keys !== undefined) return [{ type: 'dtmf', by, digits: keys }, ...calls]
  if ((content === undefined || content === null) && pieces.length === 0 && calls.length === 0) {
    problems.pass('It has no content.', message.at('content'))
  }
  return [...saidIn(pieces, message, by, problems), ...calls]
}

/** Words beside the content, which may be what a check is about. */
function loseOtherWords(message: Fields, content: unknown, problems: MessageProblems): void {
  for (const key of wordKeys) {
    const words = message.take(key)
    if (saysSomething(words) && words !== content) problems.lose(`Words belong in content: ${key} is not read.`, message.at(key))
  }
}

/** The keys that were pressed, if the message is nothing but keys. */
function keysOf(message: Fields, by: 'caller' | 'agent', pieces: readonly Piece[], problems: MessageProblems): string | undefined {
  const digits = message.take('digits')
  const [piece] = pieces
  const text = piece?.type === 'text' ? piece.text : undefined
  const isText = pieces.length === 0 || (pieces.length === 1 && text !== undefined)
  if (digits === undefined) return by === 'caller' && isText && text !== undefined ? keysIn(text) : undefined
  if (digits === null) return undefined
  const isOnlyKeys = isText && (text === undefined || text.trim() === '' || text === digits || keysIn(text) === digits)
  if (typeof digits === 'string' && digits !== '' && areTelephoneKeys(digits) && isOnlyKeys) return digits
  const isWrong = isOnlyKeys || typeof digits !== 'string'
  problems.pass(
    isWrong ? 'Telephone keys are 0-9, *, # and A-D.' : 'A message has either words or telephone keys: the words are read.',
    message.at('digits'),
  )
  return by === 'caller' && isText && text !== undefined ? keysIn(text) : undefined
}

function saidIn(pieces: readonly Piece[], message: Fields, by: 'caller' | 'agent', problems: MessageProblems): Happening[] {
  const last = pieces.findLast(({ type }) => type === 'text')
  const isCut = last !== undefined && message.see('cut') === true
  message.takeIf(['cut'], () => isCut)
  const happenings: Happening[] = pieces.flatMap((piece): Happening | [] => {
    if (piece.type !== 'text') return piece
    const cut = isCut && piece === last
    return piece.text.trim() === '' && !cut ? [] : { type: 'said', by, text: piece.text, ...(cut && { cut }) }
  })
  if (by === 'agent' || !happenings.some(({ type }) => type === 'said')) return happenings
  const cause = readCause(message, problems)
  return cause ? happenings.map(each => (each.type === 'said' ? { ...each, cause } : each)) : happenings
}
