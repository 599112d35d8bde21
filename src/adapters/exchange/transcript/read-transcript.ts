import { isRecord, parsedOf } from '../../../domain/json-value.js'
import type { Loss, Problem } from '../finding.js'
import type { Path } from '../path.js'
import { isSpoken, type Conversation, type Moment, type ReadTranscripts } from './conversation.js'
import { momentsInText } from './read-text-transcript.js'
import { knownRoles, roleOf } from './roles.js'

/** What holds the messages of a conversation, in the order of preference: our API's names, then those of others. */
const messageFields = ['transcript_object', 'transcript_json', 'messages', 'transcript'] as const

/**
 * Reads conversations: a list of messages, as chat completions have them or as the run-scenarios API does; an object that
 * holds one, such as a run; a list of those; or a result with its runs.
 *
 * @param json  The document, parsed.
 */
export function readTranscripts(json: unknown): ReadTranscripts {
  const holders = holdersIn(json, [])
  const problems: Problem[] = []
  const empty: Loss[] = []
  const conversations = holders.flatMap(({ value, at }) => {
    const conversation = readHolder(value, at, problems)
    if (conversation && isSpoken(conversation)) return conversation
    empty.push({
      at,
      message: conversation ? 'The caller says nothing in it.' : 'There is no conversation in it: no messages with a role and a content.',
    })
    return []
  })
  if (problems.length > 0 || conversations.length > 0) return { conversations, problems, losses: empty }
  return { conversations, problems: empty, losses: [] }
}

/** Whether a document holds conversations, rather than a test suite. */
export function isTranscript(json: unknown): boolean {
  if (Array.isArray(json)) return json.some(each => isMessage(each) || isTranscript(each))
  if (!isRecord(json)) return false
  return messageFields.some(name => name in json) || isRecord(json['runs'])
}

interface Holder {
  readonly value: unknown
  readonly at: Path
}

function holdersIn(json: unknown, at: Path): Holder[] {
  if (isRecord(json) && isRecord(json['runs'])) {
    return Object.entries(json['runs']).map(([id, value]) => ({ value, at: [...at, 'runs', id] }))
  }
  if (Array.isArray(json) && json.some(each => isTranscript(each) && !isMessage(each))) {
    return json.map((value, index) => ({ value, at: [...at, index] }))
  }
  return [{ value: json, at }]
}

function isMessage(value: unknown): boolean {
  return isRecord(value) && typeof value['role'] === 'string'
}

function readHolder(value: unknown, at: Path, problems: Problem[]): Conversation | undefined {
  if (Array.isArray(value)) return { moments: momentsIn(value, at, problems) }
  const field = isRecord(value) && messageFields.find(name => hasWords(value[name]))
  if (!isRecord(value) || !field) return undefined
  const held = value[field]
  const place = [...at, field]
  const moments =
    typeof held === 'string' ? momentsInText(held).map(moment => ({ ...moment, at: place })) : momentsIn(held as unknown[], place, problems)
  const name = [value['scenario_name'], value['name'], value['call_id']].find(each => typeof each === 'string' && each.trim() !== '')
  const endedBy = endingOf(value)
  return { moments, ...(typeof name === 'string' && { name }), ...(endedBy && { endedBy }) }
}

function hasWords(held: unknown): boolean {
  return Array.isArray(held) ? held.length > 0 : typeof held === 'string' && held.trim() !== ''
}

/** By the run-scenarios API's names, and those that the telephony of others uses. */
function endingOf(run: Readonly<Record<string, unknown>>): Conversation['endedBy'] {
  const metadata = isRecord(run['metadata']) ? run['metadata'] : {}
  const reason = metadata['ended_reason'] ?? run['ended_reason'] ?? run['call_ended_reason']
  if (typeof reason !== 'string') return undefined
  if (/^(main agent|assistant|agent)[- ](ended|said)/i.test(reason)) return 'agent'
  if (/^(testing agent|customer|caller|user)[- ]ended/i.test(reason)) return 'caller'
  return /exceeded|silence|timed[- ]out/i.test(reason) ? 'limit' : undefined
}

function momentsIn(messages: readonly unknown[], at: Path, problems: Problem[]): Moment[] {
  return messages.flatMap((message, index) => readMessage(message, [...at, index], problems))
}

function readMessage(message: unknown, at: Path, problems: Problem[]): Moment[] {
  if (!isRecord(message)) {
    problems.push({ at, message: 'A message is an object with a role and a content.' })
    return []
  }
  const role = typeof message['role'] === 'string' ? roleOf(message['role']) : undefined
  if (!role) {
    problems.push({ at: [...at, 'role'], message: `Nobody is known by this role. The roles are: ${knownRoles}.` })
    return []
  }
  if (role === 'unheard' || role === 'result') return []
  if (role === 'call') return readCall(message, at, problems)
  const text = wordsOf(message['content'])
  if (text === undefined) {
    problems.push({ at: [...at, 'content'], message: 'This has to be text, or a list of parts with a text.' })
    return []
  }
  const said: Moment[] = text.trim() === '' ? [] : [{ type: 'said', by: role, text: text.trim(), at }]
  return [...said, ...callsIn(message, at)]
}

function wordsOf(content: unknown): string | undefined {
  if (content === null || content === undefined) return ''
  if (typeof content === 'string') return content
  if (!Array.isArray(content)) return undefined
  return content.map(part => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : '')).join('')
}

/** The run-scenarios API's form: `data` with a name and arguments. */
function readCall(message: Readonly<Record<string, unknown>>, at: Path, problems: Problem[]): Moment[] {
  const data = isRecord(message['data']) ? message['data'] : isRecord(parsedOf(message['content'])) ? parsedOf(message['content']) : message
  const name = isRecord(data) ? data['name'] : undefined
  if (!isRecord(data) || typeof name !== 'string' || name === '') {
    problems.push({ at, message: 'This call does not say of which function: data has no name.' })
    return []
  }
  return [{ type: 'tool_called', name, arguments: parsedOf(data['arguments']), at }]
}

/** The form of chat completions. */
function callsIn(message: Readonly<Record<string, unknown>>, at: Path): Moment[] {
  const calls = [...(Array.isArray(message['tool_calls']) ? message['tool_calls'] : []), message['function_call']]
  return calls.flatMap((call): Moment[] => {
    const called = isRecord(call) && isRecord(call['function']) ? call['function'] : call
    if (!isRecord(called) || typeof called['name'] !== 'string') return []
    return [{ type: 'tool_called', name: called['name'], arguments: parsedOf(called['arguments']), at }]
  })
}
