import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { HttpConnection, HttpSession } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import { listen } from '../../agents/server.js'
import { agent } from '../../support/build.js'
import { callWith, openCall, wordsIn } from './conduct-call.js'

interface Seen {
  readonly line: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
}

/** An agent that wants each conversation opened, and knows only those that are. */
let running: Awaited<ReturnType<typeof listen>>
let seen: Seen[]
let refuses: { readonly status: number; readonly headers?: Record<string, string>; readonly body?: string }[]

beforeEach(async () => {
  seen = []
  refuses = []
  let sessions = 0
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { method, url = '', headers } = request
    const body = await text(request)
    seen.push({ line: `${method} ${url}`, headers, body })
    const refused = url === '/sessions' ? refuses.shift() : undefined
    if (refused) return void response.writeHead(refused.status, refused.headers).end(refused.body ?? '{}')
    if (url !== '/sessions') return void response.end(JSON.stringify({ reply: `${decodeURIComponent(url)} heard ${body}` }))
    sessions += 1
    response.writeHead(201, { 'set-cookie': `sid=${sessions}` })
    response.end(JSON.stringify({ id: `s ${sessions}`, nested: { token: sessions } }))
  }
  const server = createServer((request, response) => void answer(request, response))
  running = await listen(server, 0)
})

afterEach(() => running.close())

async function channelTo(session: Partial<HttpSession> = {}, more: Partial<HttpConnection> = {}): Promise<Channel> {
  const connection = {
    type: 'http',
    url: `http://127.0.0.1:${running.port}/sessions/{{captured.session}}/messages`,
    headers: { 'authorization': 'Bearer x', 'x-token': '{{captured.token}}' },
    body: { text: '{{message}}', token: '{{captured.token}}' },
    session: { url: '/sessions', capture: { session: '/id', token: '/nested/token' }, ...session },
    ...more,
  } as const
  return httpChannel(agent({ connection }), { clock: systemClock, concurrency: 4 })
}

test('each conversation begins with its session, and its turns use what was captured', async () => {
  await using channel = await channelTo({ headers: { 'x-channel': 'test' }, body: { run: '{{run.id}}', scenario: '{{scenario.key}}' } })
  await using first = await openCall(channel, callWith({ runId: 'run-a' }))
  await using second = await openCall(channel, callWith({ runId: 'run-b' }))
  expect(wordsIn(await first.ask('Hi'))).toEqual(['/sessions/s 1/messages heard {"text":"Hi","token":1}'])
  expect(wordsIn(await first.ask('Bye'))).toEqual(['/sessions/s 1/messages heard {"text":"Bye","token":1}'])
  expect(wordsIn(await second.ask('Hello'))).toEqual(['/sessions/s 2/messages heard {"text":"Hello","token":2}'])

  expect(seen.map(({ line }) => line)).toEqual([
    'POST /sessions',
    'POST /sessions/s%201/messages',
    'POST /sessions/s%201/messages',
    'POST /sessions',
    'POST /sessions/s%202/messages',
  ])
  const [opening, turn] = seen
  expect(JSON.parse(opening!.body)).toEqual({ run: 'run-a', scenario: 'cancel' })
  expect(opening!.headers).toMatchObject({ 'authorization': 'Bearer x', 'x-channel': 'test', 'content-type': 'application/json' })
  expect(opening!.headers['x-token']).toBeUndefined()
  expect(turn!.headers).toMatchObject({ 'authorization': 'Bearer x', 'x-token': '1', 'cookie': 'sid=1' })
  expect(turn!.headers['x-channel']).toBeUndefined()
})

test('a GET opens a session without a body, and the default body is an empty object', async () => {
  await using got = await channelTo({ method: 'GET' })
  await using call = await openCall(got)
  await call.ask('Hi')
  await using posted = await channelTo()
  await using other = await openCall(posted)
  await other.ask('Hi')
  expect(seen.filter(({ line }) => line.endsWith(' /sessions')).map(({ line, body }) => [line, body])).toEqual([
    ['GET /sessions', ''],
    ['POST /sessions', '{}'],
  ])
})

test('a session that is refused is the agent\u2019s fault, and one that must wait is waited for', async () => {
  refuses = [{ status: 500 }, { status: 429, headers: { 'retry-after': '0' } }]
  await using channel = await channelTo()
  await using refused = await openCall(channel)
  expect((await refused.ask('Hi')).at(-1)).toMatchObject({ type: 'broke', fault: { by: 'agent', code: 'http_status', status: 500 } })
  await using patient = await openCall(channel)
  expect(wordsIn(await patient.ask('Hi'))).toHaveLength(1)
  expect(seen.filter(({ line }) => line === 'POST /sessions')).toHaveLength(3)
})

test('a session without what is to be captured is no session', async () => {
  await using channel = await channelTo({ capture: { session: '/id', token: '/none' } })
  await using call = await openCall(channel)
  expect((await call.ask('Hi')).at(-1)).toMatchObject({
    type: 'broke',
    fault: { by: 'agent', code: 'pointer_missed', message: expect.stringContaining('began a session with nothing at "/none"') as string },
  })
  expect(seen).toHaveLength(1)
})

test.each([
  [200, 'ok'],
  [201, ''],
  [204, ''],
])('a session of which nothing is captured may answer %i with "%s": its cookie is kept', async (status, body) => {
  refuses = [{ status, body, headers: { 'set-cookie': 'sid=7' } }]
  const url = `http://127.0.0.1:${running.port}/messages`
  await using channel = await channelTo({ capture: {} }, { url, headers: {}, body: { text: '{{message}}' } })
  await using call = await openCall(channel)
  expect(wordsIn(await call.ask('Hi'))).toEqual(['/messages heard {"text":"Hi"}'])
  expect(seen.at(-1)?.headers.cookie).toBe('sid=7')
})

test.each([
  ['session 7', 'not_json', 'began a session with something that is not JSON'],
  ['', 'not_json', 'began a session with no body'],
])('a session of which something is captured must answer JSON, not "%s"', async (body, code, told) => {
  refuses = [{ status: 200, body }]
  await using channel = await channelTo()
  await using call = await openCall(channel)
  expect((await call.ask('Hi')).at(-1)).toMatchObject({
    type: 'broke',
    fault: { by: 'agent', code, message: expect.stringContaining(told) as string },
  })
  expect(seen).toHaveLength(1)
})
