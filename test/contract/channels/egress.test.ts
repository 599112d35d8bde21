import { EventEmitter, once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import { createEgress } from '../../../src/adapters/channels/egress.js'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { websocketChannel } from '../../../src/adapters/channels/websocket.js'
import type { Connection } from '../../../src/domain/connection.js'
import { FaultError, type Fault } from '../../../src/domain/fault.js'
import type { AgentEvent, ChannelFactory, Egress } from '../../../src/ports/channel.js'
import { agent } from '../../support/build.js'

// A real server on loopback, which nobody may be led to: what it has heard is told.
const server = createServer((request, response) => {
  calls += 1
  if (request.url === '/redirect') response.writeHead(302, { location: '/elsewhere' }).end()
  else response.end('{"reply":"Hello","choices":[{"message":{"content":"Hello"}}]}')
})
new WebSocketServer({ server }).on('connection', socket => socket.send('{"content":"Hello"}'))
let calls = 0
let port: number

beforeAll(async () => {
  server.on('upgrade', () => (calls += 1))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  ;({ port } = server.address() as AddressInfo)
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

/** What comes of saying something to an agent at an address. */
async function say(channel: ChannelFactory, connection: Connection, egress: Egress): Promise<AgentEvent | Fault> {
  const heard = new EventEmitter()
  const first = once(heard, 'event')
  await using open = await channel(agent({ connection }), { clock: systemClock, concurrency: 1, egress })
  const call = {
    result: '1',
    runId: '1',
    runKey: 'a/b#1',
    scenario: { key: 'b' },
    agentVariables: {},
    elapsedS: () => 0,
    hold: () => () => undefined,
  }
  try {
    await using conversation = await open.open(call, event => void heard.emit('event', event), new AbortController().signal)
    await conversation.say({ type: 'text', text: 'Hi' }).done
    return ((await first) as [AgentEvent])[0]
  } catch (cause) {
    if (cause instanceof FaultError) return cause.fault
    throw cause
  }
}

const kinds: [string, (host: string, path?: string) => [ChannelFactory, Connection]][] = [
  ['websocket', host => [websocketChannel, { type: 'websocket', url: `ws://${host}:${port}/` }]],
  ['http', (host, path = '') => [httpChannel, { type: 'http', url: `http://${host}:${port}/${path}`, reply: '/reply' }]],
  ['openai', host => [openaiChannel, { type: 'openai', baseUrl: `http://${host}:${port}/v1`, model: 'm' }]],
]

describe.each(kinds)('over %s', (_, at) => {
  test.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]', '2130706433', '0.0.0.0'])(
    'an agent at %s is not called for a request',
    async host => {
      const before = calls
      const [channel, connection] = at(host)
      const came = await say(channel, connection, createEgress([]))
      const fault = 'fault' in came ? came.fault : came
      expect(fault).toMatchObject({
        by: 'infra',
        code: 'unreachable',
        message: expect.stringContaining('which this server does not connect to'),
      })
      expect(calls).toBe(before)
    },
  )

  test.each(['127.0.0.1', 'localhost'])('it is at %s, where that is allowed', async host => {
    const [channel, connection] = at(host)
    expect(await say(channel, connection, createEgress([host]))).toMatchObject({ type: 'said', text: 'Hello' })
  })

  test('a name that leads elsewhere the second time is judged by where it leads as it is connected to', async () => {
    const before = calls
    const { refusal, lookup } = createEgress([])
    // The first look, of whoever checks it beforehand, would be fine.
    const rebinding: Egress = { allowedHosts: [], refusal, lookup: (_host, options, callback) => lookup('localhost', options, callback) }
    const [channel, connection] = at('agent.example.com')
    const came = await say(channel, connection, rebinding)
    expect('fault' in came ? came.fault : came).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('which this server does not connect to'),
    })
    expect(calls).toBe(before)
  })
})

test('redirects are not followed, wherever they lead', async () => {
  const before = calls
  const [channel, connection] = kinds[1]![1]('127.0.0.1', 'redirect')
  const came = await say(channel, connection, createEgress(['127.0.0.1']))
  expect('fault' in came && came.fault).toMatchObject({ status: 302 })
  expect(calls).toBe(before + 1)
})
