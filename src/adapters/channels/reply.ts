import type { Place } from '../../domain/place.js'
import { exactlyParsedOf, writtenOf } from '../../domain/exact-number.js'
import { isRecord } from '../../domain/json-value.js'
import { isTooDeepInTexts } from '../../domain/nesting.js'
import { FaultError, type Fault } from '../../domain/fault.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import { Fields } from '../../domain/wire/fields.js'
import { argumentsOf, takeId, takeName } from '../../domain/wire/read-tool.js'
import type { AgentEvent } from '../../ports/channel.js'
import { thoughtsAmong, thoughtTypes, withoutOpeningThoughts } from './thinking.js'

/** An agent's answer to one turn, not yet checked. */
export interface Reply {
  /** A string, or a list of strings and of messages such as `{ text }`. */
  readonly words: unknown
  /** A list of `{ id?, name, arguments?, result? }`, or of OpenAI's `{ id, function: { name, arguments } }`. */
  readonly toolCalls: unknown
  readonly ended: boolean
  readonly metadata: unknown
}

/** How messages refer to the parts of a reply. */
export interface ReplyNames {
  /** The address or module that answered. */
  readonly place: Place
  readonly toolCalls: string
}

/**
 * What the agent did in a turn, in order: tools, words, metadata, and that it yields or hangs up.
 *
 * @param said  The reply's words; see {@link wordsOf}.
 * @throws {FaultError} when the reply is empty, or a tool call cannot be read.
 */
export function eventsOf(reply: Reply, said: readonly string[], names: ReplyNames, atS: number): AgentEvent[] {
  const events: AgentEvent[] = []
  events.push(...toolEventsOf(reply.toolCalls, names, atS))
  if (said.length === 0 && events.length === 0 && !reply.ended) {
    throw new FaultError(replyFaults.noWords(names))
  }
  for (const text of said) events.push({ type: 'said', text, startS: atS, endS: atS })
  if (isRecord(reply.metadata)) events.push({ type: 'metadata', data: reply.metadata })
  events.push(reply.ended ? { type: 'ended', afterWords: said.length > 0, atS } : { type: 'yielded' })
  return events
}

/** The tool calls of a reply, each with its result if there is one. @throws {FaultError} when one cannot be read. */
export function toolEventsOf(toolCalls: unknown, names: ReplyNames, atS: number): AgentEvent[] {
  return listOf(toolCalls, names).flatMap(call => toolEvents(call, names, atS))
}

/** The result of `read`, or the fault it throws as an event. */
export function eventsOrFault<Read>(read: () => Read): Read | AgentEvent[] {
  try {
    return read()
  } catch (error) {
    if (error instanceof FaultError) return [broke(error.fault)]
    throw error
  }
}

export function broke(fault: Fault): AgentEvent {
  return { type: 'broke', fault }
}

/** What a reply says, and what its model only thought: in content blocks, or in `<think>` at the beginning of a message. */
export interface Spoken {
  readonly said: string[]
  readonly thoughts: string[]
}

/** More in one answer would keep all other conversations waiting. */
const mostAtOnce = 20_000

/**
 * @returns `undefined` if the words are none; see {@link wordsOf}.
 * @throws {FaultError} when there are too many messages at once.
 */
export function spokenOf(words: unknown, { place }: Pick<ReplyNames, 'place'>): Spoken | undefined {
  if (Array.isArray(words) && words.length > mostAtOnce)
    throw new FaultError(replyFaults.tooManyAtOnce({ place, most: mostAtOnce, what: 'messages' }))
  const messages = wordsOf(words)?.map(text => withoutOpeningThoughts(text))
  if (!messages) return undefined
  return {
    said: messages.flatMap(({ text }) => (text.trim() === '' ? [] : text)),
    thoughts: [...thoughtsAmong(words), ...messages.flatMap(({ thoughts }) => thoughts)],
  }
}

/**
 * The messages in a reply's words, without blank ones, whose white space belongs to the words that follow: a text, or a list of texts, of messages such as `{ text }` or
 * `{ content }`, and of content blocks, of which neighbouring texts are one message. Pictures and tools among them say nothing.
 *
 * @returns `undefined` if the value, or an item of it, is none of these.
 */
export function wordsOf(words: unknown): string[] | undefined {
  const pieces = piecesOf(words)
  if (!pieces) return undefined
  const messages: string[] = []
  let blank = ''
  for (const text of pieces) {
    const piece = blank + text
    const isBlank = text.trim() === ''
    blank = isBlank ? piece.slice(0, longestBlank) : ''
    if (!isBlank) messages.push(piece)
  }
  return messages
}

/** The texts in a reply's words, blank ones too. @returns `undefined` as {@link wordsOf}. */
export function piecesOf(words: unknown): string[] | undefined {
  return isRecord(words) ? undefined : textsOf(words, 0)
}

/** White space longer than this is dropped before words. */
const longestBlank = 1_000

/** Messages hold content, which holds blocks. */
const deepestWords = 4

function textsOf(words: unknown, depth: number): string[] | undefined {
  if (typeof words === 'string') return [words]
  if (depth > deepestWords) return undefined
  if (isRecord(words)) {
    const holder = ['text', 'content', 'message'].find(key => words[key] !== undefined && words[key] !== null)
    if (holder !== undefined && !wordless.has(words['type'])) return textsOf(words[holder], depth + 1)
    return wordless.has(words['type']) || wordlessKeys.some(key => key in words) ? [] : undefined
  }
  if (!Array.isArray(words)) return undefined
  const texts: string[] = []
  let wasBlock = false
  for (const item of words as readonly unknown[]) {
    const found = textsOf(item, depth + 1)
    if (!found) return undefined
    const isBlock = isRecord(item) && item['type'] === 'text'
    if (isBlock && wasBlock) texts.push(`${texts.pop() ?? ''}${found.join('')}`)
    else for (const text of found) texts.push(text)
    wasBlock = isBlock
  }
  return texts
}

/** Types of content blocks that nobody says. */
const wordless: ReadonlySet<unknown> = new Set([
  ...thoughtTypes,
  'tool_use',
  'server_tool_use',
  'tool_result',
  'tool_call',
  'function_call',
  'image',
  'image_url',
  'audio',
  'file',
])
/** Keys of messages without words, such as those of Rasa. */
const wordlessKeys = ['image', 'attachment', 'custom', 'json_message', 'tool_calls'] as const

/** A tool call's id, if it has one. */
export function idOf(value: unknown): { id?: string } {
  return typeof value === 'string' ? { id: value } : writtenOf(value) === undefined ? {} : { id: writtenOf(value)! }
}

function listOf(toolCalls: unknown, names: ReplyNames): readonly unknown[] {
  if (toolCalls === undefined || toolCalls === null) return []
  if (Array.isArray(toolCalls) && toolCalls.length > mostAtOnce)
    throw new FaultError(replyFaults.tooManyAtOnce({ place: names.place, most: mostAtOnce, what: 'tool calls' }))
  // Calls may be content blocks among others.
  if (Array.isArray(toolCalls)) return toolCalls.filter(each => !isRecord(each) || !wordBlocks.has(each['type']))
  throw new FaultError(replyFaults.toolCallsNotList({ place: names.place, pointer: names.toolCalls }))
}

const wordBlocks: ReadonlySet<unknown> = new Set(['text', ...thoughtTypes])

function toolEvents(call: unknown, names: ReplyNames, atS: number): AgentEvent[] {
  const outer = new Fields(isRecord(call) ? call : {})
  const inner = ['function', 'functionCall', 'function_call'].map(key => outer.inner(key)).find(fields => fields !== undefined)
  const name = takeName(inner ?? outer)
  if (!isRecord(call) || name === undefined) {
    throw new FaultError(replyFaults.toolCallUnnamed({ place: names.place, pointer: names.toolCalls }))
  }
  if ([call, ...Object.values(call)].some(each => isRecord(each) && isTooDeepInTexts(each))) {
    throw new FaultError(replyFaults.tooDeep({ place: names.place }))
  }
  const id = takeId(outer, inner)
  const called: AgentEvent = { type: 'tool_called', ...id, name, arguments: argumentsOf(inner ?? outer), atS }
  if (!('result' in call)) return [called]
  return [called, { type: 'tool_returned', ...id, name, result: exactlyParsedOf(call['result']), atS }]
}
