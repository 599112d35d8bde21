import { createServer, type Server } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { readFileSync } from 'node:fs'
import { createServer as createTcpServer, type AddressInfo, type Socket } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { createEgress } from '../../../src/adapters/channels/egress.js'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { websocketChannel } from '../../../src/adapters/channels/websocket.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Connection } from '../../../src/domain/connection.js'
import { proxyFor } from '../../../src/domain/proxy.js'
import type { Channel, ChannelFactory, Egress } from '../../../src/ports/channel.js'
import { listen, type RunningAgent } from '../../agents/server.js'
import { root } from '../../suites/callsheet.js'
import { agent } from '../../support/build.js'
import { startProxy, type ProxyShape } from '../../support/proxy.js'
import { eventually, faultOf, openCall, wordsIn } from './conduct-call.js'

// Real agents on loopback under names that only the proxy knows.

const pem = (name: string): string => readFileSync(join(root, 'test/agents', name), 'utf8')
const certificate = pem('self-signed.crt')

function speaking(server: Server): Server {
  server.on('request', (_, response) => response.end('{"reply":"Hello","choices":[{"message":{"content":"Hello"}}]}'))
  new WebSocketServer({ server }).on('connection', socket => socket.on('message', () => socket.send('{"content":"Hello"}')))
  return server
}

let plain: RunningAgent
let secure: RunningAgent
beforeAll(async () => {
  plain = await listen(speaking(createServer()), 0)
  secure = await listen(speaking(createTlsServer({ key: pem('self-signed.key'), cert: certificate })), 0)
})
afterAll(async () => {
  await plain.close()
  await secure.close()
})

type Kind = 'http' | 'openai' | 'websocket'
const kinds: readonly Kind[] = ['http', 'openai', 'websocket']

function connectionTo(kind: Kind, host: string, isSecure: boolean): [ChannelFactory, Connection] {
  const s = isSecure ? 's' : ''
  if (kind === 'http') return [httpChannel, { type: 'http', url: `http${s}://${host}/chat` }]
  if (kind === 'openai') return [openaiChannel, { type: 'openai', baseUrl: `http${s}://${host}/v1`, model: 'm' }]
  return [websocketChannel, { type: 'websocket', url: `ws${s}://${host}/ws` }]
}

interface Way {
  readonly kind: Kind
  readonly host: string
  readonly isSecure?: boolean
  readonly environment: Record<string, string>
  readonly egress?: Egress
}

async function channelBy({ kind, host, isSecure = false, environment, egress }: Way): Promise<Channel> {
  const [factory, connection] = connectionTo(kind, host, isSecure)
  return factory(agent({ connection }), {
    clock: systemClock,
    concurrency: 2,
    network: { variables: {}, proxyFor: to => proxyFor(to, environment), ca: [certificate] },
    ...(egress && { egress }),
  })
}

async function wordsOf(way: Way): Promise<string[]> {
  await using channel = await channelBy(way)
  await using call = await openCall(channel)
  return wordsIn([...(await call.ask('Hi')), ...(await call.ask('Again'))])
}

async function faultBy(way: Way): Promise<{ by: string; code: string; message: string }> {
  await using channel = await channelBy(way)
  return await faultOf(channel)
}

describe.each(kinds)('an agent over %s', kind => {
  test('is reached through the proxy that the environment names', async () => {
    const proxy = await startProxy()
    const host = `agent.internal.test:${plain.port}`
    expect(await wordsOf({ kind, host, environment: { http_proxy: proxy.url } })).toEqual(['Hello', 'Hello'])
    const path = { http: '/chat', openai: '/v1/chat/completions', websocket: '' }[kind]
    const once = kind === 'websocket' ? `CONNECT ${host}` : `POST http://${host}${path}`
    expect(proxy.asked).toEqual(kind === 'websocket' ? [once] : [once, once])
    await proxy.close()
  })

  test('is reached over TLS through a tunnel, and its certificate is checked by its own name', async () => {
    const proxy = await startProxy()
    const environment = { HTTPS_PROXY: proxy.url }
    const port = secure.port
    const fault = await faultBy({ kind, host: `agent.internal.test:${port}`, isSecure: true, environment })
    expect(fault).toMatchObject({ by: 'infra', code: 'tls' })
    expect(proxy.asked).toEqual([`CONNECT agent.internal.test:${port}`])
    await proxy.close()
  })

  test.each([
    [{ answers: 502 }, 'answered 502 Bad Gateway'],
    [{ wants: 'Basic x' }, 'answered 407 Proxy Authentication Required'],
  ] as [ProxyShape, string][])('whose proxy is %j is not at fault', async (shape, words) => {
    const proxy = await startProxy(shape)
    const fault = await faultBy({ kind, host: 'agent.internal.test', environment: { HTTP_PROXY: proxy.url } })
    expect(fault).toMatchObject({ by: 'infra', code: 'unreachable' })
    expect(fault.message).toContain(`the proxy ${proxy.url} (HTTP_PROXY) ${words}.`)
    await proxy.close()
  })

  test('whose proxy is gone is not at fault either', async () => {
    const proxy = await startProxy()
    await proxy.close()
    const fault = await faultBy({ kind, host: 'agent.internal.test', environment: { HTTP_PROXY: proxy.url } })
    expect(fault).toMatchObject({ by: 'infra', code: 'unreachable' })
    expect(fault.message).toMatch(/the proxy \S+ \(HTTP_PROXY\) failed: connect ECONNREFUSED/)
  })

  test.each([
    ['resets', socket => socket.resetAndDestroy()],
    ['closes', socket => socket.destroy()],
    ['answers garbage', socket => socket.end('SSH-2.0-OpenSSH_9.6\r\n')],
  ] as [string, (socket: Socket) => void][])('whose proxy %s is not at fault, and the proxy is named', async (_, misbehave) => {
    const proxy = createTcpServer(socket => socket.on('error', () => undefined).once('data', () => misbehave(socket)))
    await new Promise<void>(resolve => void proxy.listen(0, '127.0.0.1', resolve))
    const url = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
    const fault = await faultBy({ kind, host: 'agent.internal.test', environment: { HTTP_PROXY: url } })
    expect(fault).toMatchObject({ by: 'infra', code: 'unreachable' })
    expect(fault.message).toContain(`the proxy ${url} (HTTP_PROXY) failed: `)
    proxy.close()
  })

  test('that breaks off its answer is at fault, also behind a proxy', async () => {
    const broken = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"reply"')
      setTimeout(() => response.destroy(), 20)
    })
    const running = await listen(broken, 0)
    const proxy = await startProxy()
    const fault = await faultBy({ kind, host: `agent.internal.test:${running.port}`, environment: { HTTP_PROXY: proxy.url } })
    expect(fault.by).toBe('agent')
    await proxy.close()
    await running.close()
  })

  test('gets its words through a proxy that wants a user and a password, which no message shows', async () => {
    const proxy = await startProxy({ wants: `Basic ${Buffer.from('me:s3cret word').toString('base64')}` })
    const withPassword = proxy.url.replace('//', '//me:s3cret%20word@')
    const host = `agent.internal.test:${plain.port}`
    expect(await wordsOf({ kind, host, environment: { HTTP_PROXY: withPassword } })).toEqual(['Hello', 'Hello'])
    await proxy.close()
    const fault = await faultBy({ kind, host, environment: { HTTP_PROXY: withPassword } })
    expect(fault.message).not.toMatch(/s3cret|me:/)
  })

  test('on loopback, or exempt by NO_PROXY, is reached directly', async () => {
    const environment = { HTTP_PROXY: 'http://127.0.0.1:1' }
    expect(await wordsOf({ kind, host: `127.0.0.1:${plain.port}`, environment })).toEqual(['Hello', 'Hello'])
    const fault = await faultBy({ kind, host: 'agent.invalid', environment: { ...environment, NO_PROXY: '.invalid' } })
    expect(fault.code).toBe('no_such_host')
  })

  test('named by a request gets a tunnel to the address that was checked, never to a name', async () => {
    const proxy = await startProxy()
    const { refusal } = createEgress([])
    const egress: Egress = { allowedHosts: [], refusal, lookup: (_host, _options, callback) => callback(null, '93.184.216.34', 4) }
    const host = `agent.example.com:${plain.port}`
    expect(await wordsOf({ kind, host, environment: { HTTP_PROXY: proxy.url }, egress })).toEqual(['Hello', 'Hello'])
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT 93.184.216.34:${plain.port}`]))
    await proxy.close()
  })

  test('named by a request and on a network of ours is not asked for through the proxy', async () => {
    const proxy = await startProxy()
    const { refusal, lookup } = createEgress([])
    const egress: Egress = { allowedHosts: [], refusal, lookup: (_host, options, callback) => lookup('localhost', options, callback) }
    const fault = await faultBy({ kind, host: 'agent.example.com', environment: { HTTP_PROXY: proxy.url }, egress })
    expect(fault.message).toContain('which this server does not connect to')
    expect(proxy.asked).toEqual([])
    await proxy.close()
  })

  test('leaves nothing open when the call is cut off while the proxy thinks', async () => {
    const proxy = await startProxy({ isDeaf: true })
    const isSecure = kind !== 'websocket'
    const environment = { HTTP_PROXY: proxy.url }
    await using channel = await channelBy({ kind, host: 'agent.internal.test', isSecure, environment })
    const control = new AbortController()
    const call = {
      result: '1',
      runId: '1',
      runKey: 'a/b#1',
      scenario: { key: 'b' },
      agentVariables: {},
      elapsedS: () => 0,
      hold: () => () => undefined,
    }
    const opening = Promise.resolve(channel.open(call, () => undefined, control.signal))
    opening.then(
      conversation => conversation.say({ type: 'text', text: 'Hi' }),
      () => undefined,
    )
    expect(await eventually(() => proxy.asked.length === 1)).toBe(true)
    control.abort(new Error('cut'))
    const startedMs = performance.now()
    expect(await eventually(() => proxy.openConnections() === 0)).toBe(true)
    expect(performance.now() - startedMs).toBeLessThan(100)
    await proxy.close()
  })
})
