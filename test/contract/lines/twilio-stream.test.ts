import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial, LineEvent } from '../../../src/ports/line.js'
import { muLawDecoded, muLawEncoded } from '../../support/mu-law.js'
import { eventually } from '../channels/conduct-call.js'
import { describeLine, faultOfDialling, frameOf, type FarEnd, type LineTraits, type LineUnderTest } from './describe-line.js'
import { startTwilioPlace, twilioTo, type TwilioFar } from './twilio-far.js'

type Place = Awaited<ReturnType<typeof startTwilioPlace>>

const raw =
  (...messages: (string | Buffer)[]) =>
  (far: FarEnd): void => {
    for (const message of messages) (far as TwilioFar).socket.send(message)
  }
const message =
  (...messages: object[]) =>
  (far: FarEnd): void => {
    for (const each of messages) (far as TwilioFar).send(each)
  }
const sound = (chunk: string, timestamp: string, bytes: Buffer): object => ({
  track: 'inbound',
  chunk,
  timestamp,
  payload: bytes.toString('base64'),
})
const media = (payload: unknown): object => ({ event: 'media', media: { payload } })

const traits: LineTraits = {
  rate: 8_000,
  heardAs: sample => muLawDecoded(muLawEncoded(sample)),
  signs: ['press', 'marks', 'clear'],
  ofAgent: ['clear', 'marks'],
  refusal: { by: 'agent', code: 'http_status', status: 403 },
  dropped: { by: 'agent', code: 'closed', message: expect.stringContaining('It may not serve a Twilio media stream') as string },
  isBounded: true,
  broken: [
    ['sound where JSON belongs', raw(Buffer.alloc(160, 0x7f)), 'bad_frame'],
    ['text that is not JSON', raw('RIFF....WAVE'), 'not_json'],
    ['JSON that is no object', raw('[1]'), 'bad_frame'],
    ['JSON that does not say what it is', raw('{"type":"media"}'), 'bad_frame'],
    ['JSON that is too deep', raw(`${'['.repeat(5000)}${']'.repeat(5000)}`), 'too_large'],
    ['a message that is too large', raw(`{"event":"media","x":"${'y'.repeat(1 << 20)}"}`), 'too_large'],
    ['media without a payload', message({ event: 'media', media: {} }), 'bad_frame'],
    ['media that is a list', message({ event: 'media', media: [] }), 'bad_frame'],
    ['media that is not base64', message(media('so-called sound!')), 'bad_frame'],
    ['a mark without a name', message({ event: 'mark' }), 'bad_frame'],
    ["another stream's sound", raw('{"event":"media","streamSid":"MZ0","media":{"payload":"/w=="}}'), 'bad_frame'],
    ['a flood of marks', message(...Array.from({ length: 5_001 }, () => ({ event: 'mark', mark: { name: 'm' } }))), 'too_large'],
    ['a close with 1011 in the middle', far => (far as TwilioFar).socket.close(1011, 'Oops.'), 'closed'],
    ['a close with 1001', far => (far as TwilioFar).socket.close(1001), 'closed'],
  ],
  odd: [
    [
      'JSON in binary messages',
      far => raw(Buffer.from(JSON.stringify({ ...media('/w=='), streamSid: (far as TwilioFar).messages[1]?.streamSid })))(far),
      1,
    ],
    ['no sound', message(media('')), 0],
    ['a number of bytes that no frame has', message(media(Buffer.alloc(1_100).toString('base64'))), 1_100],
    ['base64 without its padding', message(media(Buffer.alloc(4).toString('base64').replaceAll('=', ''))), 4],
    ['the 30,800 bytes that Pipecat sends', message(media(Buffer.alloc(30_800).toString('base64'))), 30_800],
    ['an event that is not known', message({ event: 'audio.done' }, media('/w==')), 1],
    ['a message without a streamSid', raw(JSON.stringify(media('/w=='))), 1],
  ],
}

async function startLine(
  of: (place: Place, taking: string, clock: Clock) => Dial,
  twiml?: Parameters<typeof startTwilioPlace>[0],
): Promise<LineUnderTest> {
  const place = await startTwilioPlace(twiml)
  let dialled = 0
  return {
    dial: (taking, clock) => {
      const dial = of(place, taking === 'usual' ? '/' : `/${taking}`, clock)
      return (...args) => {
        dialled = place.ends.length
        return dial(...args)
      }
    },
    far: () => place.nextFar(dialled),
    underWay: place.openConnections,
    stop: place.close,
  }
}

describeLine('twilio_stream', () => startLine((place, taking, clock) => twilioTo(place.url + taking, {}, clock)), traits)

describeLine(
  'twilio_stream with a webhook',
  () =>
    startLine(
      (place, taking, clock) => twilioTo(place.webhook + taking, {}, clock),
      (path, url) => (path === '/refuse' ? 403 : `<Connect><Stream url="${url}${path}"/></Connect>`),
    ),
  traits,
)

describe('a media stream', () => {
  let place: Place
  beforeAll(async () => {
    place = await startTwilioPlace()
  })
  afterAll(() => place.close())

  async function opened(dial: Dial) {
    const events: LineEvent[] = []
    const before = place.ends.length
    const line = await dial(event => void events.push(event), new AbortController().signal)
    return { line, events, far: await place.nextFar(before) }
  }

  test('begins with connected and start, has media each 20 ms, and ends with stop, as Twilio has them', async () => {
    const { line, far } = await opened(twilioTo(`${place.url}/`, { parameters: { plan: 'gold "1"' }, accountSid: 'AC1' }))
    line.send(frameOf(8_000))
    line.send(frameOf(8_000, 1_000))
    line.press?.('5')
    line.reached?.('m1')
    await line.hangUp()
    await eventually(() => far.closed !== undefined)
    const { streamSid, start } = far.messages[1]!
    expect(streamSid).toMatch(/^MZ[0-9a-f]{32}$/)
    expect(start.callSid).toMatch(/^CA[0-9a-f]{32}$/)
    const silence = Buffer.alloc(160, 0xff)
    const second = Buffer.from(silence)
    second[0] = muLawEncoded(1_000)
    expect(far.messages).toEqual([
      { event: 'connected', protocol: 'Call', version: '1.0.0' },
      {
        event: 'start',
        sequenceNumber: '1',
        start: {
          accountSid: 'AC1',
          streamSid,
          callSid: start.callSid,
          tracks: ['inbound'],
          mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
          customParameters: { plan: 'gold "1"' },
        },
        streamSid,
      },
      { event: 'media', sequenceNumber: '2', media: sound('1', '0', silence), streamSid },
      { event: 'media', sequenceNumber: '3', media: sound('2', '20', second), streamSid },
      { event: 'dtmf', sequenceNumber: '4', dtmf: { track: 'inbound_track', digit: '5' }, streamSid },
      { event: 'mark', sequenceNumber: '5', mark: { name: 'm1' }, streamSid },
      { event: 'stop', sequenceNumber: '6', stop: { accountSid: 'AC1', callSid: start.callSid }, streamSid },
    ])
    expect(far.closed).toBe('well')
  })

  test('warns once of what Twilio would not play, of a WAV header, and of events that it does not know', async () => {
    const { line, events, far } = await opened(twilioTo(place.url))
    for (let i = 0; i < 3; i += 1) {
      raw(JSON.stringify(media('/w==')))(far)
      message(media(Buffer.from('RIFF').toString('base64')), { event: 'audio.done' })(far)
    }
    await eventually(() => events.filter(event => event.type === 'sound').length === 6)
    await line.hangUp()
    expect(events.flatMap(event => (event.type === 'warned' ? [event.warning.replace(/^\S+ /, '')] : []))).toEqual([
      'sent media without a streamSid, which Twilio does not play. Send the streamSid of start.',
      'sent sound with the header of a WAV file, which is heard as a click. Send mu-law alone.',
      'sent an event "audio.done", which Twilio does not know. It was passed over.',
    ])
  })

  test('to an agent that asks to come back later is opened again', async () => {
    const { line, far } = await opened(twilioTo(`${place.url}/limited`))
    await line.hangUp()
    expect(far.closed).toBe('well')
  })

  test('whose agent closes at once with a code is told by the code', async () => {
    expect(await faultOfDialling(twilioTo(`${place.url}/close-1008`))).toMatchObject({ by: 'agent', code: 'closed', status: 1008 })
  })
})
