import { createServer } from 'node:http'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { websocketChannel } from '../../../src/adapters/channels/websocket.js'
import type { Connection } from '../../../src/domain/connection.js'
import type { Fault } from '../../../src/domain/fault.js'
import type { Channel } from '../../../src/ports/channel.js'
import { listen, type RunningAgent } from '../../agents/server.js'
import { agent } from '../../support/build.js'
import { fastClock } from '../../support/fast-clock.js'
import { callWith, eventually, faultOf, openCall, wordsIn } from './conduct-call.js'

// A real agent that is too busy at first. Its seconds pass in hundredths.

let refusals: (readonly [status: number, retryAfter: string | undefined])[] = []
let bodies: string[] = []
let running: RunningAgent
const answer = '{"reply":"Hello","choices":[{"message":{"content":"Hello"}}]}'

beforeAll(async () => {
  const server = createServer((request, response) => {
    let body = ''
    request
      .on('data', chunk => (body += String(chunk)))
      .on('end', () => {
        bodies.push(body)
        const [status, retryAfter] = refusals.shift() ?? [200, undefined]
        response.writeHead(status, retryAfter === undefined ? {} : { 'retry-after': retryAfter }).end(status === 200 ? answer : 'Busy.')
      })
  })
  const sockets = new WebSocketServer({ noServer: true })
  server.on('upgrade', (request, socket, head) => {
    const [status, retryAfter] = refusals.shift() ?? []
    bodies.push('handshake')
    if (status !== undefined)
      return void socket.end(`HTTP/1.1 ${status} Busy\r\n${retryAfter === undefined ? '' : `Retry-After: ${retryAfter}\r\n`}\r\n`)
    sockets.handleUpgrade(request, socket, head, open => open.on('message', () => open.send('{"content":"Hello"}')))
  })
  running = await listen(server, 0)
})
afterAll(() => running.close())
beforeEach(() => {
  refusals = []
  bodies = []
})

type Kind = 'http' | 'openai' | 'websocket'

async function channelBy(kind: Kind, wait?: boolean): Promise<Channel> {
  const at = `127.0.0.1:${running.port}`
  const rateLimited = wait === undefined ? {} : { rateLimited: { wait } }
  const connections: Record<Kind, Connection> = {
    http: { type: 'http', url: `http://${at}/`, ...rateLimited },
    openai: { type: 'openai', baseUrl: `http://${at}/v1`, model: 'm', ...rateLimited },
    websocket: { type: 'websocket', url: `ws://${at}/`, ...rateLimited },
  }
  const factory = { http: httpChannel, openai: openaiChannel, websocket: websocketChannel }[kind]
  return factory(agent({ connection: connections[kind] }), { clock: fastClock(100), concurrency: 1 })
}

describe.each(['http', 'openai', 'websocket'] as const)('an agent over %s', kind => {
  async function faultBy(wait?: boolean): Promise<Fault> {
    await using channel = await channelBy(kind, wait)
    return await faultOf(channel)
  }

  test.each([
    [429, '1'],
    [503, '0'],
    [503, '2'],
  ])('that answers %i with Retry-After %s is asked the same again, and the call stands still meanwhile', async (status, retryAfter) => {
    refusals = [
      [status, retryAfter],
      [status, retryAfter],
    ]
    const holds: string[] = []
    const hold = (): (() => void) => {
      holds.push('stop')
      return () => void holds.push('go')
    }
    await using channel = await channelBy(kind)
    await using call = await openCall(channel, callWith({ hold }))
    expect(wordsIn(await call.ask('Hi'))).toEqual(['Hello'])
    expect(bodies).toHaveLength(3)
    expect(new Set(bodies).size).toBe(1)
    expect(holds).toEqual(['stop', 'go', 'stop', 'go'])
  })

  test('that asks for more patience than there is, is not at fault', async () => {
    refusals = [[429, '121']]
    expect(await faultBy()).toMatchObject({ by: 'infra', code: 'rate_limited', status: 429, retryAfterMs: 121_000 })
    refusals = Array.from({ length: 9 }, () => [503, '50'] as const)
    expect(await faultBy()).toMatchObject({ by: 'infra', code: 'rate_limited', message: expect.stringContaining('than the 120 s that') })
    expect(bodies).toHaveLength(1 + 3)
  })

  test.each([
    [429, undefined],
    [503, 'soon'],
    [500, '1'],
  ] as const)('that answers %i with Retry-After %s is at fault', async (status, retryAfter) => {
    refusals = [[status, retryAfter]]
    expect(await faultBy()).toMatchObject({ by: 'agent', code: 'http_status', status })
  })

  test('is at fault where the suite does not want to wait', async () => {
    refusals = [[429, '1']]
    expect(await faultBy(false)).toMatchObject({ by: 'agent', code: 'http_status', status: 429 })
  })

  test('is not asked again once the call is cut off, or the channel closed', async () => {
    for (const end of ['abort', 'close'] as const) {
      refusals = [[429, '100']]
      bodies = []
      const channel = await channelBy(kind)
      const control = new AbortController()
      const opening = Promise.resolve(channel.open(callWith(), () => undefined, control.signal))
      const opened = opening.then(
        conversation => void conversation.say({ type: 'text', text: 'Hi' }),
        (cause: unknown) => cause,
      )
      expect(await eventually(() => bodies.length === 1)).toBe(true)
      await new Promise(resolve => setTimeout(resolve, 30))
      if (end === 'abort') control.abort(new Error('cut'))
      await channel[Symbol.asyncDispose]()
      const cause = await opened
      expect(cause === undefined || cause instanceof Error).toBe(true)
      await new Promise(resolve => setTimeout(resolve, 50))
      expect(bodies).toHaveLength(1)
      control.abort()
    }
  })
})
