import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Agent } from '../../domain/document.js'
import { exactJsonOf, exactlyParsedOf } from '../../domain/exact-number.js'
import { isRecord } from '../../domain/json-value.js'
import type { MockTool } from '../../domain/mock-tool.js'
import { FaultError } from '../../domain/fault.js'
import { callFaults } from '../../domain/faults/call-faults.js'
import { programFaults } from '../../domain/faults/program-faults.js'
import { readBody, Refused, sendJson } from './http-messages.js'
import { answerMcp, callsTool, mcpVersions, parseError, refusal, rpcError } from './mcp.js'
import { routeOf, seatFor, seatIfKnown, type Route, type Seats } from './route.js'
import type { Seat } from './seat.js'

/** Disposing it closes all its connections at once. */
export interface DeskServer extends AsyncDisposable {
  /** `http://127.0.0.1:41234` */
  readonly origin: string
}

/**
 * Serves the mock tools of the calls in progress, only on the loopback interface:
 *
 * - `POST /tools/<name>`, arguments as JSON: the output as JSON; an error as `{ error }` with 500, or with 404 if
 *   nothing in the table matches the call
 * - `GET /tools`: the tools
 * - `POST /mcp`: the Model Context Protocol over Streamable HTTP, without sessions or streams
 *
 * Paths below `/runs/<run id>` belong to that run. Elsewhere a request names its run in the header `X-Callsheet-Run-Id`
 * or in `?run=`. A request without a run belongs to the only call in progress, and is refused unless there is exactly
 * one.
 *
 * @throws {FaultError} `not_started`, by infra, when it cannot listen.
 */
export async function openDeskServer(agent: Agent, seats: Seats): Promise<DeskServer> {
  const all = agent.mockTools?.tools ?? []
  const server = createServer((request, response) => void handle({ request, response, seats, all }))
  // Connections that an agent keeps stay open until the suite is over.
  server.keepAliveTimeout = 0
  const port = await listen(server, agent)
  return {
    origin: `http://127.0.0.1:${port}`,
    [Symbol.asyncDispose]: () =>
      new Promise(resolve => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function listen(server: Server, { key, mockTools }: Agent): Promise<number> {
  const { port = 0 } = mockTools ?? {}
  return new Promise((resolve, reject) => {
    server.once('error', error => {
      reject(new FaultError(programFaults.mockToolsNotServed({ agent: key, port, reason: error.message })))
    })
    server.listen(port, '127.0.0.1', () => {
      // For example, no file descriptor is left for another connection; the client sees it refused.
      server.on('error', () => undefined)
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })
}

interface Exchange {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly seats: Seats
  /** All of the agent's mock tools. */
  readonly all: readonly MockTool[]
}

async function handle(exchange: Exchange): Promise<void> {
  const { request, response } = exchange
  try {
    refuseForeignOrigin(request)
    const route = routeOf(request)
    await (route.kind === 'mcp' ? serveMcp(route, exchange) : serveTools(route, exchange))
  } catch (error) {
    const status = error instanceof Refused ? error.status : 500
    sendJson(response, status, { error: error instanceof Error ? error.message : String(error) })
  }
}

/** Refuses requests from pages in a browser. */
function refuseForeignOrigin({ headers: { origin } }: IncomingMessage): void {
  if (origin === undefined) return
  const host = URL.canParse(origin) ? new URL(origin).hostname : ''
  if (!['127.0.0.1', 'localhost', '[::1]'].includes(host)) throw new Refused(403, `Not for ${origin}.`)
}

async function serveTools(route: Route, exchange: Exchange): Promise<void> {
  const { request, response, seats, all } = exchange
  const { tool } = route
  if (tool === undefined) {
    allow('GET', request)
    const { tools } = seatIfKnown(route, seats) ?? { tools: all }
    const listed = tools.map(({ name, description, parameters }) => ({ name, description, parameters }))
    return sendJson(response, 200, { tools: listed })
  }
  allow('POST', request)
  const seat = seatFor(route, seats)
  const text = await readBody(request)
  const args = text.trim() === '' ? {} : exactlyParsedOf(text)
  const { result, isError, isUnmatched } = await serve(seat, tool, args, exchange)
  sendJson(response, isUnmatched ? 404 : isError ? 500 : 200, result)
}

async function serveMcp(route: Route, exchange: Exchange): Promise<void> {
  const { request, response, seats, all } = exchange
  allow('POST', request)
  const version = request.headers['mcp-protocol-version']
  if (version !== undefined && !mcpVersions.includes(String(version))) {
    throw new Refused(400, `Supported values of MCP-Protocol-Version: ${mcpVersions.join(', ')}.`)
  }
  const message = exactJsonOf(await readBody(request))
  if (message === undefined) return sendJson(response, 400, rpcError(null, parseError, 'The request is not JSON.'))
  let seat: Seat | undefined
  try {
    seat = callsTool(message) ? seatFor(route, seats) : seatIfKnown(route, seats)
  } catch (error) {
    if (!(error instanceof Refused)) throw error
    return sendJson(response, error.status, rpcError(isRecord(message) ? message['id'] : null, refusal, error.message))
  }
  const answer = await answerMcp(
    message,
    {
      tools: seat?.tools ?? all,
      call: (name, args) => serve(seat ?? seatFor(route, seats), name, args, exchange),
    },
    version === undefined ? undefined : String(version),
  )
  if (answer === undefined) response.writeHead(202).end()
  else sendJson(response, 200, answer)
}

/** Serves a tool call. Unless the call is over or the client gone, an error is ours and breaks the call. */
async function serve(seat: Seat, name: string, args: unknown, { response }: Exchange): ReturnType<Seat['serve']> {
  const gone = new AbortController()
  response.once('close', () => gone.abort(new Refused(499, 'The caller of this tool has gone.')))
  try {
    return await seat.serve(name, args, gone.signal)
  } catch (error) {
    if (!(error instanceof Refused)) seat.fail(callFaults.mockToolFailed({ tool: name, detail: String(error) }))
    throw error
  }
}

function allow(method: 'GET' | 'POST', request: IncomingMessage): void {
  if (request.method !== method) throw new Refused(405, `Use ${method} here.`)
}
