// An agent over HTTP: POST { message, session } -> { reply, tools, metadata, done }. As a program: node http-agent.js <port>
import { createServer, listen, portOfProgram } from './server.js'
import { huge, replyTo } from './replies.js'

/** @param {{ port?: number, tls?: boolean }} [options] */
export async function startHttpAgent({ port = 0, tls = false } = {}) {
  /** How often each session has spoken. @type {Map<string, number>} */
  const turns = new Map()
  /** @type {{ method: string | undefined, url: string | undefined, headers: import('node:http').IncomingHttpHeaders, body: string }[]} */
  const requests = []
  let underWay = 0
  const server = createServer(tls)
  server.on('request', (request, response) => void answer(request, response))
  const running = await listen(server, port)
  const dropIdle = () => server.closeIdleConnections()
  const origin = `${tls ? 'https' : 'http'}://127.0.0.1:${running.port}`
  return { ...running, requests, dropIdle, underWay: () => underWay, url: `${origin}/chat` }

  /**
   * @param {import('node:http').IncomingMessage} request
   * @param {import('node:http').ServerResponse} response
   */
  async function answer(request, response) {
    underWay += 1
    response.on('close', () => {
      underWay -= 1
    })
    let body = ''
    for await (const chunk of request) body += chunk
    requests.push({ method: request.method, url: request.url, headers: request.headers, body })
    const url = new URL(request.url ?? '/', 'http://agent')
    const sent = body ? JSON.parse(body) : {}
    const words = String(sent.message ?? url.searchParams.get('message') ?? '')
    const cookie = /sid=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1]
    const session = cookie ?? sent.session ?? ''
    turns.set(session, (turns.get(session) ?? 0) + 1)
    if (url.pathname === '/cookie' && !cookie)
      response.setHeader('set-cookie', [`sid=${sent.session}; Path=/; HttpOnly`, 'other=1; Path=/elsewhere'])
    if (misbehave(words, response)) return
    const { say, tools, metadata, end } = replyTo(words, turns.get(session) ?? 1)
    const sentBack = {
      reply: say.length > 1 ? say : say[0],
      tools,
      metadata,
      done: end,
      thread: { id: `thread-${session}` },
    }
    response.setHeader('content-type', 'application/json').end(JSON.stringify(sentBack))
  }
}

/**
 * @param {string} words
 * @param {import('node:http').ServerResponse} response
 */
export function misbehave(words, response) {
  const [, status, retryAfter] = /^\/status (\d+) ?(.*)$/.exec(words) ?? []
  if (status) {
    if (retryAfter) response.setHeader('retry-after', retryAfter)
    if (status.startsWith('3')) response.setHeader('location', '/elsewhere')
    response.writeHead(Number(status)).end('No,\nnot   today.')
    return true
  }
  switch (words) {
    case '/silent':
      return true
    case '/not-json':
      return response.end('<html>It works!</html>')
    case '/no-body':
      return response.writeHead(204).end()
    case '/invalid-utf8':
      return response.end(Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))
    case '/no-reply':
      return response.end(JSON.stringify({ answer: 'Hello', usage: 1 }))
    case '/odd-reply':
      return response.end(JSON.stringify({ reply: { text: 'Hello' } }))
    case '/bad-tool':
      return response.end(JSON.stringify({ reply: 'x', tools: [{ arguments: {} }] }))
    case '/reset':
      return response.socket?.resetAndDestroy()
    case '/close':
      return response.socket?.destroy()
    case '/close-mid-answer':
      response.writeHead(200, { 'content-length': 1000 })
      return response.write('{"reply": "Hel', () => response.socket?.destroy())
    case '/not-http':
      return response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n')
    case '/endless':
      pour(response)
      return true
    default:
      return false
  }
}

/** Sends for as long as it is read. @param {import('node:http').ServerResponse} response */
function pour(response) {
  response.writeHead(200)
  const more = () => {
    while (response.writable && response.write(huge.slice(0, 65_536)));
  }
  response.on('drain', more)
  more()
}

const port = portOfProgram(import.meta.url)
if (port !== undefined) console.log((await startHttpAgent({ port })).url)
