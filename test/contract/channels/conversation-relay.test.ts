import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import twilio from 'twilio'
import { conversationRelayChannel } from '../../../src/adapters/channels/conversation-relay.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { ConversationRelayConnection } from '../../../src/domain/connection.js'
import type { Channel } from '../../../src/ports/channel.js'
import { agent } from '../../support/build.js'
import { startSocketPlace, type AcceptedSocket } from '../../support/socket-place.js'
import { callWith, eventually, faultOf, openCall, wordsIn } from './conduct-call.js'

async function channelTo(url: string, more: Partial<ConversationRelayConnection> = {}): Promise<Channel> {
  return conversationRelayChannel(agent({ connection: { type: 'conversation_relay', url, ...more } }), {
    clock: systemClock,
    concurrency: 4,
  })
}

describe('an agent behind ConversationRelay', () => {
  const sockets: (AcceptedSocket & { closedWith?: number })[] = []
  const heard: Record<string, unknown>[] = []
  let place: Awaited<ReturnType<typeof startSocketPlace>>
  beforeAll(async () => {
    place = await startSocketPlace({
      accept: accepted => {
        const own: (typeof sockets)[number] = { ...accepted }
        sockets.push(own)
        accepted.socket.on('message', (data: Buffer) => heard.push(JSON.parse(data.toString()) as Record<string, unknown>))
        accepted.socket.on('close', code => (own.closedWith = code))
      },
    })
  })
  afterAll(() => place.close())
  beforeEach(() => {
    sockets.length = 0
    heard.length = 0
  })

  async function opened(more: Partial<ConversationRelayConnection> = {}, path = '/relay') {
    const call = await openCall(await channelTo(place.url + path, more), callWith({ runId: 'r-9' }))
    await eventually(() => heard.length === 1)
    const own = sockets.at(-1)!
    const send = (...messages: object[]): void => messages.forEach(message => own.socket.send(JSON.stringify(message)))
    return { call, own, send, say: (text: string) => call.conversation.say({ type: 'text', text }).done }
  }

  test('gets the setup of the call, over a handshake that Twilio has signed', async () => {
    const settings = { accountSid: `AC${'1'.repeat(32)}`, authToken: 'secret', parameters: { plan: 'gold' }, headers: { 'X-Own': '1' } }
    const { call, own } = await opened(settings, '/relay?a=b')
    expect(heard[0]).toEqual({
      type: 'setup',
      sessionId: expect.stringMatching(/^VX[0-9a-f]{32}$/) as string,
      accountSid: settings.accountSid,
      parentCallSid: '',
      callSid: expect.stringMatching(/^CA[0-9a-f]{32}$/) as string,
      from: '+12025550100',
      to: '+12025550199',
      forwardedFrom: '',
      callType: 'PSTN',
      callerName: '',
      direction: 'inbound',
      callStatus: 'RINGING',
      customParameters: { plan: 'gold' },
    })
    const { headers } = own.request
    expect(headers).toMatchObject({ 'x-own': '1', 'x-vocera-run-id': 'r-9' })
    expect(twilio.validateRequest('secret', String(headers['x-twilio-signature']), `${place.url}/relay?a=b`, {})).toBe(true)
    await call[Symbol.asyncDispose]()
  })

  test('is told the numbers of each call, also where calls of one agent have different ones', async () => {
    const channel = await channelTo(`${place.url}/relay`, { from: '+12025550111', to: '+12025550112' })
    for (const theirs of ['+12025550113', '+12025550114']) {
      await using _ = await openCall(channel, callWith({ runId: 'r-9', numbers: { own: '+12025550111', agent: theirs } }))
      await eventually(() => heard.at(-1)?.['to'] === theirs)
    }
    expect(heard.map(({ from, to }) => [from, to])).toEqual([
      ['+12025550111', '+12025550113'],
      ['+12025550111', '+12025550114'],
    ])
  })

  test('is prompted with what the caller says and presses, and heard when its last token has come', async () => {
    const { call, send, say } = await opened({ language: 'sv-SE' })
    await say('Hi "there"')
    await call.conversation.say({ type: 'dtmf', digits: '1#' }).done
    await eventually(() => heard.length === 4)
    expect(heard.slice(1)).toEqual([
      { type: 'prompt', voicePrompt: 'Hi "there"', lang: 'sv-SE', last: true },
      { type: 'dtmf', digit: '1' },
      { type: 'dtmf', digit: '#' },
    ])
    send(
      { type: 'text', token: 'Hello', last: false },
      { type: 'text', token: ', Ann', last: false },
      { type: 'text', token: '.', last: true },
    )
    send({ type: 'text', token: 'One more thing.', last: true })
    await eventually(() => call.events.length === 2)
    expect(wordsIn(call.events)).toEqual(['Hello, Ann.', 'One more thing.'])
    await call[Symbol.asyncDispose]()
  })

  test('is told that the caller interrupts it, and what was said until then is heard', async () => {
    const { call, send, say } = await opened()
    send({ type: 'text', token: 'Life is a complex set of', last: false })
    await new Promise(resolve => setTimeout(resolve, 60))
    await say('Stop.')
    await eventually(() => heard.length === 3)
    expect(heard[1]).toEqual({
      type: 'interrupt',
      utteranceUntilInterrupt: 'Life is a complex set of',
      durationUntilInterruptMs: expect.any(Number) as number,
    })
    expect(heard[2]).toMatchObject({ type: 'prompt', voicePrompt: 'Stop.' })
    send({ type: 'text', token: 'Sorry.', last: true })
    await eventually(() => call.events.length === 2)
    expect(wordsIn(call.events)).toEqual(['Life is a complex set of', 'Sorry.'])
    await call[Symbol.asyncDispose]()
  })

  test('may leave its last token out: after a pause, or with the next message, its words are whole', async () => {
    const { call, send, own } = await opened()
    send({ type: 'text', token: 'Hello?' })
    expect(await call.next('said')).toMatchObject({ text: 'Hello?' })
    send({ type: 'text', token: 'Bye' })
    own.socket.close(1000)
    await call.next('ended')
    expect(wordsIn(call.events)).toEqual(['Hello?', 'Bye'])
  })

  test('plays, presses keys, changes its language, and ends the call with a handoff', async () => {
    const { call, send } = await opened()
    send({ type: 'text', token: 'Bye.' }, { type: 'play', source: 'https://x/a.mp3' }, { type: 'sendDigits', digits: '9w1' })
    send({ type: 'language', ttsLanguage: 'sv-SE' }, { type: 'end', handoffData: '{"reason":"live-agent","n":1.10}' })
    await call.next('ended')
    const atS = expect.any(Number) as number
    expect(call.events).toEqual([
      { type: 'said', text: 'Bye.', startS: atS, endS: atS },
      { type: 'metadata', data: { play: 'https://x/a.mp3' } },
      { type: 'keyed', digits: '9w1', atS },
      { type: 'metadata', data: { language: { ttsLanguage: 'sv-SE', transcriptionLanguage: undefined } } },
      { type: 'metadata', data: { handoffData: { reason: 'live-agent', n: expect.anything() as unknown } } },
      { type: 'ended', afterWords: true, atS },
    ])
    await call[Symbol.asyncDispose]()
  })

  test('hears the last words of a caller that hangs up, and a close in good order', async () => {
    const { call, own } = await opened()
    await call.conversation.end('Bye.')
    await eventually(() => own.closedWith !== undefined)
    expect([heard.at(-1), own.closedWith]).toEqual([{ type: 'prompt', voicePrompt: 'Bye.', lang: 'en-US', last: true }, 1000])
    expect(await eventually(() => place.openConnections() === 0)).toBe(true)
  })

  test.each([
    ['Hello', 'not_json'],
    ['[1]', 'bad_frame'],
    ['{"token":"Hello"}', 'bad_frame'],
    ['{"type":"speak","token":"Hello"}', 'bad_frame'],
    ['{"type":"text"}', 'bad_frame'],
    ['{"type":"sendDigits","digits":1}', 'bad_frame'],
    ['{"type":"end","handoffData":{"a":1}}', 'bad_frame'],
  ])('that sends %s broke the conversation', async (frame, code) => {
    const { call, own } = await opened()
    const broke = call.next('broke')
    own.socket.send(frame)
    expect(await broke).toMatchObject({ fault: { by: 'agent', code } })
    await call[Symbol.asyncDispose]()
  })

  test('that refuses, or closes with a code, is told by it', async () => {
    expect(await faultOf(await channelTo(`${place.url}/refuse`))).toMatchObject({ by: 'agent', code: 'http_status', status: 403 })
    expect(await faultOf(await channelTo(`${place.url}/close-1011`))).toMatchObject({ by: 'agent', code: 'closed', status: 1011 })
  })
})
