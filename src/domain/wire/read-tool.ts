import { isRecord, parsedOf } from '../json-value.js'
import type { Happening } from './happening.js'

type Fields = Readonly<Record<string, unknown>>

/**
 * Reads a message that is a call. Name and arguments are in `data`, in the message itself, or in its content as JSON or
 * `name(arguments)`.
 *
 * @returns `undefined` if it does not name its tool.
 */
export function readCall(message: Fields): Happening | undefined {
  return callOf(detailsOf(message), message['id'])
}

/** The calls in a chat-completions message; `undefined` for each that does not name its tool. */
export function readChatCalls(message: Fields): (Happening | undefined)[] {
  const calls: unknown[] = Array.isArray(message['tool_calls']) ? [...(message['tool_calls'] as unknown[])] : []
  if (isRecord(message['function_call'])) calls.push(message['function_call'])
  return calls.map(call => {
    if (!isRecord(call)) return undefined
    return callOf(isRecord(call['function']) ? call['function'] : call, call['id'])
  })
}

/** A tool's result: from `data`, or the content of a `tool` message. */
export function readResult(message: Fields, text: string | undefined): Happening {
  const data = isRecord(message['data']) ? message['data'] : message
  const id = idOf(data['id'] ?? message['tool_call_id'] ?? message['id'])
  const name = nameOf(data['name'] ?? message['name'])
  return {
    type: 'tool_returned',
    by: 'agent',
    ...(id !== undefined && { id }),
    ...(name !== undefined && { name }),
    result: parsedOf(data['result'] ?? text ?? null),
    ...(data['unmatched'] === true && { unmatched: true }),
  }
}

function callOf(fields: Fields | undefined, messageId: unknown): Happening | undefined {
  const name = nameOf(fields?.['name'])
  if (!fields || name === undefined) return undefined
  const id = idOf(fields['id'] ?? messageId)
  return { type: 'tool_called', by: 'agent', ...(id !== undefined && { id }), name, arguments: parsedOf(fields['arguments'] ?? {}) }
}

function detailsOf({ data, content, ...message }: Fields): Fields | undefined {
  if (isRecord(data)) return data
  if (typeof content !== 'string') return message
  const parsed = parsedOf(content)
  if (isRecord(parsed)) return parsed
  const [, name, args] = /^\s*([\w.-]+)\((.*)\)\s*$/s.exec(content) ?? []
  return name === undefined ? message : { name, ...(args !== '' && { arguments: args }) }
}

function nameOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
