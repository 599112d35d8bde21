import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import twilio from 'twilio'
import type { Line, LineEvent } from '../../../src/ports/line.js'
import type { TwilioStreamConnection } from '../../../src/domain/connection.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Clock } from '../../../src/ports/clock.js'
import { openLineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { toneWav } from '../../agents/tone-speech.js'
import { eventually } from '../channels/conduct-call.js'
import { faultOfDialling, frameOf } from './describe-line.js'
import { startTwilioPlace, twilioTo } from './twilio-far.js'

// The agent's TwiML, by path; each test says its own.
let pages: Record<string, string | number | Buffer>
let place: Awaited<ReturnType<typeof startTwilioPlace>>

beforeEach(async () => {
  pages = {}
  place = await startTwilioPlace((path, url) => {
    const page = pages[path.replace(/\?.*$/, '')] ?? 404
    return typeof page === 'string' ? page.replaceAll('WSS', url) : page
  })
})
afterEach(() => place.close())

/** A call, and what came of it. */
async function dial(path = '/voice', more: Partial<TwilioStreamConnection> = {}, speaks = false) {
  const events: LineEvent[] = []
  const use = openLineUse({ environment: {}, secrets: [], speaks }, systemClock, createCallServer())
  const line = await twilioTo(place.webhook + path, more, use)(event => void events.push(event), new AbortController().signal)
  return { line, events, ended: () => eventually(() => events.at(-1)?.type === 'ended') }
}

/** Lets time of the call go by, and what follows from it happen. */
async function pass(line: Line, seconds: number, sample = 0): Promise<void> {
  for (let frame = 0; frame < seconds * 50; frame += 1) {
    line.send(frameOf(8_000, sample))
    await new Promise(resolve => setImmediate(resolve))
  }
}

describe('a webhook', () => {
  test('is told of the call as Twilio tells it, signed so that its library agrees', async () => {
    pages['/voice'] = '<Hangup/>'
    const settings = { authToken: 'secret', accountSid: 'AC9', from: '+12025550111', to: '+12025550122', headers: { 'X-Own': '1' } }
    await (await dial('/voice?x=%20y', settings)).ended()
    const [{ method, form, headers }] = place.asked as [(typeof place.asked)[0]]
    expect(method).toBe('POST')
    expect(form).toEqual({
      CallSid: expect.stringMatching(/^CA[0-9a-f]{32}$/) as string,
      AccountSid: 'AC9',
      From: '+12025550111',
      Caller: '+12025550111',
      To: '+12025550122',
      Called: '+12025550122',
      CallStatus: 'ringing',
      Direction: 'inbound',
      ApiVersion: '2010-04-01',
    })
    expect(headers).toMatchObject({ 'x-own': '1', 'x-vocera-run-id': 'r-9' })
    expect(twilio.validateRequest('secret', String(headers['x-twilio-signature']), `${place.webhook}/voice?x=%20y`, form)).toBe(true)
    expect(twilio.validateRequest('other', String(headers['x-twilio-signature']), `${place.webhook}/voice?x=%20y`, form)).toBe(false)
  })

  test('gets no signature without a token, and its URL without user and password where it signs', async () => {
    pages['/voice'] = '<Redirect method="GET">/two?a=b c</Redirect>'
    pages['/two'] = '<Hangup/>'
    const webhook = place.webhook.replace('//', '//ann:pw@')
    await twilioTo(`${webhook}/voice`, { authToken: 'secret' })(() => {}, new AbortController().signal)
    const [first, second] = place.asked
    expect(first?.headers.authorization).toBe(`Basic ${Buffer.from('ann:pw').toString('base64')}`)
    expect(
      twilio.validateRequest('secret', String(first?.headers['x-twilio-signature']), `${place.webhook}/voice`, first?.form ?? {}),
    ).toBe(true)
    expect(second).toMatchObject({ method: 'GET', form: {} })
    expect(twilio.validateRequest('secret', String(second?.headers['x-twilio-signature']), place.webhook + second?.path, {})).toBe(true)
    await (await dial('/two')).ended()
    expect(place.asked.at(-1)?.headers).not.toHaveProperty('x-twilio-signature')
  })

  test("connects a stream with its parameters, and signs its URL exactly as it stands in the TwiML of Twilio's library", async () => {
    const response = new twilio.twiml.VoiceResponse()
    const stream = response.connect().stream({ url: 'WSS/media/' })
    stream.parameter({ name: 'plan', value: 'gold & <silver>' })
    pages['/voice'] = response.toString()
    const { line } = await dial('/voice', { authToken: 'secret' })
    const far = await place.nextFar(0)
    expect(far.messages[1]?.start).toMatchObject({
      customParameters: { plan: 'gold & <silver>' },
      callSid: place.asked[0]?.form['CallSid'],
    })
    const signature = String(far.request.headers['x-twilio-signature'])
    expect(twilio.validateRequest('secret', signature, `${place.url}/media/`, {})).toBe(true)
    expect(twilio.validateRequest('secret', signature, `${place.url}/media`, {})).toBe(false)
    await line.hangUp()
  })

  test.each([
    ['404', 404, 'http_status', 'agent'],
    ['words', '<?xml hello', 'bad_frame', 'agent'],
    ['another document', '<?xml version="1.0"?><html/>', 'bad_frame', 'agent'],
    [
      'an entity of its own',
      '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY x "y">]><Response><Say>&x;</Say></Response>',
      'bad_frame',
      'agent',
    ],
    ['too much', `<Say>${'x'.repeat(70_000)}</Say>`, 'bad_frame', 'agent'],
    ['too many verbs', '<Leave/>'.repeat(1_001), 'bad_frame', 'agent'],
    ['more than a megabyte', `<Say>${'x'.repeat(2 << 20)}</Say>`, 'too_large', 'agent'],
    ['a stream to nowhere', '<Connect><Stream url="/media"/></Connect>', 'bad_frame', 'agent'],
    ['a redirect to nowhere', '<Redirect>mailto:a@b</Redirect>', 'bad_frame', 'agent'],
    ['a redirect to itself', '<Redirect/>', 'bad_frame', 'agent'],
    ['a rejection', '<Reject reason="busy"/>', 'closed', 'agent'],
    ['a relay', '<Connect><ConversationRelay url="WSS/"/></Connect>', 'unreachable', 'infra'],
    ['a stream that refuses', '<Connect><Stream url="WSS/refuse"/></Connect>', 'http_status', 'agent'],
  ])('that answers %s takes no call', async (_title, page, code, by) => {
    pages['/voice'] = page
    const fault = await faultOfDialling(twilioTo(`${place.webhook}/voice`))
    expect(fault).toMatchObject({ by, code })
    expect(fault.message).toMatch(/^[^\n]{20,700}$/)
  })

  test('that does not answer is given up after 15 s', async () => {
    const waits: number[] = []
    const fast: Clock = {
      ...systemClock,
      after: (ms, then) => {
        waits.push(ms)
        return systemClock.after(ms / 100, then)
      },
    }
    expect(await faultOfDialling(twilioTo(`${place.webhook}/stall`, {}, fast))).toMatchObject({ by: 'agent', code: 'silence' })
    expect(waits).toEqual([15_000])
  })
})

describe('TwiML', () => {
  test('is walked in order: what is said takes time, and the call goes on after its stream', async () => {
    pages['/voice'] = '<Say>Please  hold the\nline, now.</Say><Pause length="2"/><Connect><Stream url="WSS/one"/></Connect><Say>Bye.</Say>'
    const { line, events, ended } = await dial()
    await eventually(() => events.length === 1)
    expect(events).toEqual([{ type: 'claimed', text: 'Please hold the line, now.' }])
    await pass(line, 3.9)
    expect(place.ends.length).toBe(0)
    await pass(line, 0.2)
    const far = await place.nextFar(0)
    const before = far.frames.length
    await pass(line, 0.1)
    expect(await eventually(() => far.frames.length >= before + 5)).toBe(true)
    far.hangUp()
    await eventually(() => events.length === 2)
    expect(events[1]).toEqual({ type: 'claimed', text: 'Bye.' })
    await pass(line, 1)
    expect(await ended()).toBe(true)
  })

  test('is spoken where there is a mouth: its sound is asked for, played as often as wanted, and dropped at a key', async () => {
    pages['/voice'] = '<Say loop="2">Please hold.</Say><Gather numDigits="1" action="/got"><Say>Press one.</Say></Gather>'
    pages['/got'] = '<Hangup/>'
    const { line, events, ended } = await dial('/voice', {}, true)
    await eventually(() => events.length === 2)
    expect(events[1]).toEqual({ type: 'wanted', id: 1, text: 'Please hold.' })
    await pass(line, 1)
    expect(events).toHaveLength(2)
    line.voiced?.(1, new Int16Array(4_000).fill(7))
    await pass(line, 0.6)
    expect(events.slice(2).map(({ type }) => type)).toEqual(['sound', 'claimed', 'wanted'])
    expect(events[2]).toEqual({ type: 'sound', samples: new Int16Array(4_000).fill(7) })
    line.voiced?.(2, new Int16Array(4_000))
    await pass(line, 0.6)
    // Nothing speaks the prompt: it takes its time.
    line.voiced?.(3, undefined)
    await pass(line, 0.2)
    expect(events.map(({ type }) => type)).toEqual(['claimed', 'wanted', 'sound', 'claimed', 'wanted', 'sound', 'claimed', 'wanted'])
    line.press?.('1')
    await pass(line, 0.1)
    expect(await ended()).toBe(true)
    line.voiced?.(3, new Int16Array(10))
    expect(events.at(-1)?.type).toBe('ended')
  })

  test('may have streams one after the other, each with a name of its own', async () => {
    pages['/voice'] = '<Connect action="/next"><Stream url="WSS/one"/></Connect><Say>Never.</Say>'
    pages['/next'] = '<Connect><Stream url="WSS/two"/></Connect>'
    const { line, events, ended } = await dial()
    const one = await place.nextFar(0)
    one.hangUp()
    const two = await place.nextFar(1)
    two.say(new Int16Array(10))
    await eventually(() => events.length === 1)
    expect(events[0]?.type).toBe('sound')
    expect(one.messages[1]?.streamSid).not.toBe(two.messages[1]?.streamSid)
    two.hangUp()
    expect(await ended()).toBe(true)
    await line.hangUp()
    expect(place.asked.map(({ form }) => form['CallStatus'])).toEqual(['ringing', 'in-progress'])
  })

  test('gathers keys: the prompt stops with the first, and the agent is told them', async () => {
    pages['/voice'] =
      '<Gather numDigits="3" action="/got"><Say>Enter your number, please, then wait.</Say><Say>Again, enter it.</Say></Gather><Say>Nothing.</Say>'
    pages['/got'] = '<Hangup/>'
    const { line, events, ended } = await dial()
    await eventually(() => events.length === 1)
    line.press?.('1')
    await pass(line, 3)
    expect(events).toHaveLength(1)
    line.press?.('23')
    await pass(line, 0.1)
    expect(await ended()).toBe(true)
    expect(place.asked[1]).toMatchObject({ path: '/got', form: { Digits: '123', CallStatus: 'in-progress' } })
  })

  test.each([
    ['<Gather timeout="2"/><Say>Nothing.</Say>', '', undefined],
    ['<Gather timeout="2" actionOnEmptyResult="true"/><Say>Nothing.</Say>', '', ''],
    ['<Gather timeout="2"/><Say>Nothing.</Say>', '42', '42'],
    ['<Gather timeout="9"/><Say>Nothing.</Say>', '4#2', '4'],
    ['<Gather timeout="9" finishOnKey="*"/><Say>Nothing.</Say>', '4#*', '4#'],
  ])('gathers %s of "%s"', async (verbs, pressed, digits) => {
    pages['/voice'] = verbs
    const { line, events } = await dial()
    await pass(line, 0.1)
    // After the first document the agent hangs up.
    pages['/voice'] = '<Hangup/>'
    if (pressed !== '') line.press?.(pressed)
    await pass(line, 2.5)
    await eventually(() => events.length > 0)
    expect(events[0]).toEqual(digits === undefined ? { type: 'claimed', text: 'Nothing.' } : { type: 'ended' })
    expect(place.asked[1]?.form['Digits']).toBe(digits)
    await line.hangUp()
  })

  test('that gathers only speech is refused: nobody here understands it', async () => {
    pages['/voice'] = '<Gather input="speech"><Say>Hi.</Say></Gather>'
    expect(await faultOfDialling(twilioTo(`${place.webhook}/voice`))).toMatchObject({ by: 'infra', code: 'unreachable', isFinal: true })
  })

  test('records after a beep, until the caller is silent', async () => {
    pages['/voice'] = '<Record timeout="2" action="/got"/>'
    pages['/got'] = '<Hangup/>'
    const { line, events, ended } = await dial()
    expect(events).toMatchObject([{ type: 'sound' }])
    await pass(line, 3, 9_000)
    await pass(line, 1.9)
    expect(place.asked.length).toBe(1)
    await pass(line, 0.2)
    expect(await ended()).toBe(true)
    expect(place.asked[1]?.form).toMatchObject({ RecordingDuration: '5' })
  })

  test('presses keys, transfers, and warns of what is not done', async () => {
    pages['/voice'] = '<Sms>Hi</Sms><Play digits="1w2x"/><Play>/a.mp3</Play><Dial><Number>+12025550177</Number></Dial><Say>Never.</Say>'
    pages['/a.mp3'] = Buffer.from('ID3....')
    const { line, events, ended } = await dial()
    await pass(line, 2)
    expect(await ended()).toBe(true)
    expect(events).toEqual([
      { type: 'warned', warning: expect.stringContaining('<Sms>, which is passed over') },
      { type: 'keyed', digits: '1' },
      { type: 'keyed', digits: '2' },
      { type: 'warned', warning: expect.stringContaining('is not a WAV file: it begins with "ID3....", so nobody hears it') },
      { type: 'metadata', data: { transfer: '+12025550177' } },
      { type: 'ended' },
    ])
  })

  test('plays files: they sound as long as they are, as often as it says, and stop with the first key', async () => {
    const samples = Int16Array.from({ length: 8_000 }, (_, i) => i)
    pages['/voice'] = '<Play loop="2">/hello.wav</Play><Gather numDigits="1" action="/got"><Play>WSS/long.wav</Play></Gather>'.replace(
      'WSS',
      place.webhook,
    )
    pages['/hello.wav'] = Buffer.from(toneWav(samples, 8_000))
    pages['/long.wav'] = Buffer.from(toneWav(new Int16Array(32_000 * 30).fill(5), 32_000))
    pages['/got'] = '<Hangup/>'
    const { line, events, ended } = await dial('/voice', { headers: { 'X-Own': '1' } })
    await eventually(() => events.length === 1)
    expect(events).toEqual([{ type: 'sound', samples }])
    await pass(line, 0.9)
    expect(events).toHaveLength(1)
    await pass(line, 0.2)
    expect(events).toEqual([
      { type: 'sound', samples },
      { type: 'sound', samples },
    ])
    await pass(line, 1)
    await eventually(() => events.length === 3)
    expect((events[2] as { samples: Int16Array }).samples).toHaveLength(8_000 * 30)
    await pass(line, 2)
    line.press?.('1')
    await pass(line, 0.1)
    expect(await ended()).toBe(true)
    expect(events.slice(3)).toEqual([{ type: 'clear' }, { type: 'ended' }])
    // A file may lie anywhere, and so it gets nothing of the suite's.
    expect(place.asked.filter(({ path }) => path.endsWith('.wav')).map(({ method, headers }) => [method, headers['x-own']])).toEqual([
      ['GET', undefined],
      ['GET', undefined],
    ])
  })

  test.each([
    ['is not there', '<Play>/none.wav</Play>', 'http_status'],
    ['has no address', '<Play>mailto:a@b</Play>', 'bad_frame'],
    ['is larger than 16 MiB', '<Play>/large.wav</Play>', 'too_large'],
  ])('with a file that %s breaks the call', async (_title, verbs, code) => {
    pages['/voice'] = `<Pause length="0"/>${verbs}`
    pages['/large.wav'] = Buffer.alloc((16 << 20) + 1)
    const { line, events } = await dial()
    expect(await eventually(() => events.length === 1)).toBe(true)
    expect(events).toMatchObject([{ type: 'broke', fault: { by: 'agent', code } }])
    await line.hangUp()
  })

  test('that leads on while nothing happens is cut off, also in the middle of a call', async () => {
    pages['/voice'] = '<Pause length="1"/><Redirect/>'
    const { line, events } = await dial()
    await pass(line, 3)
    expect(place.asked.length).toBeGreaterThanOrEqual(3)
    pages['/voice'] = '<Redirect>/voice</Redirect>'
    await pass(line, 2)
    expect(await eventually(() => events.at(-1)?.type === 'broke')).toBe(true)
    expect(events.at(-1)).toMatchObject({ fault: { by: 'agent', code: 'bad_frame' } })
  })

  test('is left at once when the caller hangs up', async () => {
    pages['/voice'] = '<Pause length="100"/><Say>Never.</Say>'
    const { line, events } = await dial()
    await line.hangUp()
    await pass(line, 1)
    expect(events).toEqual([])
  })
})
