import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openaiChannel } from '../../../src/adapters/channels/openai.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { OpenAiConnection } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import { startOpenaiAgent } from '../../agents/openai-agent.js'
import { agent } from '../../support/build.js'
import { describeChannel } from './describe-channel.js'
import { callWith, faultOf, openCall, wordsIn } from './conduct-call.js'

async function channelTo(baseUrl: string, more: Partial<OpenAiConnection> = {}): Promise<Channel> {
  const connection = { type: 'openai', baseUrl, model: 'my-agent', ...more } as const
  return openaiChannel(agent({ connection }), { clock: systemClock, concurrency: 4 })
}

for (const [name, more] of [
  ['openai', {}],
  ['openai, streaming,', { stream: 'sse' }],
] as const) {
  describeChannel(
    name,
    async () => {
      const running = await startOpenaiAgent()
      return { channel: await channelTo(running.url, more), underWay: running.underWay, stop: running.close }
    },
    {
      floor: 'turns',
      several: false,
      metadata: false,
      toolResults: false,
      ends: false,
      pressed: 'You said: 12#',
      faults: [
        ['/status 401', 'http_status'],
        ['/status 429', 'http_status'],
        ['/status 500', 'http_status'],
        ['/empty', 'empty_reply'],
        ['/not-json', 'not_json'],
        ['/invalid-utf8', 'invalid_utf8'],
        ['/no-reply', 'pointer_missed'],
        ['/too-large', 'too_large'],
        ['/reset', 'reset'],
        ['/close', 'closed'],
      ],
    },
  )
}

describe('an agent behind chat completions', () => {
  let running: Awaited<ReturnType<typeof startOpenaiAgent>>
  beforeAll(async () => {
    running = await startOpenaiAgent()
  })
  afterAll(() => running.close())

  test('gets its model, system prompt, tools and parameters, and the key as a bearer token', async () => {
    const tools = [{ type: 'function', function: { name: 'book' } }]
    await using channel = await channelTo(`${running.url}/`, {
      system: 'Be brief.',
      tools,
      parameters: { temperature: 0 },
      apiKey: 'k1',
      headers: { 'X-Team': 'a' },
    })
    await using call = await openCall(channel, callWith({ agentVariables: { 'X-Tier': 'gold' } }))
    await call.ask('Hi')
    const request = running.requests.at(-1)
    expect(request?.url).toBe('/v1/chat/completions')
    expect(request?.headers).toMatchObject({ 'authorization': 'Bearer k1', 'x-team': 'a', 'x-tier': 'gold' })
    expect(request?.body).toEqual({
      model: 'my-agent',
      messages: [
        { role: 'system', content: 'Be brief.' },
        { role: 'user', content: 'Hi' },
      ],
      tools,
      temperature: 0,
    })
  })

  test('gets the whole conversation, its own tool calls each with a result, as the API asks', async () => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    await call.ask('/tool')
    await call.ask('/tool-only')
    expect(wordsIn(await call.ask('Hi'))).toEqual(['You said: Hi'])
    expect(running.requests.at(-1)?.body.messages).toEqual([
      { role: 'user', content: '/tool' },
      {
        role: 'assistant',
        content: 'Booked.',
        tool_calls: [{ id: 't1', type: 'function', function: { name: 'book', arguments: '{"at":"10:00","who":{"id":7}}' } }],
      },
      { role: 'tool', tool_call_id: 't1', content: '{"result":null}' },
      { role: 'user', content: '/tool-only' },
      {
        role: 'assistant',
        content: null,
        tool_calls: [{ id: 't2', type: 'function', function: { name: 'look_up', arguments: '{"q":"x"}' } }],
      },
      { role: 'tool', tool_call_id: 't2', content: '{"result":null}' },
      { role: 'user', content: 'Hi' },
    ])
  })

  test.each(['length', 'content_filter'])('that is cut off by %s is heard, and no answer', async reason => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    const heard = await call.ask(`/finish ${reason}`, 'broke')
    expect(heard.map(({ type }) => type)).toEqual(['said', 'broke'])
    expect(heard.at(-1)).toMatchObject({
      fault: { by: 'agent', code: 'cut_off', message: expect.stringContaining(`finish_reason: ${reason}`) as unknown },
    })
  })

  test('may answer in parts, or refuse in words', async () => {
    await using channel = await channelTo(running.url)
    await using call = await openCall(channel)
    expect(wordsIn(await call.ask('/parts'))).toEqual(['In parts.'])
    expect(wordsIn(await call.ask('/refusal'))).toEqual(['I cannot do that.'])
  })

  test('is refused at once when its parameters ask for a stream', async () => {
    await expect((async () => channelTo(running.url, { parameters: { stream: true } }))()).rejects.toThrow('connection.parameters.stream')
  })

  test('that is not there is no fault of its own', async () => {
    const gone = await startOpenaiAgent()
    await gone.close()
    await using channel = await channelTo(gone.url)
    expect(await faultOf(channel)).toMatchObject({ by: 'infra', code: 'refused' })
  })
})
