import type { IncomingMessage, ServerResponse } from 'node:http'
import { WebSocketServer, type WebSocket } from 'ws'
import { createServer, listen } from '../agents/server.js'

/** A socket that a {@link startSocketPlace} accepted, and what came before anybody listened. */
export interface AcceptedSocket {
  readonly socket: WebSocket
  readonly request: IncomingMessage
}

export interface SocketPlace {
  readonly tls?: boolean
  /** Takes each socket as it opens. */
  accept(accepted: AcceptedSocket): void
  /** Answers what is no socket. */
  request?(request: IncomingMessage, response: ServerResponse): void
}

/**
 * Accepts WebSockets on loopback. The path chooses how: /refuse answers 403, /limited answers 429 once and asks to come back in 0 s, /stall
 * never answers, /drop accepts and drops without a close frame, /close-1000 closes at once.
 */
export async function startSocketPlace({ tls = false, accept, request: onRequest }: SocketPlace) {
  const server = createServer(tls)
  if (onRequest) server.on('request', onRequest)
  const sockets = new WebSocketServer({ noServer: true, handleProtocols: offered => [...offered][0] ?? false })
  let limited = 0
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => {})
    const path = (request.url ?? '/').replace(/\?.*/, '')
    if (path === '/stall') return void socket.on('end', () => socket.end()).resume()
    if (path === '/refuse') return void socket.end('HTTP/1.1 403 No\r\nContent-Length: 10\r\n\r\nNot today.')
    if (path === '/limited' && (limited += 1) % 2 === 1) {
      return void socket.end('HTTP/1.1 429 No\r\nRetry-After: 0\r\nContent-Length: 0\r\n\r\n')
    }
    sockets.handleUpgrade(request, socket, head, ws => {
      ws.on('error', () => {})
      const [, code] = /^\/close-(\d+)$/.exec(path) ?? []
      if (code !== undefined) ws.close(Number(code), 'Enough.')
      else if (path === '/drop') ws.terminate()
      else accept({ socket: ws, request })
    })
  })
  const running = await listen(server, 0)
  return { ...running, url: `${tls ? 'wss' : 'ws'}://127.0.0.1:${running.port}` }
}
