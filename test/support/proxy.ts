import { createServer, request, type IncomingMessage } from 'node:http'
import { connect, type Socket } from 'node:net'
import { pipeline } from 'node:stream'
import { listen } from '../agents/server.js'

/** How a proxy misbehaves. */
export interface ProxyShape {
  /** Its answer to everything, instead of passing it on. */
  readonly answers?: number
  /** `Basic ...`: refuses everything without it. */
  readonly wants?: string
  /** Takes connections and says nothing. */
  readonly isDeaf?: true
}

/** A real proxy on loopback, which takes any host name for this machine. */
export async function startProxy({ answers, wants, isDeaf }: ProxyShape = {}) {
  /** `CONNECT host:port` or `POST http://host/path`. */
  const asked: string[] = []
  const statusOf = ({ headers }: IncomingMessage): number | undefined =>
    answers ?? (wants !== undefined && headers['proxy-authorization'] !== wants ? 407 : undefined)
  const server = createServer((incoming, outgoing) => {
    asked.push(`${incoming.method} ${incoming.url}`)
    const status = statusOf(incoming)
    if (status !== undefined) return void outgoing.writeHead(status).end('No.')
    const to = new URL(incoming.url ?? '')
    const { 'proxy-authorization': _, ...headers } = incoming.headers
    const onward = request(
      { host: '127.0.0.1', port: to.port, method: incoming.method, path: to.pathname + to.search, headers },
      answer => {
        outgoing.writeHead(answer.statusCode ?? 500, answer.headers)
        pipeline(answer, outgoing, () => undefined)
      },
    )
    onward.on('error', () => outgoing.writeHead(502).end('Bad gateway'))
    incoming.pipe(onward)
  })
  server.on('connect', (incoming: IncomingMessage, socket: Socket) => {
    asked.push(`CONNECT ${incoming.url}`)
    socket.on('error', () => undefined)
    if (isDeaf) return void socket.on('end', () => socket.end()).resume()
    const status = statusOf(incoming)
    if (status !== undefined) return void socket.end(`HTTP/1.1 ${status} No\r\n\r\n`)
    const onward = connect(Number(/\d+$/.exec(incoming.url ?? '')?.[0]), '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
    onward.on('error', () => socket.destroy())
  })
  const running = await listen(server, 0)
  return { ...running, asked, url: `http://127.0.0.1:${running.port}` }
}
