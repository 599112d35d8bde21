import type { Place } from '../../../domain/place.js'
import { isRecord } from '../../../domain/json-value.js'
import { FaultError } from '../../../domain/fault.js'
import type { AgentEvent, Call } from '../../../ports/channel.js'
import type { ConnectionOf } from '../../../domain/connection.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import type { Detour, Dialect } from '../http/dialect.js'
import { pointerSegments, valueAt } from '../../../domain/json-pointer.js'
import { describeMiss } from '../http/pointer.js'
import type { Request } from '../http/request-pool.js'
import { openChatStream } from './chat-stream.js'
import { errorIn } from '../error-in.js'
import { broke, eventsOf } from '../reply.js'
import { thoughtEvents } from '../thinking.js'
import { unfinishedIn } from './finish-reason.js'
import { callsIn } from './calls-in.js'
import { spokenIn } from './spoken-in.js'
import { createToolAnswers } from './tool-answers.js'

/** The result for a tool that did not run: JSON, as tool results are, and not empty, because some servers refuse that. */
const unknownResult = '{"result":null}'

/** How many times in one turn the agent may call mock tools. */
const maxDetours = 20

/** Where the agent answers chat completions. */
export interface ChatEndpoint {
  readonly path: string
  /** Alternating names and values. */
  readonly headers: string[]
  /** What messages call the agent. */
  readonly place: Place
}

/** The dialect of one conversation. It keeps the messages as the JSON it sends. */
export function chatDialect(connection: ConnectionOf<'openai'>, { path, headers, place }: ChatEndpoint, call: Call): Dialect {
  const mocks = createToolAnswers(connection.tools, call)
  const { model, parameters, stream } = connection
  const rest = JSON.stringify({
    ...parameters,
    model,
    ...(stream && { stream: true }),
    ...(mocks.definitions && { tools: mocks.definitions }),
  }).slice(1)
  const messages: string[] = []
  let detours = 0
  if (connection.system) remember({ role: 'system', content: connection.system })
  return {
    request: words => {
      detours = 0
      remember({ role: 'user', content: words })
      return request()
    },
    read: (json, _answer, atS) => read(json, atS),
    ...(stream && { stream: () => openChatStream(place, read) }),
  }

  function read(json: unknown, atS: number): AgentEvent[] | Detour {
    const choices = valueAt(json, ['choices'])
    if (Array.isArray(choices) && choices.length > 1) throw new FaultError(replyFaults.severalChoices({ place }))
    const message = valueAt(json, messageSegments)
    const spoken = isRecord(message) ? spokenIn(message) : undefined
    if (!isRecord(message) || !spoken) {
      const seen = describeMiss(json, messagePointer, place.mask)
      throw new FaultError(replyFaults.notChatCompletions({ place, pointer: `${messagePointer}/content`, seen }))
    }
    const said = spoken.text.trim() === '' ? [] : [spoken.text]
    const thoughts = thoughtEvents(spoken.thoughts, atS)
    const choice = valueAt(json, ['choices', '0'])
    const error = errorIn(json) ?? errorIn(choice)
    const unfinished = unfinishedIn(json, choice)
    if (error !== undefined || unfinished) {
      // The words so far are shown, but are no answer: neither a check nor a mock tool acts on half of one.
      return [
        ...thoughts,
        ...said.map(text => ({ type: 'said' as const, text, startS: atS, endS: atS })),
        broke(unfinished ? replyFaults.cutOff({ place, ...unfinished }) : replyFaults.answeredError({ place, text: error ?? '' })),
      ]
    }
    const toolCalls = withIds(callsIn(message, place))
    const reply = { words: said, toolCalls, ended: false, metadata: undefined }
    const events = [...thoughts, ...eventsOf(reply, said, { place, toolCalls: `${messagePointer}/tool_calls` }, atS)]
    const calls = Array.isArray(toolCalls) && toolCalls.length > 0 ? toolCalls : undefined
    remember({ role: 'assistant', content: said[0] ?? null, ...(calls && { tool_calls: calls }) })
    if (!events.some(mocks.areFor)) {
      for (const { id } of calls ?? []) rememberResult(id, unknownResult)
      return events
    }
    detours += 1
    if (detours > maxDetours) throw new FaultError(replyFaults.toolLoop({ place, times: maxDetours }))
    return detour(events)
  }

  /** Answers all calls at once, as most agents expect. Words said before the calls stay before them. */
  function detour(events: readonly AgentEvent[]): Detour {
    const calls = events.filter(event => event.type === 'tool_called')
    return {
      events: [...events.filter(({ type }) => type === 'said' || type === 'thought'), ...calls],
      onward: async (hear, signal) => {
        const results = await Promise.all(calls.map(async each => (mocks.areFor(each) ? mocks.answer(each, hear, signal) : unknownResult)))
        for (const [index, result] of results.entries()) rememberResult(calls[index]?.id, result)
        return request()
      },
    }
  }

  function request(): Request {
    return { method: 'POST', path, headers, body: `{"messages":[${messages.join(',')}],${rest}` }
  }

  /** Gives every tool call an id, because results refer to it and some servers leave it out. */
  function withIds(toolCalls: unknown): unknown {
    if (!Array.isArray(toolCalls)) return toolCalls
    return toolCalls.map((each: unknown, index) =>
      isRecord(each) && typeof each['id'] !== 'string' ? { ...each, id: `call_${messages.length}_${index}` } : each,
    )
  }

  function rememberResult(id: unknown, content: string): void {
    remember({ role: 'tool', tool_call_id: id, content })
  }

  function remember(message: object): void {
    messages.push(JSON.stringify(message))
  }
}

const messagePointer = '/choices/0/message'
const messageSegments = pointerSegments(messagePointer)
