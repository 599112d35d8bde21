import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { retellLlmChannel } from '../../../src/adapters/channels/retell-llm.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { RetellLlmConnection } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import { startRetellLlmAgent } from '../../agents/retell-llm-agent.js'
import { agent } from '../../support/build.js'
import { startSocketPlace, type AcceptedSocket } from '../../support/socket-place.js'
import { callWith, eventually, openCall, wordsIn } from './conduct-call.js'
import { describeChannel, framedTraits } from './describe-channel.js'

async function channelTo(url: string, more: Partial<RetellLlmConnection> = {}): Promise<Channel> {
  return retellLlmChannel(agent({ connection: { type: 'retell_llm', url, ...more } }), { clock: systemClock, concurrency: 4 })
}

describeChannel(
  'retell_llm',
  async () => {
    const running = await startRetellLlmAgent()
    return { channel: await channelTo(running.url), underWay: running.openConnections, stop: running.close }
  },
  {
    ...framedTraits,
    dropsStale: true,
    faults: [
      ['/not-json', 'not_json'],
      ['/invalid-utf8', 'invalid_utf8'],
      ['/too-large', 'too_large'],
      ['/no-object', 'bad_frame'],
      ['/bad-frame', 'bad_frame'],
      ['/bad-tool', 'bad_frame'],
      ['/close 1001', 'closed'],
      ['/close 1011', 'closed'],
      ['/drop', 'closed'],
      ['/reset', 'reset'],
    ],
  },
)

describe('a custom LLM behind Retell', () => {
  const sockets: AcceptedSocket[] = []
  const heard: Record<string, unknown>[] = []
  let place: Awaited<ReturnType<typeof startSocketPlace>>
  beforeAll(async () => {
    place = await startSocketPlace({
      accept: accepted => {
        sockets.push(accepted)
        accepted.socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as Record<string, unknown>))
      },
    })
  })
  afterAll(() => place.close())

  async function opened(more: Partial<RetellLlmConnection> = {}) {
    heard.length = 0
    const channel = await channelTo(`${place.url}/llm/`, more)
    const call = await openCall(channel, callWith({ runId: 'r-9' }))
    await eventually(() => sockets.length > 0)
    const { socket, request } = sockets.at(-1)!
    const send = (fields: object): void => socket.send(JSON.stringify(fields))
    const respond = (id: number, content: string, also: object = {}): void =>
      send({ response_type: 'response', response_id: id, content, content_complete: false, ...also })
    return { call, send, respond, request, say: (text: string) => call.conversation.say({ type: 'text', text }).done }
  }

  test('is called at its path with the id of the call, and told of it if it asks', async () => {
    const { call, send, request } = await opened({ from: '+12025550111', parameters: { plan: 'gold' } })
    expect(request.url).toBe('/llm/r-9')
    send({ response_type: 'config', config: { call_details: true } })
    expect(await eventually(() => heard.length === 1)).toBe(true)
    expect(heard[0]).toMatchObject({
      interaction_type: 'call_details',
      call: { call_id: 'r-9', from_number: '+12025550111', retell_llm_dynamic_variables: { plan: 'gold' } },
    })
    await call[Symbol.asyncDispose]()
  })

  test('greets with response 0, gets the whole transcript, and is heard when its answer is complete', async () => {
    const { call, respond, say } = await opened()
    respond(0, 'Hello, ')
    respond(0, 'this is Ada.', { content_complete: true })
    await eventually(() => call.events.length === 1)
    await say('Hi')
    respond(1, 'What can I do?', { content_complete: true })
    await eventually(() => call.events.length === 2)
    await say('Cancel it.')
    await eventually(() => heard.length === 2)
    expect(wordsIn(call.events)).toEqual(['Hello, this is Ada.', 'What can I do?'])
    expect(heard[1]).toEqual({
      interaction_type: 'response_required',
      response_id: 2,
      transcript: [
        { role: 'agent', content: 'Hello, this is Ada.' },
        { role: 'user', content: 'Hi' },
        { role: 'agent', content: 'What can I do?' },
        { role: 'user', content: 'Cancel it.' },
      ],
    })
    await call[Symbol.asyncDispose]()
  })

  test('is cut off by the caller: what it said so far is heard, and what it says to the earlier request is dropped', async () => {
    const { call, respond, say } = await opened()
    await say('Hi')
    respond(1, 'Let me tell you')
    await new Promise(resolve => setTimeout(resolve, 50))
    await say('Stop.')
    await eventually(() => heard.length === 2)
    respond(1, ' a long story.', { content_complete: true })
    respond(2, 'Sorry.', { content_complete: true })
    await eventually(() => call.events.length === 2)
    expect(wordsIn(call.events)).toEqual(['Let me tell you', 'Sorry.'])
    expect(heard[1]?.['transcript']).toEqual([
      { role: 'user', content: 'Hi' },
      { role: 'agent', content: 'Let me tell you' },
      { role: 'user', content: 'Stop.' },
    ])
    await call[Symbol.asyncDispose]()
  })

  test('may never say that it is done: after a pause its words are whole', async () => {
    const { call, respond } = await opened()
    respond(0, 'Hello?')
    const before = performance.now()
    expect(await call.next('said')).toMatchObject({ text: 'Hello?' })
    expect(performance.now() - before).toBeGreaterThan(1_500)
    await call[Symbol.asyncDispose]()
  })

  test('interrupts, presses keys, transfers and ends the call', async () => {
    const { call, send, respond } = await opened()
    respond(0, 'Well')
    send({ response_type: 'agent_interrupt', interrupt_id: 1, content: 'Are you there?', content_complete: true })
    send({ response_type: 'ping_pong', timestamp: 1 })
    respond(0, 'Bye.', { digit_to_press: '1', transfer_number: '+12025550177', end_call: true })
    await call.next('ended')
    expect(call.events.map(({ type }) => type)).toEqual(['said', 'said', 'said', 'keyed', 'metadata', 'ended'])
    expect(call.events.at(-1)).toMatchObject({ afterWords: true })
    await call[Symbol.asyncDispose]()
  })
})
