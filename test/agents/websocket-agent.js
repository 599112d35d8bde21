// An agent on a WebSocket. As a program: node websocket-agent.js <port>
import { WebSocketServer } from 'ws'
import { framesFor } from './frames.js'
import { partingFrames } from './parting.js'
import { createServer, listen, portOfProgram } from './server.js'

/**
 * The path chooses how it behaves from the start: /greet greets at once, /refuse/429 answers the upgrade with that status,
 * /stall never answers it, /hang-up closes at once, /deaf answers no ping.
 *
 * @param {{ port?: number, tls?: boolean }} [options]
 */
export async function startWebSocketAgent({ port = 0, tls = false } = {}) {
  /** @type {{ headers: import('node:http').IncomingHttpHeaders, frames: any[], closedWith?: number }[]} */
  const calls = []
  const server = createServer(tls)
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    const path = request.url ?? '/'
    const [, status] = /^\/refuse\/(\d+)/.exec(path) ?? []
    if (path === '/stall') return socket.on('end', () => socket.end()).resume()
    if (path === '/hang-up') return socket.destroy()
    if (status) return socket.end(`HTTP/1.1 ${status} No\r\nRetry-After: 7\r\nLocation: /elsewhere\r\nContent-Length: 10\r\n\r\nNot today.`)
    sockets.handleUpgrade(request, socket, head, ws => {
      if (path === '/deaf') Reflect.set(ws, 'pong', () => {})
      converse(ws, request)
    })
  })
  server.on('request', (_request, response) => response.end('Hello'))
  const running = await listen(server, port)
  return { ...running, calls, url: `${tls ? 'wss' : 'ws'}://127.0.0.1:${running.port}/` }

  /** @param {import('ws').WebSocket} ws @param {import('node:http').IncomingMessage} request */
  function converse(ws, request) {
    /** @type {(typeof calls)[number]} */
    const call = { headers: request.headers, frames: [] }
    calls.push(call)
    let turn = 0
    if (request.url === '/greet') ws.send(JSON.stringify({ content: 'Hello, how can I help?' }))
    ws.on('error', () => {})
    ws.on('close', code => {
      call.closedWith = code
    })
    ws.on('message', (/** @type {Buffer} */ data) => {
      const heard = JSON.parse(data.toString())
      call.frames.push(heard)
      if (heard.type === 'end_call') return part(ws, request, heard.content)
      turn += 1
      const [, code] = /^\/close (\d+)$/.exec(heard.content) ?? []
      if (code) return ws.close(Number(code), 'Enough.')
      if (heard.content === '/close') return ws.close()
      if (heard.content === '/drop') return ws.terminate()
      if (heard.content === '/reset') return request.socket.resetAndDestroy()
      if (heard.content === '/binary-junk') return ws.send(Buffer.from([0x01, 0xff, 0x00]), { binary: true })
      if (heard.content === '/binary') return ws.send(Buffer.from('{"content":"Hi"}'), { binary: true })
      if (heard.content === '/bad-opcode') return request.socket.write(Buffer.from([0x83, 0x00]))
      for (const frame of framesFor(heard, turn)) ws.send(frame, { binary: false })
    })
  }
}

/** @param {import('ws').WebSocket} ws @param {import('node:http').IncomingMessage} request @param {string} lastWords */
function part(ws, request, lastWords) {
  if (lastWords === '/close 1011') return ws.close(1011)
  if (lastWords === '/reset') return request.socket.resetAndDestroy()
  const frames = partingFrames(lastWords)
  if (!frames) return ws.close(1000)
  for (const { afterMs, frame } of frames) setTimeout(() => ws.send(frame, { binary: false }, () => {}), afterMs)
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log((await startWebSocketAgent({ port })).url)
