import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openLineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import { lineTo } from '../../../src/adapters/channels/voice/lines/line-to.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { MediaStreamConnection } from '../../../src/domain/connection.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial, LineEvent } from '../../../src/ports/line.js'
import { muLawDecoded, muLawEncoded } from '../../support/mu-law.js'
import { startSocketPlace, type AcceptedSocket } from '../../support/socket-place.js'
import { eventually } from '../channels/conduct-call.js'
import { describeLine, frameOf, type FarEnd, type LineTraits, type LineUnderTest } from './describe-line.js'
import { call } from './twilio-far.js'

type Provider = MediaStreamConnection['provider']

/** A message of the caller's side: JSON, or the bytes of a binary message. */
type Received = Buffer | object

interface ProviderFar extends FarEnd {
  readonly received: readonly Received[]
  readonly raw: (...messages: (string | Buffer | object)[]) => void
}

function streamTo(provider: Provider, url: string, more: Partial<MediaStreamConnection> = {}, clock: Clock = systemClock): Dial {
  return lineTo(
    { type: 'media_stream', provider, url, ...more },
    call,
    openLineUse({ environment: {}, secrets: [] }, clock, createCallServer()),
  )
}

const mulaw = {
  read: (sound: Buffer) => Int16Array.from(sound, muLawDecoded),
  write: (samples: Int16Array) => Buffer.from(Array.from(samples, muLawEncoded)),
}
const pcm = {
  read: (sound: Buffer) => Int16Array.from({ length: sound.length / 2 }, (_, i) => sound.readInt16LE(2 * i)),
  write: (samples: Int16Array) => Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength),
}

/** What signs have in them. */
interface Fields {
  readonly event: string
  readonly name: string
  readonly digit: string
  readonly dtmf: { readonly digit: string }
  readonly mark: { readonly name: string }
  readonly payload: { readonly name: string }
}

/** What an agent of each provider sends, and how it reads signs, as the provider's documents have it. */
const agents = {
  telnyx: {
    coding: mulaw,
    media: (sound: Buffer) => ({ event: 'media', media: { payload: sound.toString('base64') } }),
    mark: (name: string) => ({ event: 'mark', mark: { name } }),
    clear: () => ({ event: 'clear' }),
    sign: ({ event, dtmf, mark }: Fields) =>
      event === 'dtmf' ? `keys ${dtmf.digit}` : event === 'mark' ? `reached ${mark.name}` : undefined,
  },
  exotel: {
    coding: pcm,
    media: (sound: Buffer, sid: string) => ({ event: 'media', stream_sid: sid, media: { payload: sound.toString('base64') } }),
    mark: (name: string, sid: string) => ({ event: 'mark', stream_sid: sid, mark: { name } }),
    clear: (sid: string) => ({ event: 'clear', stream_sid: sid }),
    sign: ({ event, dtmf, mark }: Fields) =>
      event === 'dtmf' ? `keys ${dtmf.digit}` : event === 'mark' ? `reached ${mark.name}` : undefined,
  },
  plivo: {
    coding: mulaw,
    media: (sound: Buffer) => ({
      event: 'playAudio',
      media: { contentType: 'audio/x-mulaw', sampleRate: '8000', payload: sound.toString('base64') },
    }),
    mark: (name: string, sid: string) => ({ event: 'checkpoint', streamId: sid, name }),
    clear: (sid: string) => ({ event: 'clearAudio', streamId: sid }),
    sign: ({ event, dtmf, name }: Fields) =>
      event === 'dtmf' ? `keys ${dtmf.digit}` : event === 'playedStream' ? `reached ${name}` : undefined,
  },
  vonage: {
    coding: pcm,
    media: (sound: Buffer) => sound,
    mark: (name: string) => ({ action: 'notify', payload: { name } }),
    clear: () => ({ action: 'clear' }),
    sign: ({ event, digit, payload }: Fields) =>
      event === 'websocket:dtmf' ? `keys ${digit}` : event === 'websocket:notify' ? `reached ${payload.name}` : undefined,
  },
} as const

function farOf(provider: Provider, { socket }: AcceptedSocket): ProviderFar {
  const { coding, media, mark, clear, sign } = agents[provider]
  const received: Received[] = []
  const frames: Int16Array[] = []
  const signs: string[] = []
  let closed: FarEnd['closed']
  socket.on('close', code => (closed = code === 1000 ? 'well' : 'badly'))
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) {
      received.push(data)
      return void frames.push(coding.read(data))
    }
    const message = JSON.parse(data.toString()) as Fields & { readonly media: { readonly payload: string } }
    received.push(message)
    if (message.event === 'media') frames.push(coding.read(Buffer.from(message.media.payload, 'base64')))
    const told = sign(message)
    if (told !== undefined) signs.push(told)
  })
  const raw = (...messages: (string | Buffer | object)[]): void => {
    for (const each of messages) socket.send(typeof each === 'string' || each instanceof Buffer ? each : JSON.stringify(each))
  }
  /** The stream's id, where the first messages have it. */
  const sid = (): string => /"stream(?:_si|I|_i)d":"([^"]+)"/.exec(JSON.stringify(received.slice(0, 2)))?.[1] ?? ''
  return {
    frames,
    signs,
    received,
    raw,
    get closed() {
      return closed
    },
    say: samples => raw(media(coding.write(samples), sid())),
    mark: name => raw(mark(name, sid())),
    clear: () => raw(clear(sid())),
    hangUp: () => socket.close(1000),
    lose: () => socket.terminate(),
  }
}

async function startPlace(provider: Provider) {
  const ends: ProviderFar[] = []
  const place = await startSocketPlace({ accept: accepted => void ends.push(farOf(provider, accepted)) })
  const nextFar = async (before: number): Promise<ProviderFar> => {
    await eventually(() => ends.length > before && ends.at(-1)!.received.length > 0)
    return ends.at(-1)!
  }
  return { ...place, ends, nextFar }
}

async function startLine(provider: Provider): Promise<LineUnderTest> {
  const place = await startPlace(provider)
  let dialled = 0
  return {
    dial: (taking, clock) => {
      const dial = streamTo(provider, place.url + (taking === 'usual' ? '/' : `/${taking}`), {}, clock)
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

const raw =
  (...messages: (string | Buffer | object)[]) =>
  (far: FarEnd): void =>
    (far as ProviderFar).raw(...messages)

const usual = {
  signs: ['press', 'marks', 'clear'],
  ofAgent: ['clear', 'marks'],
  refusal: { by: 'agent', code: 'http_status', status: 403 },
  dropped: { by: 'agent', code: 'closed' },
  isBounded: true,
  odd: [],
} as const satisfies Partial<LineTraits>

const ofJson: LineTraits['broken'] = [
  ['sound where JSON belongs', raw(Buffer.alloc(160, 0x7f)), 'bad_frame'],
  ['text that is not JSON', raw('RIFF....WAVE'), 'not_json'],
  ['JSON that does not say what it is', raw('{"type":"media"}'), 'bad_frame'],
]
const heardAs = (sample: number): number => muLawDecoded(muLawEncoded(sample))
const wrongMedia = (event: string, media: object): LineTraits['broken'][number] => [
  `${event} ${JSON.stringify(media)}`,
  raw({ event, media }),
  'bad_frame',
]

describeLine('Telnyx', () => startLine('telnyx'), { ...usual, rate: 8_000, heardAs, broken: [...ofJson, wrongMedia('media', {})] })

describeLine('Exotel', () => startLine('exotel'), { ...usual, rate: 8_000, broken: [...ofJson, wrongMedia('media', { payload: '!' })] })

describeLine('Plivo', () => startLine('plivo'), {
  ...usual,
  rate: 8_000,
  heardAs,
  broken: [
    ...ofJson,
    wrongMedia('playAudio', { payload: '' }),
    wrongMedia('playAudio', { payload: '', contentType: 'audio/mp3', sampleRate: 8000 }),
    wrongMedia('playAudio', { payload: '', contentType: 'audio/x-l16', sampleRate: 1 }),
    wrongMedia('playAudio', { payload: 'UklGRg==', contentType: 'wav' }),
  ],
})

describeLine('Vonage', () => startLine('vonage'), {
  ...usual,
  // Its marks are whatever the agent wants to get back.
  ofAgent: ['clear'],
  rate: 16_000,
  broken: [
    ['JSON where sound belongs', raw(Buffer.from('{"action":"clear"}')), 'bad_frame'],
    ['text that is not JSON', raw('hello'), 'not_json'],
    ['JSON that is no action', raw('{"event":"media"}'), 'bad_frame'],
    ['a payload that is too long', raw({ action: 'notify', payload: { x: 'y'.repeat(10_001) } }), 'bad_frame'],
    ['a flood of marks', raw(...Array.from({ length: 1_001 }, () => ({ action: 'notify', payload: {} }))), 'too_large'],
  ],
  odd: [['odd numbers of bytes', raw(Buffer.alloc(3), Buffer.alloc(1)), 2]],
})

describe.each(['telnyx', 'exotel', 'plivo', 'vonage'] as const)('a media stream of %s', provider => {
  let place: Awaited<ReturnType<typeof startPlace>>
  beforeAll(async () => {
    place = await startPlace(provider)
  })
  afterAll(() => place.close())

  async function opened() {
    const events: LineEvent[] = []
    const before = place.ends.length
    const settings = { parameters: { plan: 'gold' }, headers: { 'X-Own': '1' } }
    const line = await streamTo(provider, `${place.url}/`, settings)(event => void events.push(event), new AbortController().signal)
    return { line, events, far: await place.nextFar(before) }
  }

  test('has the messages that its documents have', async () => {
    const { line, events, far } = await opened()
    line.send(frameOf(line.rate, 5_000))
    line.press?.('5')
    far.clear?.()
    await eventually(() => events.length === 1)
    const mark = agents[provider].mark('m1', 'x')
    line.reached?.('payload' in mark ? JSON.stringify(mark.payload) : 'm1')
    await line.hangUp()
    await eventually(() => far.closed !== undefined)
    const shown = far.received.map(message =>
      message instanceof Buffer ? `${message.length} bytes` : JSON.stringify(message).replace(/"payload":"[^"]{100,}"/, '"payload":"..."'),
    )
    expect(shown.join('\n').replaceAll(/\b(AC|CA|MZ)[0-9a-f]{32}/g, '$1...')).toMatchSnapshot()
  })

  test('warns of what the provider does not know', async () => {
    const { line, events, far } = await opened()
    far.raw({ event: 'audio.done', action: 'dance' })
    await eventually(() => events.length === 1)
    expect(events).toEqual([{ type: 'warned', warning: expect.stringMatching(/does not know. It was passed over/) as string }])
    await line.hangUp()
  })
})

const tone = (rate: number): Int16Array => Int16Array.from({ length: rate / 2 }, (_, i) => 8_000 * Math.sin((2 * Math.PI * 400 * i) / rate))
const play = (contentType: string, sampleRate: number | string, sound: Buffer): object => ({
  event: 'playAudio',
  media: { contentType, sampleRate, payload: sound.toString('base64') },
})

describe('an agent of Plivo', () => {
  test('may play sound of other rates and kinds, which is heard in time', async () => {
    const place = await startPlace('plivo')
    const events: LineEvent[] = []
    const line = await streamTo('plivo', place.url)(event => void events.push(event), new AbortController().signal)
    const far = await place.nextFar(0)
    far.raw(play('audio/x-l16', 16_000, pcm.write(tone(16_000))), play('audio/x-l16', '8000', pcm.write(tone(8_000))))
    far.raw(play('wav', 24_000, wavOf(24_000, tone(24_000))))
    const heard = (): Int16Array[] => events.flatMap(event => (event.type === 'sound' ? [event.samples] : []))
    await eventually(() => heard().length === 3)
    for (const samples of heard()) {
      expect(Math.abs(samples.length - 4_000)).toBeLessThan(120)
      expect(Math.max(...samples.subarray(500, 3_500))).toBeGreaterThan(7_500)
    }
    await line.hangUp()
    await place.close()
  })
})

function wavOf(rate: number, samples: Int16Array): Buffer {
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + samples.byteLength, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(samples.byteLength, 40)
  return Buffer.concat([header, pcm.write(samples)])
}
