// An agent's own model behind Retell. As a program: node retell-llm-agent.js <port>
import { WebSocketServer } from 'ws'
import { framesFor } from './frames.js'
import { partingFrames } from './parting.js'
import { createServer, listen, portOfProgram } from './server.js'

/**
 * It answers as replies.js says, in the messages of Retell, and wants the call's details.
 *
 * @param {{ port?: number }} [options]
 */
export async function startRetellLlmAgent({ port = 0 } = {}) {
  /** @type {{ path: string, headers: import('node:http').IncomingHttpHeaders, messages: any[], closedWith?: number }[]} */
  const calls = []
  const server = createServer(false)
  const sockets = new WebSocketServer({ server })
  sockets.on('connection', (socket, request) => {
    const call = { path: request.url ?? '', headers: request.headers, messages: [], closedWith: undefined }
    calls.push(/** @type {any} */ (call))
    converse(socket, request, /** @type {any} */ (call))
  })
  const running = await listen(server, port)
  return { ...running, calls, url: `ws://127.0.0.1:${running.port}/llm-websocket` }
}

/** @param {import('ws').WebSocket} socket @param {import('node:http').IncomingMessage} request @param {any} call */
function converse(socket, request, call) {
  let turn = 0
  socket.on('error', () => {})
  socket.on('close', code => (call.closedWith = code))
  send({ response_type: 'config', config: { auto_reconnect: false, call_details: true } })
  send({ response_type: 'response', response_id: 0, content: '', content_complete: true, end_call: false })
  socket.on('message', (/** @type {Buffer} */ data) => {
    const message = JSON.parse(data.toString())
    call.messages.push(message)
    const content = message.transcript?.at(-1)?.content
    if (message.interaction_type === 'update_only') return part(content)
    if (message.interaction_type !== 'response_required') return
    turn += 1
    const [, digits] = /^Pressed Button: (.*)$/.exec(content) ?? []
    const [, code] = /^\/close (\d+)$/.exec(content) ?? []
    if (code) return socket.close(Number(code), 'Enough.')
    if (content === '/drop') return socket.terminate()
    if (content === '/reset') return request.socket.resetAndDestroy()
    const heard = digits === undefined ? { content } : { content: '', type: 'dtmf', digits }
    for (const frame of framesFor(heard, turn)) translate(frame, message.response_id)
  })

  /** @param {string} lastWords */
  function part(lastWords) {
    const frames = partingFrames(lastWords)
    if (!frames) return socket.close(1000)
    for (const { afterMs, frame } of frames) setTimeout(() => translate(frame, turn), afterMs)
  }

  /** @param {string | Buffer} frame  As the text WebSocket has it. @param {number} id */
  function translate(frame, id) {
    const read = parsed(frame.toString())
    const { role, data, content, metadata, type } = read ?? {}
    if (metadata) send({ response_type: 'metadata', metadata })
    if (role === 'Function Call') {
      send({ response_type: 'tool_call_invocation', tool_call_id: data.id, name: data.name, arguments: data.arguments })
    } else if (role === 'Function Call Result') send({ response_type: 'tool_call_result', tool_call_id: data.id, content: data.result })
    else if (typeof content === 'string' || type === 'end_call') {
      send({ response_type: 'response', response_id: id, content: content ?? '', content_complete: true, end_call: type === 'end_call' })
    } else if (!metadata) socket.send(frame, { binary: false }, () => {})
  }

  /** @param {object} message */
  function send(message) {
    socket.send(JSON.stringify(message), () => {})
  }
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log((await startRetellLlmAgent({ port })).url)
