import type { Place } from '../../domain/place.js'
import { isRecord, parsedOf } from '../../domain/json-value.js'
import { FaultError, type Fault } from '../../domain/fault.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import { Fields } from '../../domain/wire/fields.js'
import { argumentsOf, takeId, takeName } from '../../domain/wire/read-tool.js'
import type { AgentEvent } from '../../ports/channel.js'

/** An agent's answer to one turn, not yet checked. */
export interface Reply {
  /** A string, or a list of strings for several messages. */
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
  for (const call of listOf(reply.toolCalls, names)) events.push(...toolEvents(call, names, atS))
  if (said.length === 0 && events.length === 0 && !reply.ended) {
    throw new FaultError(replyFaults.noWords(names))
  }
  for (const text of said) events.push({ type: 'said', text, startS: atS, endS: atS })
  if (isRecord(reply.metadata)) events.push({ type: 'metadata', data: reply.metadata })
  events.push(reply.ended ? { type: 'ended', afterWords: said.length > 0, atS } : { type: 'yielded' })
  return events
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

/** The messages in a reply's words, without blank ones; `undefined` if the value is not words. */
export function wordsOf(words: unknown): string[] | undefined {
  const list: readonly unknown[] = Array.isArray(words) ? words : [words]
  return list.every(item => typeof item === 'string') ? list.filter(text => text.trim() !== '') : undefined
}

/** A tool call's id, if it has one. */
export function idOf(value: unknown): { id?: string } {
  return typeof value === 'string' || typeof value === 'number' ? { id: String(value) } : {}
}

function listOf(toolCalls: unknown, names: ReplyNames): readonly unknown[] {
  if (toolCalls === undefined || toolCalls === null) return []
  if (Array.isArray(toolCalls)) return toolCalls
  throw new FaultError(replyFaults.toolCallsNotList({ place: names.place, pointer: names.toolCalls }))
}

function toolEvents(call: unknown, names: ReplyNames, atS: number): AgentEvent[] {
  const outer = new Fields(isRecord(call) ? call : {})
  const inner = ['function', 'functionCall', 'function_call'].map(key => outer.inner(key)).find(fields => fields !== undefined)
  const name = takeName(inner ?? outer)
  if (!isRecord(call) || name === undefined) {
    throw new FaultError(replyFaults.toolCallUnnamed({ place: names.place, pointer: names.toolCalls }))
  }
  const id = takeId(outer, inner)
  const called: AgentEvent = { type: 'tool_called', ...id, name, arguments: argumentsOf(inner ?? outer), atS }
  if (!('result' in call)) return [called]
  return [called, { type: 'tool_returned', ...id, name, result: parsedOf(call['result']), atS }]
}
