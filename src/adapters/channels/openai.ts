import { FaultError } from '../../domain/outcome.js'
import type { Channel, ChannelFactory } from '../../ports/channel.js'
import { askByRequest, type Dialect } from './http/ask-by-request.js'
import { connectionOf, type ConnectionOf } from './connection-of.js'
import { refuseForbidden } from './egress.js'
import { agentFault, placeOf } from './faults.js'
import { authorizationIn, checkHeaderNames, headerValue, mergeHeaders, variableHeaders } from './headers.js'
import { compilePointer, describeMiss } from './http/pointer.js'
import { eventsOf, isRecord, wordsOf } from './reply.js'
import { openRequestPool } from './http/request-pool.js'
import { strictConversation } from './strict-conversation.js'

/**
 * Chat completions: each turn sends the whole conversation, and the first choice answers.
 *
 * Tools are reported, not run. The API asks for a result of each call before the next turn, so each gets `unknownResult`;
 * where the agent called tools and said nothing, its turn is over, and the caller speaks next.
 */
export const openaiChannel: ChannelFactory = (agent, { clock, concurrency, egress }): Channel => {
  const connection = connectionOf(agent, 'openai')
  if (connection.parameters && 'stream' in connection.parameters) {
    throw new Error('connection.parameters.stream: answers are read whole; leave it out.')
  }
  const url = completionsUrl(connection.base_url)
  const path = url.pathname + url.search
  const place = placeOf(url)
  const configured = configuredHeaders(connection, url)
  const pool = openRequestPool(url.origin, concurrency, place, egress?.lookup)
  return {
    kind: 'text',
    open: async (call, hear, signal) => {
      signal.throwIfAborted()
      refuseForbidden(url, egress, place)
      const headers = mergeHeaders(configured, variableHeaders(call)).flat()
      const dialect = chatDialect(connection, path, headers, place)
      return strictConversation(askByRequest(pool, place, call, clock, dialect), hear, signal)
    },
    [Symbol.asyncDispose]: () => pool[Symbol.asyncDispose](),
  }
}

/** What the agent is told that a tool returned: JSON, as tools' results are, and not empty, which some servers refuse. */
const unknownResult = '{"result":null}'

/** Of one conversation. Its messages are kept as the JSON that they are sent as. */
function chatDialect(connection: ConnectionOf<'openai'>, path: string, headers: string[], place: string): Dialect {
  const { model, tools, parameters } = connection
  const rest = JSON.stringify({ ...parameters, model, ...(tools && { tools }) }).slice(1)
  const messages: string[] = []
  if (connection.system) remember({ role: 'system', content: connection.system })
  return {
    request: words => {
      remember({ role: 'user', content: words })
      return { method: 'POST', path, headers, body: `{"messages":[${messages.join(',')}],${rest}` }
    },
    read: (json, _answer, atS) => {
      const message = findMessage(json)
      const said = isRecord(message) ? wordsOf(textOf(message['content'] ?? message['refusal'] ?? '')) : undefined
      if (!isRecord(message) || !said) {
        const seen = describeMiss(json, messagePointer)
        throw new FaultError(
          agentFault(
            'pointer_missed',
            `${place} answered with no words at ${messagePointer}/content, where ${seen}: it must speak the chat completions API.`,
          ),
        )
      }
      const toolCalls = withIds(message['tool_calls'])
      const reply = { words: said, toolCalls, ended: false, metadata: undefined }
      const events = eventsOf(reply, said, { place, toolCalls: `${messagePointer}/tool_calls` }, atS)
      rememberAnswer(said, toolCalls)
      return events
    },
  }

  function rememberAnswer(said: readonly string[], toolCalls: unknown): void {
    const calls = Array.isArray(toolCalls) && toolCalls.length > 0 ? toolCalls : undefined
    remember({ role: 'assistant', content: said[0] ?? null, ...(calls && { tool_calls: calls }) })
    for (const call of calls ?? []) remember({ role: 'tool', tool_call_id: call.id, content: unknownResult })
  }

  /** Tool calls with an id each: their results refer to it, and not every server gives one. */
  function withIds(toolCalls: unknown): unknown {
    if (!Array.isArray(toolCalls)) return toolCalls
    return toolCalls.map((call: unknown, index) =>
      isRecord(call) && typeof call['id'] !== 'string' ? { ...call, id: `call_${messages.length}_${index}` } : call,
    )
  }

  function remember(message: object): void {
    messages.push(JSON.stringify(message))
  }
}

const messagePointer = '/choices/0/message'
const findMessage = compilePointer(messagePointer)

/** Content may come in parts: `{ type: 'text', text }`. */
function textOf(content: unknown): unknown {
  if (!Array.isArray(content)) return content
  return content
    .map((part: unknown) => (isRecord(part) && typeof part['text'] === 'string' ? part['text'] : ''))
    .join('')
}

function completionsUrl(base: string): URL {
  const url = new URL(base)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}/chat/completions`
  return url
}

function configuredHeaders(connection: ConnectionOf<'openai'>, url: URL): Record<string, string> {
  const configured = connection.headers ?? {}
  checkHeaderNames(configured)
  const defaults = {
    'accept': 'application/json',
    'content-type': 'application/json',
    ...authorizationIn(url),
    ...(connection.api_key && { authorization: `Bearer ${connection.api_key}` }),
  }
  const headers = mergeHeaders(defaults, configured)
  return Object.fromEntries(headers.map(([name, value]) => [name, headerValue(value)]))
}
