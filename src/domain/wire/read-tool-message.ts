import { exactlyParsedOf } from '../exact-number.js'
import { jsonEqual } from '../json-equal.js'
import { isRecord, parsedOf } from '../json-value.js'
import { Fields, reportUnread, saysSomething } from './fields.js'
import type { Happening } from './happening.js'
import { callText } from './message.js'
import { MessageProblems } from './problems.js'
import { hasResultParts, plainText, readContent } from './read-content.js'
import { markedResult, namesTool, orNone, takeArguments, takeId, takeName, type Called } from './read-tool.js'
import { readValue } from './read-value.js'

/**
 * Reads a message that is a call. Name and arguments are in `data`, in the message itself, or in its content: as an object,
 * as JSON or as `name(arguments)`.
 */
export function readCallMessage(message: Fields, problems: MessageProblems): Happening[] {
  const content = message.see('content')
  const data = message.inner('data')
  const beside = [data, message].find(fields => fields && namesTool(fields))
  const source = beside ?? callIn(content, message)
  const name = source && takeName(source, message)
  if (!source || name === undefined) {
    if (Array.isArray(content)) return callParts(message, problems)
    problems.lose('This call names no function: data has no name.')
    message.leave()
    return []
  }
  if (source === data) message.take('data')
  message.take('content')
  const args = takeArguments(source, problems)
  const called: Called = { type: 'tool_called', by: 'agent', ...takeId(source, message), name, arguments: orNone(args) }
  if (source !== message) reportUnread(source, args === undefined, problems)
  if (beside && saysSomething(content) && !isSameCall(content, message, called)) {
    const told = 'The content says something else than the call, so it is not read.'
    if (args === undefined) problems.lose(told, message.at('content'))
    else problems.pass(told, message.at('content'))
  }
  return [called]
}

/** Reads a message that is a result: in `data`, in the message itself, or its content. */
export function readResultMessage(message: Fields, problems: MessageProblems): Happening[] {
  const content = message.take('content')
  if (hasResultParts(content)) return resultParts(content, message, problems)
  const data = message.inner('data')
  if (data) message.take('data')
  const name = takeName(data, message)
  const id = takeId(data, message)
  const isUnmatched = data?.see('unmatched') === true
  data?.takeIf(['unmatched'], () => isUnmatched)
  const written = readValue(plainText(content) ?? content ?? null, message.at('content'), problems)
  const source = [data, message].find(fields => (fields?.see('result') ?? undefined) !== undefined)
  const result = source ? readValue(source.take('result'), source.at('result'), problems) : written
  if (source && saysSomething(written) && !jsonEqual(written, result)) {
    problems.pass('The content says something else than the result, so it is not read.', message.at('content'))
  }
  const marked = markedResult(result, data, message)
  if (data) reportUnread(data, !source && content === undefined, problems)
  return [
    {
      type: 'tool_returned',
      by: 'agent',
      ...id,
      ...(name !== undefined && { name }),
      result: marked,
      ...(isUnmatched && { unmatched: true }),
    },
  ]
}

/** The calls in an agent's message of chat completions. */
export function readChatCalls(message: Fields, problems: MessageProblems): Happening[] {
  const several = message.take('tool_calls')
  const calls = Array.isArray(several) ? several.map((call: unknown, index) => chatCall(call, [...message.at('tool_calls'), index])) : []
  if (!Array.isArray(several) && saysSomething(several)) problems.lose('This must be a list of calls.', message.at('tool_calls'))
  const single = message.take('function_call')
  if (saysSomething(single)) calls.push(chatCall(single, message.at('function_call')))
  return calls.flat()

  function chatCall(value: unknown, path: readonly (string | number)[]): Happening[] {
    const outer = new Fields(isRecord(value) ? value : {}, path)
    const inner = outer.inner('function')
    if (inner) outer.take('function')
    const call = inner ?? outer
    const name = takeName(call, outer)
    if (name === undefined) {
      problems.lose('A call names no function: it has no name.', path)
      return []
    }
    const args = takeArguments(call, problems)
    const id = takeId(call, outer)
    reportUnread(call, args === undefined, problems)
    if (inner) reportUnread(outer, args === undefined, problems)
    return [{ type: 'tool_called', by: 'agent', ...id, name, arguments: orNone(args) }]
  }
}

/** The call that a content is: an object, JSON, or `name(arguments)`. */
function callIn(content: unknown, message: Fields): Fields | undefined {
  const parsed = typeof content === 'string' && !/^\s*\{/.test(content) ? content : parsedOf(content)
  if (isRecord(parsed)) return new Fields(parsed, message.at('content'))
  if (typeof content !== 'string') return undefined
  const [, name, args] = /^\s*([\w.-]+)\s*\((.*)\)\s*$/s.exec(content) ?? []
  return name === undefined ? undefined : new Fields({ name, ...(args !== '' && { arguments: args }) }, message.at('content'))
}

function isSameCall(content: unknown, message: Fields, { name, arguments: args }: Called): boolean {
  if (content === name || content === callText(name, args) || jsonEqual(exactlyParsedOf(content), args)) return true
  const written = callIn(content, message)
  if (!written || takeName(written) !== name) return false
  const problems = new MessageProblems()
  const isSame = jsonEqual(orNone(takeArguments(written, problems)), args)
  takeId(written)
  return isSame && problems.found.length === 0 && written.unread().length === 0
}

function callParts(message: Fields, problems: MessageProblems): Happening[] {
  const pieces = readContent(message.take('content'), message.at('content'), 'agent', problems)
  if (pieces.some(({ type }) => type === 'text')) problems.lose('A call has no words of its own.', message.at('content'))
  return pieces.filter(piece => piece.type !== 'text')
}

function resultParts(content: unknown[], message: Fields, problems: MessageProblems): Happening[] {
  return readContent(content, message.at('content'), 'agent', problems).map(piece =>
    piece.type === 'text' ? { type: 'tool_returned', by: 'agent', result: piece.text } : piece,
  )
}
