import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { httpChannel } from '../../../src/adapters/channels/http.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { HttpConnection } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import { startHttpAgent } from '../../agents/http-agent.js'
import { listen } from '../../agents/server.js'
import { agent } from '../../support/build.js'
import { answeringTraits, describeChannel } from './describe-channel.js'
import { callWith, eventually, faultOf, openCall, wordsIn } from './conduct-call.js'

const pointers = { toolCalls: '/tools', metadata: '/metadata', end: '/done' }

async function channelTo(url: string, more: Partial<HttpConnection> = {}): Promise<Channel> {
  return httpChannel(agent({ connection: { type: 'http', url, ...pointers, ...more } }), {
    clock: systemClock,
    concurrency: 4,
  })
}

describeChannel(
  'http',
  async () => {
    const running = await startHttpAgent()
    return { channel: await channelTo(running.url), underWay: running.underWay, stop: running.close }
  },
  {
    ...answeringTraits,
    faults: [
      ['/status 301', 'http_status'],
      ['/status 401', 'http_status'],
      ['/status 403', 'http_status'],
      ['/status 404', 'http_status'],
      ['/status 429', 'http_status'],
      ['/status 500', 'http_status'],
      ['/empty', 'empty_reply'],
      ['/no-body', 'empty_reply'],
      ['/not-json', 'not_json'],
      ['/invalid-utf8', 'invalid_utf8'],
      ['/no-reply', 'pointer_missed'],
      ['/odd-reply', 'pointer_missed'],
      ['/bad-tool', 'bad_frame'],
      ['/not-http', 'bad_frame'],
      ['/too-large', 'too_large'],
      ['/endless', 'too_large'],
      ['/reset', 'reset'],
      ['/close', 'closed'],
      ['/close-mid-answer', 'closed'],
    ],
  },
)

describe('an agent over HTTP', () => {
  let running: Awaited<ReturnType<typeof startHttpAgent>>
  beforeAll(async () => {
    running = await startHttpAgent()
  })
  afterAll(() => running.close())

  async function requestOf(
    more: Partial<HttpConnection>,
    call = callWith(),
    url = running.url,
  ): Promise<(typeof running.requests)[number]> {
    await using channel = await channelTo(url, more)
    await using held = await openCall(channel, call)
    await held.ask('Hi "there"')
    return running.requests.at(-1)!
  }

  test('gets the message and the run as JSON by default', async () => {
    const call = callWith()
    const request = await requestOf({}, call)
    expect(request).toMatchObject({ method: 'POST', url: '/chat', headers: { 'content-type': 'application/json' } })
    expect(JSON.parse(request.body)).toEqual({ message: 'Hi "there"', session: call.runId })
  })

  test('gets a body of any shape; a placeholder alone keeps its type, and in a text it becomes text', async () => {
    const call = callWith({
      scenario: { key: 'cancel', id: 101 },
      agentVariables: { tier: 'gold', vip: true, none: null },
    })
    const body = {
      'message': '{{message}}',
      'list': ['{{scenario.id}}', 2, null, '{{ test_profile.vip }}', '{{test_profile.none}}', '{{test_profile.unknown}}'],
      'text': '{{scenario.key}} {{scenario.id}}: {{message}} ({{test_profile.tier}}{{test_profile.unknown}})',
      'a "key"': { history: '{{history}}', key: '{{run.key}}' },
    }
    expect(JSON.parse((await requestOf({ body }, call)).body)).toEqual({
      'message': 'Hi "there"',
      'list': [101, 2, null, true, null, null],
      'text': 'cancel 101: Hi "there" (gold)',
      'a "key"': { history: [], key: call.runKey },
    })
  })

  test('gets the history so far, without the message itself', async () => {
    await using channel = await channelTo(running.url, { body: { message: '{{message}}', history: '{{history}}' } })
    await using call = await openCall(channel)
    await call.ask('/several')
    await call.ask('Hi')
    expect(JSON.parse(running.requests.at(-1)!.body).history).toEqual([
      { role: 'user', content: '/several' },
      { role: 'assistant', content: 'One.' },
      { role: 'assistant', content: 'Two.' },
      { role: 'assistant', content: 'Three.' },
    ])
  })

  test('gets headers with placeholders, and X- variables on top of them', async () => {
    const call = callWith({
      agentVariables: {
        'X-Customer-Tier': 'gold',
        'x-flag': true,
        'X-None': null,
        'X-Name': 'Zoë\r\nX-Evil: 1',
        'tier': 'no',
      },
    })
    const headers = {
      'Authorization': 'Bearer t',
      'X-Run': '{{run.id}}',
      'X-Flag': 'overridden',
      'X-Thread': 'of {{captured.thread}}',
    }
    const { headers: sent } = await requestOf({ headers, capture: { thread: '/thread/id' } }, call)
    expect(sent).toMatchObject({
      'authorization': 'Bearer t',
      'x-run': call.runId,
      'x-customer-tier': 'gold',
      'x-flag': 'true',
    })
    expect(Buffer.from(String(sent['x-name']), 'latin1').toString()).toBe('Zoë  X-Evil: 1')
    for (const name of ['x-none', 'x-evil', 'x-thread', 'tier']) expect(sent).not.toHaveProperty(name)
  })

  test('gets what it answered before, where that is captured', async () => {
    const body = {
      message: '{{message}}',
      session: '{{run.id}}',
      thread: '{{captured.thread}}',
      note: 'of {{captured.whole}}',
    }
    await using channel = await channelTo(running.url, {
      body,
      capture: { thread: '/thread/id', whole: '/thread', none: '/a/b/c' },
    })
    const held = callWith()
    await using call = await openCall(channel, held)
    await call.ask('one')
    await call.ask('two')
    const [first, second] = running.requests.slice(-2).map(request => JSON.parse(request.body))
    const id = `thread-${held.runId}`
    expect(first).toMatchObject({ thread: null, note: 'of ' })
    expect(second).toMatchObject({ thread: id, note: `of {"id":"${id}"}` })
  })

  test('keeps its cookies, each conversation its own, and gets only those for its path', async () => {
    await using channel = await channelTo(running.url.replace('/chat', '/cookie'), { headers: { Cookie: 'fixed=1' } })
    await using first = await openCall(channel)
    await using second = await openCall(channel)
    await first.ask('Hi')
    await second.ask('Hi')
    expect(wordsIn(await first.ask('/turn'))).toEqual(['This is turn 2.'])
    expect(running.requests.at(-1)?.headers.cookie).toMatch(/^fixed=1; sid=run-\d+$|^fixed=1$/)
  })

  test('is asked by GET with the message in the URL, and no body', async () => {
    const request = await requestOf(
      { method: 'GET' },
      callWith(),
      `${running.url}/a%20b/{{scenario.key}}?q={{ message }}&message={{message}}&none={{test_profile.none}}`,
    )
    expect(request).toMatchObject({
      method: 'GET',
      body: '',
      url: '/chat/a%20b/cancel?q=Hi%20%22there%22&message=Hi%20%22there%22&none=',
    })
    expect(request.headers).not.toHaveProperty('content-type')
  })

  test('gets the user and password of the URL as a header', async () => {
    const request = await requestOf({}, callWith(), running.url.replace('//', '//user:p%40ss@'))
    expect(request.headers.authorization).toBe(`Basic ${Buffer.from('user:p@ss').toString('base64')}`)
  })

  test.each([
    [{ body: { message: '{{message}}', x: '{{mesage}}' } }, 'Unknown placeholder {{mesage}}'],
    [{ headers: { A: '{{captured.x}}' } }, 'Unknown placeholder {{captured.x}}'],
    [{ body: { text: 'Hi' } }, 'sends {{message}} nowhere'],
    [{ method: 'GET' as const, body: { message: '{{message}}' } }, 'a GET sends no body'],
    [{ headers: { 'a b': 'x' } }, '"a b" cannot be the name of a header'],
  ])('is refused at once when its connection is %j', async (more, why) => {
    await expect((async () => channelTo(running.url, more))()).rejects.toThrow(why)
  })

  test.each([
    ['401', "Check the connection's headers and keys"],
    ['404', "Check the connection's address"],
    ['429', 'Lower the agent'],
    ['503', "Look at the agent's log"],
    ['302', 'Redirects are not followed. Put the final address (/elsewhere)'],
  ])('that answers %s gives a message that says what next', async (status, advice) => {
    await using channel = await channelTo(running.url)
    const fault = await faultOf(channel, `/status ${status}`)
    expect(fault.status).toBe(Number(status))
    expect(fault.message).toContain(`${running.url} answered ${status}`)
    expect(fault.message).toContain('"No, not today."')
    expect(fault.message).toContain(advice)
  })

  test('may ask to be left alone for a while, in seconds or until a date', async () => {
    await using channel = await channelTo(running.url, { rateLimited: { wait: false } })
    expect((await faultOf(channel, '/status 429 7')).retryAfterMs).toBe(7_000)
    const inAMinute = new Date(Date.now() + 60_000).toUTCString()
    const { retryAfterMs = 0 } = await faultOf(channel, `/status 503 ${inAMinute}`)
    expect(retryAfterMs).toBeGreaterThan(50_000)
    expect(retryAfterMs).toBeLessThanOrEqual(60_000)
    expect(await faultOf(channel, '/status 503 soon')).not.toHaveProperty('retryAfterMs')
  })

  test('that answers without the pointer is shown the keys it answered with', async () => {
    await using channel = await channelTo(running.url, { reply: '/answer/text' })
    const { message } = await faultOf(channel, '/no-reply')
    expect(message).toContain('no words at "/answer/text"')
    await using other = await channelTo(running.url)
    expect((await faultOf(other, '/no-reply')).message).toContain('an object with the keys answer, usage')
  })

  test('that closes an idle connection is asked again over another, and no fault is made of it', async () => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    for (let turn = 0; turn < 5; turn += 1) {
      expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
      running.dropIdle()
    }
  })
})

describe('an agent over HTTP that cannot be reached is no fault of its own', () => {
  test('nothing listens', async () => {
    const port = await freePort()
    await using channel = await channelTo(`http://127.0.0.1:${port}/chat?key=secret`)
    const fault = await faultOf(channel)
    expect(fault).toMatchObject({ by: 'infra', code: 'refused' })
    expect(fault.message).toBe(`Nothing listens at http://127.0.0.1:${port}/chat (ECONNREFUSED). Start the agent, or correct its address.`)
  })

  test('nothing listens at any address of the host', async () => {
    await using channel = await channelTo(`http://localhost:${await freePort()}/chat`)
    expect(await faultOf(channel)).toMatchObject({ by: 'infra', code: 'refused' })
  })

  test('there is no such host', async () => {
    await using channel = await channelTo('http://agent.invalid/chat')
    expect(await faultOf(channel)).toMatchObject({ by: 'infra', code: 'no_such_host' })
  })

  test('its certificate is not trusted', async () => {
    const running = await startHttpAgent({ tls: true })
    await using channel = await channelTo(running.url)
    expect(await faultOf(channel)).toMatchObject({ by: 'infra', code: 'tls' })
    await running.close()
  })

  test('it speaks no TLS', async () => {
    const running = await startHttpAgent()
    await using channel = await channelTo(running.url.replace('http:', 'https:'))
    expect(await faultOf(channel)).toMatchObject({ by: 'infra', code: 'tls' })
    await running.close()
  })

  test('but one that answered, and then is gone, went away itself', async () => {
    const running = await startHttpAgent()
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    await call.ask('Hi')
    await running.close()
    await eventually(() => running.openConnections() === 0)
    expect((await call.ask('Hi')).at(-1)).toMatchObject({ type: 'broke', fault: { by: 'agent', code: 'closed' } })
  })

  test('a connection that is not made yet is gone when the conversation is aborted', async () => {
    // It takes the connection, and says nothing to the TLS handshake.
    const mute = createServer(socket => socket.resume())
    const running = await listen(mute, 0)
    await using channel = await channelTo(`https://127.0.0.1:${running.port}/chat`)
    const call = await openCall(channel)
    call.conversation.say({ type: 'text', text: 'Hi' })
    expect(await eventually(() => running.openConnections() === 1)).toBe(true)
    call.abort()
    expect(await eventually(() => running.openConnections() === 0)).toBe(true)
    expect(call.events).toEqual([])
    await running.close()
  })
})

async function freePort(): Promise<number> {
  const running = await startHttpAgent()
  await running.close()
  return running.port
}
