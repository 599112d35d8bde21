import { excerpt } from '../excerpt.js'
import { isRecord } from '../json-value.js'
import { quote } from '../message-words.js'
import { Fields, reportUnread } from './fields.js'
import type { MessageProblems, PlaceInMessage } from './problems.js'
import { markedResult, orNone, takeArguments, takeId, takeName, type Called, type Returned } from './read-tool.js'
import { readValue } from './read-value.js'

/** A piece of a content: words, or a call or result among them. */
export type Piece = Called | Returned | { readonly type: 'text'; readonly text: string }

const callParts = ['tool_use', 'tool_call', 'tool-call', 'function_call']
const resultParts = ['tool_result', 'tool-result']
const thoughtParts = ['thinking', 'redacted_thinking', 'reasoning']

/** Whether a content has parts that are tool results. */
export function hasResultParts(content: unknown): content is unknown[] {
  return Array.isArray(content) && content.some(part => isRecord(part) && resultParts.includes(part['type'] as string))
}

/** The pieces of a content, in order. The texts of neighbouring parts are one. */
export function readContent(content: unknown, path: PlaceInMessage, by: 'caller' | 'agent', problems: MessageProblems): Piece[] {
  if (content === undefined || content === null) return []
  if (typeof content === 'string') return [{ type: 'text', text: content }]
  if (isRecord(content)) return [readPart(content, path, by, problems) ?? []].flat()
  if (!Array.isArray(content)) {
    problems.lose('This must be text, or a list of parts with a text.', path)
    return []
  }
  const pieces: Piece[] = []
  for (const [index, part] of content.entries()) {
    const piece = readPart(part, [...path, index], by, problems)
    const last = pieces.at(-1)
    if (piece?.type === 'text' && last?.type === 'text') pieces[pieces.length - 1] = { type: 'text', text: `${last.text}\n${piece.text}` }
    else if (piece) pieces.push(piece)
  }
  return pieces
}

/** The text of a content that consists of nothing but texts; `undefined` if it has anything else. */
export function plainText(content: unknown): string | undefined {
  if (!Array.isArray(content) || content.length === 0) return undefined
  const texts = content.map((part: unknown) => (isRecord(part) && isTextPart(part) ? part['text'] : undefined))
  return texts.every(text => typeof text === 'string') ? texts.join('\n') : undefined
}

function isTextPart(part: Readonly<Record<string, unknown>>): boolean {
  return part['type'] === 'text' && Object.keys(part).length === 2
}

function readPart(part: unknown, path: PlaceInMessage, by: 'caller' | 'agent', problems: MessageProblems): Piece | undefined {
  if (typeof part === 'string') return { type: 'text', text: part }
  if (!isRecord(part)) {
    problems.lose('This part is not text.', path)
    return undefined
  }
  const fields = new Fields(part, path)
  const type = fields.take('type')
  const kind = typeof type === 'string' ? type : ''
  if (callParts.includes(kind)) return readCallPart(fields, by, problems)
  if (resultParts.includes(kind)) return readResultPart(fields, problems)
  if (thoughtParts.includes(kind)) {
    problems.pass('This part is a thought that nobody says, so it is not read.', path)
    return undefined
  }
  const text = fields.take(kind === 'refusal' ? 'refusal' : 'text')
  if (typeof text === 'string') {
    reportUnread(fields, false, problems)
    return { type: 'text', text }
  }
  problems.lose(`This part is not text${kind === '' ? '' : `, but ${quote(excerpt(kind, 60))}`}.`, path)
  return undefined
}

function readCallPart(fields: Fields, by: 'caller' | 'agent', problems: MessageProblems): Called | undefined {
  const name = takeName(fields)
  if (by === 'caller' || name === undefined) {
    problems.lose(by === 'caller' ? 'Only the agent calls tools.' : 'This call names no function: it has no name.', fields.path)
    return undefined
  }
  const args = takeArguments(fields, problems)
  const id = takeId(fields)
  reportUnread(fields, args === undefined, problems)
  return { type: 'tool_called', by: 'agent', ...id, name, arguments: orNone(args) }
}

function readResultPart(fields: Fields, problems: MessageProblems): Returned {
  const name = takeName(fields)
  const id = takeId(fields)
  const key = ['content', 'result', 'output'].find(each => fields.see(each) !== undefined)
  const content = key === undefined ? undefined : fields.take(key)
  const result = readValue(plainText(content) ?? content ?? null, fields.at(key ?? 'content'), problems)
  const marked = markedResult(result, fields)
  reportUnread(fields, content === undefined, problems)
  return { type: 'tool_returned', by: 'agent', ...id, ...(name !== undefined && { name }), result: marked }
}
