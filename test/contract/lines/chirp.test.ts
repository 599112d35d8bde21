import { once } from 'node:events'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { chirpLine } from '../../../src/adapters/channels/voice/lines/chirp.js'
import { openLineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { ChirpConnection } from '../../../src/domain/connection.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial, LineEvent } from '../../../src/ports/line.js'
import { startChirpAgent } from '../../agents/chirp-agent.js'
import { startProxy } from '../../support/proxy.js'
import { startSocketPlace, type AcceptedSocket } from '../../support/socket-place.js'
import { eventually } from '../channels/conduct-call.js'
import { countingClock, describeLine, faultOfDialling, frameOf, type FarEnd } from './describe-line.js'
import { raw, startFarEnds } from './far-ends.js'

const call = { scenario: { key: 'cancel', id: 101 }, result: 'result-1', runId: 'r-9', agentVariables: { 'X-Team': 'b' } }

function chirpTo(url: string, more: Partial<ChirpConnection> = {}, clock: Clock = systemClock, environment = {}): Dial {
  return chirpLine({ type: 'chirp', url, ...more }, call, openLineUse({ environment, secrets: [] }, clock, createCallServer()))
}

function farOf({ socket }: AcceptedSocket): FarEnd & { socket: WebSocket } {
  const frames: Int16Array[] = []
  const signs: string[] = []
  let closed: FarEnd['closed']
  socket.on('close', code => (closed = code === 1000 ? 'well' : 'badly'))
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return void frames.push(Int16Array.from({ length: data.length / 2 }, (_, i) => data.readInt16LE(2 * i)))
    const { type } = JSON.parse(data.toString()) as { type: string }
    signs.push(type === 'speech.started' ? 'begins' : 'ends')
  })
  const tell = (type: string, data = {}): void => socket.send(JSON.stringify({ type, id: 'x', ts_ms: 1, data }))
  return {
    frames,
    signs,
    socket,
    get closed() {
      return closed
    },
    say: samples => socket.send(Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)),
    speech: is => tell(is === 'begins' ? 'speech.started' : 'speech.completed', { utterance_id: 'a1' }),
    hangUp: () => socket.close(1000),
    lose: () => socket.terminate(),
  }
}

type ChirpFar = ReturnType<typeof farOf>

const startFar = () => startFarEnds(farOf, (url, clock) => chirpTo(url, {}, clock))

describeLine('chirp', startFar, {
  rate: 16_000,
  signs: ['speech'],
  ofAgent: ['speech'],
  refusal: { by: 'agent', code: 'http_status', status: 403 },
  dropped: { by: 'infra', code: 'unreachable' },
  isBounded: true,
  broken: [
    ['JSON where sound belongs', raw(Buffer.from('{"type":"speech.started"}')), 'bad_frame'],
    ['text that is not JSON', raw('RIFF....WAVE'), 'not_json'],
    ['JSON that is no object', raw('[1]'), 'bad_frame'],
    ['JSON that does not say what it is', raw('{"event":"media"}'), 'bad_frame'],
    ['JSON that is too deep', raw(`${'['.repeat(5000)}${']'.repeat(5000)}`), 'too_large'],
    ['a message that is too large', raw(Buffer.alloc((1 << 20) + 2)), 'too_large'],
    ['an error of its session', raw('{"type":"session.error","data":{"code":"no_agent","message":"Not here."}}'), 'closed'],
    ['a close with 1008', far => (far as ChirpFar).socket.close(1008, 'No.'), 'closed'],
    ['a close with 1011 in the middle', far => (far as ChirpFar).socket.close(1011, 'Oops.'), 'closed'],
  ],
  odd: [
    ['an empty message', raw(Buffer.alloc(0)), 0],
    ['one byte that nothing follows', raw(Buffer.alloc(1)), 0],
    ['odd numbers of bytes', raw(Buffer.alloc(3), Buffer.alloc(4), Buffer.alloc(1)), 4],
    ['a message of a kind that is not known', raw('{"type":"session.metrics","data":null}', Buffer.alloc(2)), 1],
    ['the largest message', raw(Buffer.alloc(1 << 20)), 1 << 19],
  ],
})

describe('an agent over CHIRP', () => {
  let far: Awaited<ReturnType<typeof startFar>>
  beforeAll(async () => {
    far = await startFar()
  })
  afterAll(() => far.stop())

  async function opened(dial: Dial) {
    const control = new AbortController()
    const events: LineEvent[] = []
    const before = far.ends.length
    const line = await dial(event => void events.push(event), control.signal)
    await eventually(() => far.ends.length > before)
    return { line, events, end: far.ends.at(-1)!, control }
  }

  test('is told that sound in JSON is none, once', async () => {
    const { line, events, end } = await opened(chirpTo(far.url))
    raw('{"type":"audio","data":"AAAA"}', '{"type":"audio","data":"AAAA"}', Buffer.alloc(2))(end)
    await eventually(() => events.length === 2)
    expect(events).toEqual([
      { type: 'warned', warning: expect.stringContaining('sent a message "audio", which CHIRP does not have') },
      { type: 'sound', samples: Int16Array.of(0) },
    ])
    await line.hangUp()
  })

  test('gets its sound low byte first, and what is cut in the middle of a sample is put together, with a warning once', async () => {
    const { line, events, end } = await opened(chirpTo(far.url))
    raw(Buffer.from([0x01, 0x02, 0xff]), Buffer.from([0x7f, 0x00]), Buffer.from([0x80]))(end)
    await eventually(() => events.length === 4)
    expect(events).toEqual([
      { type: 'warned', warning: expect.stringContaining('3 bytes of sound in one message') },
      { type: 'sound', samples: Int16Array.of(0x0201) },
      { type: 'sound', samples: Int16Array.of(0x7fff) },
      { type: 'sound', samples: Int16Array.of(-0x8000) },
    ])
    await line.hangUp()
  })

  test('learns by its headers who calls, and gets the password that the suite has', async () => {
    const requests: AcceptedSocket['request'][] = []
    const place = await startSocketPlace({ accept: ({ request }) => void requests.push(request) })
    const dial = chirpTo(place.url, { username: 'ann', password: 'p:w', headers: { 'X-Own': '1' }, protocols: ['chirp.v1'] })
    const line = await dial(() => {}, new AbortController().signal)
    await eventually(() => requests.length === 1)
    expect(requests[0]?.headers).toMatchObject({
      'authorization': `Basic ${Buffer.from('ann:p:w').toString('base64')}`,
      'x-own': '1',
      'x-team': 'b',
      'x-vocera-run-id': 'r-9',
      'sec-websocket-protocol': 'chirp.v1',
    })
    await line.hangUp()
    await place.close()
  })

  test('is told where an utterance ends also when the caller hangs up in the middle of it', async () => {
    const { line, end } = await opened(chirpTo(far.url))
    line.speech?.('begins')
    line.send(frameOf(16_000, 9))
    await line.hangUp()
    expect(end.signs).toEqual(['begins', 'ends'])
  })

  test('numbers utterances and messages', async () => {
    const texts: string[] = []
    const place = await startSocketPlace({
      accept: ({ socket }) => void socket.on('message', (data: Buffer) => texts.push(data.toString())),
    })
    const fixed: Clock = { ...systemClock, date: () => new Date(1_700_000_000_000) }
    const line = await chirpTo(place.url, {}, fixed)(() => {}, new AbortController().signal)
    for (const is of ['begins', 'ends', 'begins', 'ends'] as const) line.speech?.(is)
    await line.hangUp()
    await eventually(() => texts.length === 4)
    expect(texts.map(text => JSON.parse(text) as unknown)).toEqual(
      [
        ['speech.started', 'u1'],
        ['speech.completed', 'u1'],
        ['speech.started', 'u2'],
        ['speech.completed', 'u2'],
      ].map(([type, utterance], i) => ({ type, id: `m${i + 1}`, ts_ms: 1_700_000_000_000, data: { utterance_id: utterance } })),
    )
    await place.close()
  })

  test('that asks to come back later is called again', async () => {
    const { line, end } = await opened(chirpTo(`${far.url}/limited`))
    await line.hangUp()
    expect(end.closed).toBe('well')
  })

  test.each([
    ['/close-1000', 'infra', 'unreachable'],
    ['/close-1001', 'infra', 'unreachable'],
    ['/close-1008', 'agent', 'closed'],
    ['/close-1011', 'agent', 'closed'],
  ])('that closes at once by %s is a fault by %s', async (path, by, code) => {
    expect(await faultOfDialling(chirpTo(far.url + path))).toMatchObject({ by, code })
  })

  test('that does not read is given up, and what waits for it is bounded', async () => {
    const { line, events, end } = await opened(chirpTo(far.url))
    end.socket.pause()
    for (let sent = 0; sent < 100_000 && events.length === 0; sent += 1) {
      line.send(frameOf(16_000, 1, 2, 3))
      if (sent % 500 === 0) await new Promise(resolve => setImmediate(resolve))
    }
    expect(events).toMatchObject([{ type: 'broke', fault: { by: 'agent', code: 'silence' } }])
    end.socket.resume()
    expect(await eventually(() => far.openConnections() === 0)).toBe(true)
  })

  test('may send ten thousand messages at once: the line goes on', async () => {
    const { line, events, end } = await opened(chirpTo(far.url))
    for (let i = 0; i < 5_000; i += 1) raw('{"type":"speech.started"}', Buffer.alloc(2))(end)
    expect(await eventually(() => events.length === 10_000)).toBe(true)
    await line.hangUp()
  })

  test('that is not read, because five minutes of its sound wait, is not taken for dead', async () => {
    const fast: Clock = { ...systemClock, after: (ms, then) => systemClock.after(ms / 100, then) }
    const { line, events, end } = await opened(chirpTo(far.url, {}, fast))
    for (let second = 0; second < 500; second += 1) raw(Buffer.alloc(32_000))(end)
    const seconds = (): number => events.reduce((sum, event) => sum + (event.type === 'sound' ? event.samples.length / 16_000 : 0), 0)
    await eventually(() => seconds() > 300)
    // Pings and the time for their pongs: 30 s and 10 s.
    await new Promise(resolve => setTimeout(resolve, 1_000))
    expect(events.every(event => event.type === 'sound')).toBe(true)
    expect(seconds()).toBeLessThan(320)
    await line.hangUp()
  })

  test('is reached through a proxy', async () => {
    const proxy = await startProxy()
    const dial = chirpTo(`ws://agent.test:${far.port}/`, {}, systemClock, { HTTP_PROXY: proxy.url })
    const { line } = await opened(dial)
    expect(proxy.asked).toEqual([`CONNECT agent.test:${far.port}`])
    await line.hangUp()
    await proxy.close()
  })
})

test('an agent that cannot be reached is tried three times', async () => {
  let tried = 0
  const server = createServer(socket => {
    tried += 1
    socket.destroy()
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  const { clock, running } = countingClock()
  const waits: number[] = []
  const noting: Clock = {
    ...clock,
    after: (ms, then) => {
      waits.push(ms)
      return clock.after(ms / 100, then)
    },
  }
  const fault = await faultOfDialling(chirpTo(`ws://127.0.0.1:${port}/`, {}, noting))
  expect(fault).toMatchObject({ by: 'infra', code: 'refused' })
  expect([waits.filter(ms => ms < 5_000), tried, running()]).toEqual([[300, 1_200], 0, 0])
})

test('an agent whose certificate nobody trusts is not tried again', async () => {
  const place = await startSocketPlace({ tls: true, accept: () => {} })
  expect(await faultOfDialling(chirpTo(place.url))).toMatchObject({ by: 'infra', code: 'tls' })
  await place.close()
})

test('an agent that a request named is not reached where it must not be', async () => {
  const use = openLineUse({ environment: {}, secrets: [], allowedHosts: [] }, systemClock, createCallServer())
  const fault = await faultOfDialling(chirpLine({ type: 'chirp', url: 'ws://127.0.0.1:9/' }, call, use))
  expect(fault).toMatchObject({ by: 'infra', code: 'unreachable', message: expect.stringContaining('does not connect to') as string })
})

test('a secret that the agent repeats is masked in what its fault quotes', async () => {
  const place = await startSocketPlace({ accept: ({ socket }) => socket.send('token=hunter2hunter2') })
  const use = openLineUse({ environment: {}, secrets: [{ name: 'TOKEN', value: 'hunter2hunter2' }] }, systemClock, createCallServer())
  const { message } = await faultOfDialling(chirpLine({ type: 'chirp', url: place.url }, call, use))
  expect(message).toContain('token=[redacted TOKEN]')
  await place.close()
})

test('the echo agent says again what it heard', async () => {
  const agent = await startChirpAgent({ user: 'ann', password: 'pw' })
  expect(await faultOfDialling(chirpTo(agent.url))).toMatchObject({ by: 'agent', code: 'http_status', status: 401 })
  const events: LineEvent[] = []
  const dial = chirpTo(agent.url, { username: 'ann', password: 'pw' })
  const line = await dial(event => void events.push(event), new AbortController().signal)
  line.speech?.('begins')
  for (let i = 1; i <= 10; i += 1) line.send(frameOf(16_000, i))
  line.speech?.('ends')
  const echoed = (): number[] => events.flatMap(event => (event.type === 'sound' && event.samples[0]! > 0 ? [event.samples[0]!] : []))
  expect(await eventually(() => echoed().length === 10)).toBe(true)
  expect(echoed()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
  await line.hangUp()
  await agent.close()
})
