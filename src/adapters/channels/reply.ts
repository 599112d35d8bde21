import type { Place } from '../../domain/place.js'
import { writtenOf } from '../../domain/exact-number.js'
import { isRecord } from '../../domain/json-value.js'
import { FaultError, type Fault } from '../../domain/fault.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import type { AgentEvent } from '../../ports/channel.js'
import { isNamed, readCall } from './read-call.js'
import { thoughtsAmong, thoughtTypes, withoutOpeningThoughts } from './thinking.js'
import { wordsOf } from './words-of.js'

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
  if ((reply.toolCalls ?? null) !== null) events.push(...toolEventsOf(reply.toolCalls, names, atS))
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
  readonly thoughts: readonly string[]
}

/** More in one answer would keep all other conversations waiting. */
const mostAtOnce = 5_000

/**
 * @returns `undefined` if the words are none; see {@link wordsOf}.
 * @throws {FaultError} when there are too many messages at once.
 */
export function spokenOf(words: unknown, { place }: Pick<ReplyNames, 'place'>): Spoken | undefined {
  if (Array.isArray(words) && words.length > mostAtOnce)
    throw new FaultError(replyFaults.tooManyAtOnce({ place, most: mostAtOnce, what: 'messages' }))
  if (typeof words === 'string') return spokenInText(words)
  const messages = wordsOf(words)?.map(text => withoutOpeningThoughts(text))
  if (!messages) return undefined
  return {
    said: messages.flatMap(({ text }) => (text.trim() === '' ? [] : text)),
    thoughts: [...thoughtsAmong(words), ...messages.flatMap(({ thoughts }) => thoughts)],
  }
}

function spokenInText(words: string): Spoken {
  const { text, thoughts } = withoutOpeningThoughts(words)
  return { said: text.trim() === '' ? [] : [text], thoughts }
}

/** A tool call's id, if it has one. */
export function idOf(value: unknown): { id?: string } {
  return typeof value === 'string' ? { id: value } : writtenOf(value) === undefined ? {} : { id: writtenOf(value)! }
}

function listOf(toolCalls: unknown, names: ReplyNames): readonly unknown[] {
  if (toolCalls === undefined || toolCalls === null) return []
  if (Array.isArray(toolCalls) && toolCalls.length > mostAtOnce)
    throw new FaultError(replyFaults.tooManyAtOnce({ place: names.place, most: mostAtOnce, what: 'tool calls' }))
  // Calls may be content blocks among others.
  if (Array.isArray(toolCalls)) return toolCalls.filter(each => !isRecord(each) || !wordBlocks.has(each['type']) || isNamed(each))
  throw new FaultError(replyFaults.toolCallsNotList({ place: names.place, pointer: names.toolCalls }))
}

const wordBlocks: ReadonlySet<unknown> = new Set(['text', ...thoughtTypes])

function toolEvents(call: unknown, names: ReplyNames, atS: number): AgentEvent[] {
  const { place, toolCalls: pointer } = names
  const read = readCall(call, atS)
  if (read === 'unnamed') throw new FaultError(replyFaults.toolCallUnnamed({ place, pointer }))
  if (read === 'ambiguous') throw new FaultError(replyFaults.toolCallAmbiguous({ place, pointer }))
  if (read === 'too deep') throw new FaultError(replyFaults.tooDeep({ place }))
  return read
}
