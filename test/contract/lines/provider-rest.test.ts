import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openLineUse, type LineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import { lineTo } from '../../../src/adapters/channels/voice/lines/line-to.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { MediaStreamConnection } from '../../../src/domain/connection.js'
import type { LineEvent } from '../../../src/ports/line.js'
import { startSocketPlace } from '../../support/socket-place.js'
import { eventually } from '../channels/conduct-call.js'
import { call } from './twilio-far.js'

interface Message {
  readonly event?: string
}

/** What an agent of a provider asks, as the provider's documents have it, and what it is answered. */
const providers = [
  {
    provider: 'telnyx',
    hangUp: (url: string, id: string) => fetch(`${url}/v2/calls/${id}/actions/hangup`, { method: 'POST', body: '{}' }),
    ended: [200, { data: { result: 'ok' } }],
    over: [422, { errors: [{ code: '90018', title: 'Call has already ended' }] }],
    wrong: (url: string, id: string) => fetch(`${url}/v2/calls/${id}/actions/hangup`),
    refused: 405,
    last: 'stop',
  },
  {
    provider: 'plivo',
    hangUp: (url: string, id: string) => fetch(`${url}/v1/Account/MA1/Call/${id}/`, { method: 'DELETE' }),
    ended: [204, undefined],
    over: [404, { error: 'call not found' }],
    wrong: (url: string, id: string) => fetch(`${url}/v1/Account/MA1/Call/${id}/`, { method: 'POST', body: 'legs=aleg' }),
    refused: 405,
    last: 'start',
  },
  {
    provider: 'vonage',
    hangUp: (url: string, id: string) => fetch(`${url}/v1/calls/${id}`, { method: 'PUT', body: '{"action":"hangup"}' }),
    ended: [204, undefined],
    over: [404, { type: expect.any(String), title: 'Not Found' }],
    wrong: (url: string, id: string) => fetch(`${url}/v1/calls/${id}`, { method: 'PUT', body: '{"action":"transfer"}' }),
    refused: 400,
    last: 'websocket:connected',
  },
] as const

let place: Awaited<ReturnType<typeof startSocketPlace>>
let use: LineUse
let messages: Message[]
let closed: number | undefined
let told: { readonly url: string; readonly id: string }
beforeEach(async () => {
  messages = []
  closed = undefined
  place = await startSocketPlace({
    accept({ socket, request }) {
      told = { url: String(request.headers['x-rest']), id: String(request.headers['x-call']) }
      socket.on('message', (bytes: Buffer, isBinary) => void (isBinary || messages.push(JSON.parse(bytes.toString()) as Message)))
      socket.on('close', code => (closed = code))
    },
  })
  use = openLineUse({ environment: {}, secrets: [] }, systemClock, createCallServer())
})
afterEach(async () => {
  await use.calls[Symbol.asyncDispose]()
  await place.close()
})

async function dial(provider: MediaStreamConnection['provider']) {
  const events: LineEvent[] = []
  const headers = { 'X-Rest': '<rest_url>', 'X-Call': '<call_id>' }
  const dialled = lineTo({ type: 'media_stream', provider, url: place.url, headers }, call, use)
  const line = await dialled(event => void events.push(event), new AbortController().signal)
  await eventually(() => messages.length > 0)
  return { line, events }
}

async function answerOf(response: Response): Promise<[number, unknown]> {
  const body = await response.text()
  return [response.status, body === '' ? undefined : JSON.parse(body)]
}

describe.each(providers)('the REST interface of $provider', ({ provider, hangUp, ended, over, wrong, refused, last }) => {
  test('ends the call, whose stream is closed in good order; then the call is over', async () => {
    const { events } = await dial(provider)
    expect((await wrong(told.url, told.id)).status).toBe(refused)
    expect(events).toEqual([])
    expect(await answerOf(await hangUp(told.url, told.id))).toEqual(ended)
    expect(events).toEqual([{ type: 'ended' }])
    await eventually(() => closed !== undefined)
    expect([closed, messages.at(-1)?.event]).toEqual([1000, last])
    expect(await answerOf(await hangUp(told.url, told.id))).toEqual(over)
  })

  test('knows neither other calls, nor this one once the caller or the agent has hung up', async () => {
    const { line } = await dial(provider)
    expect(await answerOf(await hangUp(told.url, 'CA0'))).toEqual(over)
    await line.hangUp()
    await eventually(() => closed !== undefined)
    expect(await answerOf(await hangUp(told.url, told.id))).toEqual(over)
    expect((await fetch(`${told.url}/v9/calls`)).status).toBe(404)
    // It is another provider's call to the others.
    closed = undefined
    const again = await dial(provider)
    const other = providers.find(each => each.provider !== provider)!
    expect(await answerOf(await other.hangUp(told.url, told.id))).toEqual(other.over)
    expect([closed, again.events]).toEqual([undefined, []])
    await again.line.hangUp()
    await eventually(() => closed !== undefined)
  })
})
