import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { websocketChannel } from '../../../src/adapters/channels/websocket.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { WebsocketConnection } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import type { Clock } from '../../../src/ports/clock.js'
import { listen } from '../../agents/server.js'
import { startWebSocketAgent } from '../../agents/websocket-agent.js'
import { agent } from '../../support/build.js'
import { describeChannel, framedTraits } from './describe-channel.js'
import { callWith, eventually, faultOf, openCall, wordsIn } from './conduct-call.js'

/** Time that runs a hundred times as fast: 30 s pass in 300 ms. */
const fastClock: Clock = { ...systemClock, after: (ms, then) => systemClock.after(ms / 100, then) }

async function channelTo(url: string, more: Partial<WebsocketConnection> = {}, clock = systemClock): Promise<Channel> {
  return websocketChannel(agent({ connection: { type: 'websocket', url, ...more } }), { clock, concurrency: 4 })
}

describeChannel(
  'websocket',
  async () => {
    const running = await startWebSocketAgent()
    return { channel: await channelTo(running.url), underWay: running.openConnections, stop: running.close }
  },
  {
    ...framedTraits,
    faults: [
      ['/empty', 'empty_reply'],
      ['/not-json', 'not_json'],
      ['/invalid-utf8', 'invalid_utf8'],
      ['/too-large', 'too_large'],
      ['/no-object', 'bad_frame'],
      ['/bad-frame', 'bad_frame'],
      ['/bad-content', 'bad_frame'],
      ['/bad-metadata', 'bad_frame'],
      ['/bad-tool', 'bad_frame'],
      ['/bad-result', 'bad_frame'],
      ['/binary-junk', 'bad_frame'],
      ['/bad-opcode', 'bad_frame'],
      ['/close 1001', 'closed'],
      ['/close 1011', 'closed'],
      ['/close 4000', 'closed'],
      ['/drop', 'closed'],
      ['/reset', 'reset'],
    ],
  },
)

test('an agent that talks on and never answers our close is let go of within two seconds', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', socket => {
    socket.pause()
    const talking = setInterval(
      () => (socket.readyState === 1 ? socket.send('{"content":"And another thing."}') : clearInterval(talking)),
      150,
    )
  })
  await once(server, 'listening')
  await using call = await openCall(await channelTo(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`))
  const before = performance.now()
  await call.conversation.end('Bye.')
  expect(performance.now() - before).toBeLessThan(4_000)
  for (const socket of server.clients) socket.terminate()
  server.close()
})

test('a refusal whose body does not end is told by its status', async () => {
  const server = createServer().on('upgrade', (_request, socket) => {
    socket.on('error', () => {}).write('HTTP/1.1 403 Forbidden\r\nContent-Length: 50\r\n\r\nno key')
  })
  const { port, close } = await listen(server, 0)
  const fault = await faultOf(await channelTo(`ws://127.0.0.1:${port}`, {}, fastClock))
  expect(fault).toMatchObject({ by: 'agent', code: 'http_status', status: 403, message: expect.stringContaining('no key') as string })
  await close()
})

describe('an agent on a WebSocket', () => {
  let running: Awaited<ReturnType<typeof startWebSocketAgent>>
  beforeAll(async () => {
    running = await startWebSocketAgent()
  })
  afterAll(() => running.close())

  test('may greet first', async () => {
    await using channel = await channelTo(`${running.url}greet`)
    await using call = await openCall(channel)
    await eventually(() => call.events.length > 0)
    expect(wordsIn(call.events)).toEqual(['Hello, how can I help?'])
    expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
  })

  test('may send metadata that answers nothing, and arguments that are no JSON', async () => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    expect((await call.ask('/metadata-alone')).map(event => event.type)).toEqual(['metadata', 'said'])
    expect((await call.ask('/odd-arguments'))[0]).toMatchObject({
      type: 'tool_called',
      name: 'say',
      arguments: 'not json',
    })
  })

  test('learns by headers who calls: the secret, the call, what is configured, and the X- variables', async () => {
    await using channel = await channelTo(running.url, {
      secret: 's1',
      headers: { 'Authorization': 'Bearer t', 'X-Team': 'a' },
    })
    await using call = await openCall(
      channel,
      callWith({
        scenario: { key: 'cancel', id: 101 },
        runId: 'r-9',
        agentVariables: { 'X-Team': 'b', 'plain': 'no' },
      }),
    )
    await using other = await openCall(channel, callWith({ scenario: { key: 'cancel' } }))
    const [first, second] = running.calls.slice(-2)
    expect(first?.headers).toMatchObject({
      'x-vocera-secret': 's1',
      'x-vocera-scenario-id': '101',
      'x-vocera-result-id': 'result-1',
      'x-vocera-run-id': 'r-9',
      'authorization': 'Bearer t',
      'x-team': 'b',
    })
    expect(first?.headers).not.toHaveProperty('plain')
    expect(first?.headers).not.toHaveProperty('sec-websocket-extensions')
    expect(second?.headers['x-vocera-scenario-id']).toBe('cancel')
    expect([call, other].every(held => held.events.length === 0)).toBe(true)
  })

  test('gets typed frames, last words, and a close in good order', async () => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    await call.ask('Hi')
    await call.conversation.say({ type: 'dtmf', digits: '12#' }).done
    await call.conversation.end('Bye.')
    const heard = running.calls.at(-1)
    await eventually(() => heard?.closedWith !== undefined)
    expect(heard).toMatchObject({
      frames: [{ content: 'Hi' }, { type: 'dtmf', digits: '12#', content: '' }, { content: 'Bye.', type: 'end_call' }],
      closedWith: 1000,
    })
  })

  test.each(['/close 1011', '/reset'])('that answers our hanging up by %s is no fault', async lastWords => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    await call.conversation.end(lastWords)
    expect(call.events).toEqual([])
  })

  test('is hung up on when the conversation is disposed of', async () => {
    await using channel = await channelTo(running.url)
    const call = await openCall(channel)
    await call.conversation[Symbol.asyncDispose]()
    await eventually(() => running.calls.at(-1)?.closedWith !== undefined)
    expect(running.calls.at(-1)).toMatchObject({ frames: [{ content: '', type: 'end_call' }], closedWith: 1000 })
  })

  test.each(['/close 1000', '/close'])('that closes by %s has hung up', async words => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    expect((await call.ask(words, 'ended')).at(-1)).toMatchObject({ type: 'ended', afterWords: false })
  })

  test('that closes with another code says which and why', async () => {
    await using channel = await channelTo(running.url)
    const fault = await faultOf(channel, '/close 1011')
    expect(fault).toMatchObject({ status: 1011, message: expect.stringContaining('closed with code 1011, "Enough."') })
  })

  test.each([
    ['refuse/401', 401, "Check the connection's headers and keys"],
    ['refuse/403', 403, "Check the connection's headers and keys"],
    ['refuse/404', 404, "Check the connection's address"],
    ['refuse/429', 429, 'Lower the agent'],
    ['refuse/500', 500, "Look at the agent's log"],
    ['refuse/302', 302, 'Redirects are not followed'],
  ])('that answers the handshake by %s refuses the call', async (path, status, advice) => {
    await using channel = await channelTo(running.url + path, { rateLimited: { wait: false } })
    const fault = await faultOf(channel)
    expect(fault).toMatchObject({ by: 'agent', code: 'http_status', status, retryAfterMs: 7_000 })
    expect(fault.message).toContain('"Not today."')
    expect(fault.message).toContain(advice)
  })

  test('that breaks off the handshake erred', async () => {
    await using channel = await channelTo(`${running.url}hang-up`)
    expect(await faultOf(channel)).toMatchObject({ by: 'agent', code: 'closed' })
  })

  test('that answers pings stays on the line; one that does not is dead', async () => {
    await using channel = await channelTo(running.url, {}, fastClock)
    await using call = await openCall(channel)
    await new Promise(resolve => setTimeout(resolve, 1_000))
    expect(call.events).toEqual([])
    await using deaf = await channelTo(`${running.url}deaf`, {}, fastClock)
    await using silent = await openCall(deaf)
    expect(await silent.next('broke')).toMatchObject({
      fault: { by: 'agent', code: 'closed', message: expect.stringContaining('no ping') },
    })
  })

  test('that takes the connection and no more was not reached', async () => {
    await using channel = await channelTo(`${running.url}stall`, {}, fastClock)
    expect(await faultOf(channel)).toMatchObject({ by: 'infra', code: 'connect_timeout' })
    expect(await eventually(() => running.openConnections() === 0)).toBe(true)
  })

  test('that has not answered the handshake is let go when the conversation is aborted, or the channel closed', async () => {
    const channel = await channelTo(`${running.url}stall`)
    const control = new AbortController()
    const reason = new Error('Stopped')
    const aborted = channel.open(callWith(), () => {}, control.signal)
    const closed = channel.open(callWith(), () => {}, new AbortController().signal)
    void eventually(() => running.openConnections() === 2).then(() => control.abort(reason))
    await expect(aborted).rejects.toBe(reason)
    void channel[Symbol.asyncDispose]()
    await expect(closed).rejects.toMatchObject({ fault: { by: 'infra', code: 'interrupted' } })
    expect(await eventually(() => running.openConnections() === 0)).toBe(true)
  })

  test('cannot be called with a header that is none', async () => {
    await using channel = await channelTo(running.url)
    const opened = openCall(channel, callWith({ agentVariables: { 'X-A b': 'c' } }))
    await expect(opened).rejects.toMatchObject({ fault: { by: 'infra', code: 'internal' } })
  })
})

describe('an agent on a WebSocket that cannot be reached is no fault of its own', () => {
  test.each([
    ['nothing listens', 'refused', 'ws://127.0.0.1:'],
    ['its certificate is not trusted', 'tls', 'wss://127.0.0.1:'],
  ])('%s', async (_title, code, origin) => {
    const running = await startWebSocketAgent({ tls: code === 'tls' })
    if (code === 'refused') await running.close()
    await using channel = await channelTo(`${origin}${running.port}/`)
    expect(await faultOf(channel)).toMatchObject({ by: 'infra', code })
    if (code === 'tls') await running.close()
  })

  test('there is no such host', async () => {
    await using channel = await channelTo('ws://agent.invalid/')
    expect(await faultOf(channel)).toMatchObject({ by: 'infra', code: 'no_such_host' })
  })
})

describe('an agent over a WebSocket', () => {
  let running: Awaited<ReturnType<typeof startWebSocketAgent>>
  beforeAll(async () => {
    running = await startWebSocketAgent()
  })
  afterAll(() => running.close())

  test('may send its JSON in binary frames', async () => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    expect(wordsIn(await call.ask('/binary'))).toEqual(['Hi'])
  })

  test.each([
    [['chat.v2', 'chat.v1'], 'chat.v1'],
    [['chat.v3'], undefined],
  ])('is offered the subprotocols %j', async (protocols, chosen) => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1', handleProtocols: offered => offered.has('chat.v1') && 'chat.v1' })
    await once(server, 'listening')
    const spoken: string[] = []
    server.on('connection', socket => {
      spoken.push(socket.protocol)
      socket.send('{"content":"Hello"}')
    })
    await using channel = await channelTo(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, { protocols })
    const opening = openCall(channel)
    const opened = await opening.then(
      async call => {
        await call[Symbol.asyncDispose]()
        return undefined
      },
      (cause: unknown) => String(cause),
    )
    expect(opened ?? '').toMatch(chosen === undefined ? /answered the handshake wrongly \(Server sent no subprotocol\)/ : /^$/)
    expect(spoken).toEqual(chosen === undefined ? [''] : [chosen])
    server.close()
  })

  test('may send frames that the suite ignores: by a part of them, in depth, or as a text', async () => {
    const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
    await once(server, 'listening')
    const frames = [
      '{"type":"ping","at":12}',
      'ping',
      '{"event":{"kind":"typing","who":"agent"}}',
      '{"text":"ping","more":1}',
      '{"type":"pong","content":"Hello"}',
    ]
    server.on('connection', socket => socket.on('message', () => frames.forEach(frame => socket.send(frame))))
    const ignore = [{ type: 'ping' }, { event: { kind: 'typing' } }, { text: 'ping' }]
    await using channel = await channelTo(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/`, { ignore })
    await using call = await openCall(channel)
    await call.ask('Hi')
    expect(call.events).toMatchObject([{ type: 'said', text: 'Hello' }])
    server.close()
  })
})
