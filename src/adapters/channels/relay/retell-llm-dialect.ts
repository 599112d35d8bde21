import { exactlyParsedOf } from '../../../domain/exact-number.js'
import { isRecord } from '../../../domain/json-value.js'
import type { AgentEvent } from '../../../ports/channel.js'
import type { FrameDialect, DialectUse } from '../framed/dialect.js'
import { readCall } from '../read-call.js'
import { eventsOrFault, idOf } from '../reply.js'
import { readMessage, textIn, type RelayMessage } from './read-message.js'
import { WordsSoFar } from './words-so-far.js'

/** A line of the transcript that each request has. */
interface TranscriptLine {
  readonly role: 'agent' | 'user'
  readonly content: string
}

/**
 * The messages of Retell to a custom LLM: ours `call_details` and `response_required` with the whole transcript; the agent's `response` in
 * pieces, of which those to an earlier request are dropped, `agent_interrupt`, tool calls and their results, `metadata`.
 *
 * @param call  The call's details.
 * @see https://docs.retellai.com/api-references/llm-websocket
 */
export function retellLlmDialect(call: object, { place, send }: DialectUse): FrameDialect {
  const words = new WordsSoFar()
  const transcript: TranscriptLine[] = []
  /** The response that is wanted. 0: the greeting. */
  let wanted = 0
  let hasAnswered = false
  const tell = (type: string, fields: object): void => send(JSON.stringify({ interaction_type: type, ...fields }))

  return {
    read: (frame, atS) => eventsOrFault(() => read(frame, atS)),
    say(part) {
      hear()
      words.cut()
      transcript.push({ role: 'user', content: part.type === 'text' ? part.text : `Pressed Button: ${part.digits}` })
      wanted += 1
      hasAnswered = false
      tell('response_required', { response_id: wanted, transcript })
    },
    end(lastWords) {
      if (lastWords === '') return
      hear()
      transcript.push({ role: 'user', content: lastWords })
      tell('update_only', { transcript, turntaking: 'agent_turn' })
    },
    unfinished: {
      get isThere() {
        return words.isThere
      },
      finish: whole,
    },
  }

  /** Writes what the agent has said so far into the transcript. */
  function hear(): void {
    if (words.text !== '') transcript.push({ role: 'agent', content: words.text })
  }

  function whole(): AgentEvent[] {
    hear()
    return words.take()
  }

  function read(frame: string, atS: number): AgentEvent[] {
    const message = readMessage(frame, 'response_type', place)
    const { type, fields, wrong } = message
    switch (type) {
      case 'response':
        if (typeof fields['response_id'] !== 'number') throw wrong('response_id is not a number')
        return fields['response_id'] === wanted ? spoken(message, atS) : []
      case 'agent_interrupt':
        return [...whole(), ...spoken(message, atS)]
      case 'tool_call_invocation':
        return called(message, atS)
      case 'tool_call_result':
        return [{ type: 'tool_returned', ...idOf(fields['tool_call_id']), result: exactlyParsedOf(fields['content']), atS }]
      case 'metadata':
        return isRecord(fields['metadata']) ? [{ type: 'metadata', data: fields['metadata'] }] : []
      case 'config':
        if (isRecord(fields['config']) && fields['config']['call_details'] === true) tell('call_details', { call })
        return []
      case 'ping_pong':
      case 'update_agent':
        return []
      default:
        throw wrong('its response_type is not one of Retell')
    }
  }

  function spoken(message: RelayMessage, atS: number): AgentEvent[] {
    const { fields } = message
    const content = textIn(message, 'content')
    if (content !== '') hasAnswered = true
    const events = content === '' ? [] : words.add(content, atS)
    const ends = fields['end_call'] === true
    if (fields['content_complete'] === true || ends) events.push(...whole())
    const [digits, number] = [textIn(message, 'digit_to_press'), textIn(message, 'transfer_number')]
    if (digits !== '') events.push({ type: 'keyed', digits, atS })
    if (number !== '') events.push({ type: 'metadata', data: { transfer: number } })
    if (ends) events.push({ type: 'ended', afterWords: hasAnswered, atS })
    return events
  }
}

function called({ fields, wrong }: RelayMessage, atS: number): AgentEvent[] {
  const events = readCall({ id: fields['tool_call_id'], name: fields['name'], arguments: fields['arguments'] }, atS)
  if (typeof events === 'string') throw wrong(events === 'too deep' ? 'its arguments nest too deeply' : 'name is not text')
  return events
}
