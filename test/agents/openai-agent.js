// An agent behind chat completions. As a program: node openai-agent.js <port>
import { createServer, listen, portOfProgram } from './server.js'
import { misbehave } from './http-agent.js'
import { replyTo } from './replies.js'

/** @param {{ port?: number, tls?: boolean }} [options] */
export async function startOpenaiAgent({ port = 0, tls = false } = {}) {
  /** @type {{ url: string | undefined, headers: import('node:http').IncomingHttpHeaders, body: any }[]} */
  const requests = []
  let underWay = 0
  const server = createServer(tls)
  server.on('request', (request, response) => void answer(request, response))
  const running = await listen(server, port)
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${running.port}`
  return { ...running, requests, underWay: () => underWay, url: `${origin}/v1` }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    underWay += 1
    response.on('close', () => {
      underWay -= 1
    })
    let text = ''
    for await (const chunk of request) text += chunk
    const body = JSON.parse(text)
    requests.push({ url: request.url, headers: request.headers, body })
    const complaint = complaintAbout(body.messages)
    if (complaint) return void response.writeHead(400).end(JSON.stringify({ error: { message: complaint } }))
    const spoken = body.messages.filter((/** @type {any} */ message) => message.role === 'user')
    const words = spoken.at(-1).content
    if (misbehave(words, response)) return
    const message = messageFor(words, spoken.length, body.messages.at(-1))
    // "/finish length" is an answer that was cut off.
    const [, finish_reason = 'stop'] = /^\/finish (\w+)$/.exec(words) ?? []
    if (body.stream && words !== '/plain') return stream(response, message, finish_reason)
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify({ id: 'c1', object: 'chat.completion', choices: [{ index: 0, message, finish_reason }] }))
  }
}

/**
 * Answers in chunks, as the real API does.
 *
 * @param {import('node:http').ServerResponse} response
 * @param {any} message
 * @param {string} reason
 */
function stream(response, { content, tool_calls: calls = [], refusal }, reason) {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8')
  const send = (/** @type {object} */ delta, /** @type {string | null} */ finish_reason = null) =>
    response.write(`data: ${JSON.stringify({ object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`)
  send({ role: 'assistant', content: '' })
  const text = Array.isArray(content) ? content.map(part => part.text ?? '').join('') : content
  for (const piece of inPieces(text ?? '')) send({ content: piece })
  for (const piece of inPieces(refusal ?? '')) send({ refusal: piece })
  for (const [index, { id, function: called }] of calls.entries()) {
    send({ tool_calls: [{ index, id, type: 'function', function: { name: called.name, arguments: '' } }] })
    for (const piece of inPieces(called.arguments)) send({ tool_calls: [{ index, function: { arguments: piece } }] })
  }
  send({}, reason)
  response.end('data: {"choices":[],"usage":{"total_tokens":1}}\n\ndata: [DONE]\n\n')
}

/** @param {string} text  In pieces of 5 characters, or of 64 KiB if it is long. */
function inPieces(text) {
  const length = text.length > 10_000 ? 1 << 16 : 5
  return Array.from({ length: Math.ceil(text.length / length) }, (_, i) => text.slice(i * length, (i + 1) * length))
}

/** What the real API would refuse: a tool call that has no result, a result without a call, a message without content. @param {any[]} messages */
function complaintAbout(messages) {
  /** @type {Set<string>} */
  const open = new Set()
  for (const { role, content, tool_calls: calls = [], tool_call_id: id } of messages) {
    if (role === 'tool' && !open.delete(id)) return `no tool call ${id} came before`
    if (role === 'user' && open.size > 0) return 'a tool call has no result'
    if (typeof content !== 'string' && calls.length === 0) return `a message of ${role} has no content`
    for (const call of calls) open.add(call.id)
  }
  return open.size > 0 ? 'a tool call has no result' : undefined
}

/** @param {string} words @param {number} turn @param {{ role: string, content: string }} last */
function messageFor(words, turn, last) {
  // "/use look_up {"q":"x"}; book {}" calls those tools, and then says what the last of them gave.
  if (words.startsWith('/use ')) {
    if (last.role === 'tool') return { role: 'assistant', content: `It gave: ${last.content}` }
    const calls = words
      .slice(5)
      .split('; ')
      .map((call, index) => {
        const [, name, args = '{}'] = /^(\S+)(?: (.*))?$/.exec(call) ?? []
        return { id: `u${index + 1}`, type: 'function', function: { name, arguments: args } }
      })
    return { role: 'assistant', content: 'One moment.', tool_calls: calls }
  }
  if (words === '/parts')
    return {
      role: 'assistant',
      content: [
        { type: 'text', text: 'In ' },
        { type: 'text', text: 'parts.' },
      ],
    }
  if (words === '/refusal') return { role: 'assistant', content: null, refusal: 'I cannot do that.' }
  const { say, tools } = replyTo(words, turn)
  const calls = tools?.map(({ id, name, arguments: args }) => ({
    id,
    type: 'function',
    function: { name, arguments: JSON.stringify(args) },
  }))
  return { role: 'assistant', content: say.length > 0 ? say.join(' ') : null, ...(calls && { tool_calls: calls }) }
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log((await startOpenaiAgent({ port })).url)
