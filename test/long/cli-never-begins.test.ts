import { createServer as createHttpServer } from 'node:http'
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { RunEnded } from '../../src/domain/event.js'
import { endsOf, openWorkplace, type Workplace } from '../cli/workplace.js'

// Calls that never begin, over each connection: the fault says why, and is the same whatever carries the call.

const kinds = ['http', 'openai', 'websocket'] as const

let place: Workplace
const sockets = new Set<Socket>()
/** Asks everybody to come back in a minute. */
const busy = createHttpServer((request, response) => {
  request.resume()
  response.writeHead(429, { 'Retry-After': '60' }).end()
}).on('upgrade', (_request, socket) => {
  socket.end('HTTP/1.1 429 Too Many Requests\r\nRetry-After: 60\r\nContent-Length: 0\r\nConnection: close\r\n\r\n')
})
/** Takes connections, and speaks no TLS. */
const mute = createServer(socket => void sockets.add(socket.on('error', () => {})))

const portOf = async (server: Server): Promise<number> => {
  await new Promise<void>(resolve => void server.listen(0, '127.0.0.1', resolve))
  return (server.address() as AddressInfo).port
}

const suiteOf = (host: string, tls: 's' | ''): string => `version: 1
suite: { name: Never }
agents:
  http: { connection: { type: http, url: "http${tls}://${host}/", timeout: 2s } }
  openai: { connection: { type: openai, base_url: "http${tls}://${host}/v1", model: m, timeout: 2s } }
  websocket: { connection: { type: websocket, url: "ws${tls}://${host}/", timeout: 2s } }
scenarios: { hi: { script: { first_message: Hi }, max_duration: 3s, expect: [{ agent_says: { contains: hi } }] } }
runs: [${kinds.map(agent => `{ name: ${agent}, agent: ${agent}, scenarios: all }`).join(', ')}]
retries: { infra_error: 0 }
`

async function endsAt(server: Server, tls: 's' | ''): Promise<readonly RunEnded[]> {
  place.write('suite.yaml', suiteOf(`127.0.0.1:${await portOf(server)}`, tls))
  await place.run(['run', 'suite.yaml', '--out', `result${tls}`])
  return endsOf(place.journal(`result${tls}`))
}

beforeAll(async () => {
  place = await openWorkplace()
})

afterAll(async () => {
  for (const socket of sockets) socket.destroy()
  busy.close()
  mute.close()
  await place[Symbol.asyncDispose]()
})

test('an agent that has us wait until the time is up is rate limited', async () => {
  for (const { run, outcome } of await endsAt(busy, '')) {
    expect({ run, outcome }).toMatchObject({ outcome: { status: 'infra_error', fault: { code: 'rate_limited' } } })
  }
})

test('an agent to which no connection is made has not been called', async () => {
  for (const { run, outcome } of await endsAt(mute, 's')) {
    expect({ run, outcome }).toMatchObject({ outcome: { status: 'infra_error', fault: { code: 'connect_timeout' } } })
  }
})
