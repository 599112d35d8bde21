import { createServer, type ServerResponse } from 'node:http'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { websocketChannel } from '../../../src/adapters/channels/websocket.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Fault } from '../../../src/domain/fault.js'
import type { Channel } from '../../../src/ports/channel.js'
import { listen, type RunningAgent } from '../../agents/server.js'
import { agent } from '../../support/build.js'
import { faultOf, openCall, wordsIn } from './conduct-call.js'

// A real agent that compresses what nobody asked it to.

const words = 'Größe: '.repeat(2_000)
const answer = JSON.stringify({ reply: words, choices: [{ message: { content: words } }] })
const bomb = gzipSync(Buffer.alloc(120 << 20))
const codings: Readonly<Record<string, readonly [coding: string, body: Buffer]>> = {
  gzip: ['gzip', gzipSync(answer)],
  x_gzip: ['X-GZIP', gzipSync(answer)],
  two_members: ['gzip', Buffer.concat([gzipSync(answer.slice(0, 99)), gzipSync(answer.slice(99))])],
  br: ['br', brotliCompressSync(answer)],
  deflate: ['deflate', deflateSync(answer)],
  raw_deflate: ['deflate', deflateRawSync(answer)],
  identity: ['identity', Buffer.from(answer)],
  bomb: ['gzip', bomb],
  cut: ['gzip', gzipSync(answer).subarray(0, 60)],
  plain: ['gzip', Buffer.from(answer)],
  unknown: ['compress', Buffer.from(answer)],
  twice: ['gzip, gzip', gzipSync(gzipSync(answer))],
}

function send(name: string, status: number, response: ServerResponse): void {
  const [coding, body] = codings[name] ?? ['identity', Buffer.from('{}')]
  response.writeHead(status, { 'content-encoding': coding }).end(body)
}

let running: RunningAgent
beforeAll(async () => {
  const server = createServer((request, response) => {
    const [, status = '', name = ''] = (request.url ?? '').split('/')
    if (name === 'refusal')
      response.writeHead(Number(status), { 'content-encoding': 'gzip' }).end(gzipSync('Only on weekdays. '.repeat(9999)))
    else send(name, Number(status), response)
  })
  server.on('upgrade', (_, socket) => {
    const body = gzipSync('Only on weekdays.')
    socket.write(`HTTP/1.1 403 No\r\ncontent-encoding: gzip\r\ncontent-length: ${body.length}\r\n\r\n`)
    socket.end(body)
  })
  running = await listen(server, 0)
})
afterAll(() => running.close())

type Kind = 'http' | 'openai'

async function channelTo(kind: Kind, path: string): Promise<Channel> {
  const use = { clock: systemClock, concurrency: 1 }
  const url = `http://127.0.0.1:${running.port}/${path}`
  if (kind === 'http') return httpChannel(agent({ connection: { type: 'http', url } }), use)
  return openaiChannel(agent({ connection: { type: 'openai', baseUrl: url, model: 'm' } }), use)
}

async function faultAt(kind: Kind, path: string): Promise<Fault> {
  await using channel = await channelTo(kind, path)
  return await faultOf(channel)
}

describe.each(['http', 'openai'] as const)('an answer over %s', kind => {
  test.each(['gzip', 'x_gzip', 'two_members', 'br', 'deflate', 'raw_deflate', 'identity'])('is read if it comes as %s', async name => {
    await using channel = await channelTo(kind, `200/${name}`)
    await using call = await openCall(channel)
    for (let turn = 1; turn <= 2; turn += 1) expect(wordsIn(await call.ask('Hi'))).toEqual([words])
  })

  test.each([
    ['cut', 'gzip'],
    ['plain', 'gzip'],
    ['unknown', 'compress'],
    ['twice', 'gzip, gzip'],
  ])('that is %s is a fault of the agent', async (name, coding) => {
    const fault = await faultAt(kind, `200/${name}`)
    expect(fault).toMatchObject({ by: 'agent', code: 'invalid_utf8', message: expect.stringContaining(`cannot be decoded as ${coding} (`) })
  })

  test('that is a bomb is not decoded beyond the limit of an answer', async () => {
    const before = process.memoryUsage().rss
    expect(await faultAt(kind, '200/bomb')).toMatchObject({ by: 'agent', code: 'too_large' })
    expect(await faultAt(kind, '500/bomb')).toMatchObject({ by: 'agent', code: 'http_status', status: 500 })
    expect(process.memoryUsage().rss - before).toBeLessThan(60 << 20)
  })

  test('that refuses is quoted in plain words', async () => {
    expect(await faultAt(kind, '403/refusal')).toMatchObject({
      status: 403,
      message: expect.stringContaining('"Only on weekdays. Only on'),
    })
    expect(await faultAt(kind, '403/plain')).toMatchObject({ status: 403, code: 'http_status' })
  })
})

test('a refused WebSocket is quoted in plain words', async () => {
  const connection = { type: 'websocket', url: `ws://127.0.0.1:${running.port}/` } as const
  await using channel = await websocketChannel(agent({ connection }), { clock: systemClock, concurrency: 1 })
  expect(await faultOf(channel)).toMatchObject({ status: 403, message: expect.stringContaining('"Only on weekdays."') })
})
