import { afterEach, describe, expect, test } from 'vitest'
import { openNetwork } from '../../../src/adapters/network/open-network.js'
import { createEars } from '../../../src/adapters/speech/ears.js'
import { createMouth } from '../../../src/adapters/speech/mouth.js'
import { hearByServer } from '../../../src/adapters/speech/openai/hear.js'
import { speakByServer } from '../../../src/adapters/speech/openai/speak.js'
import { createMask } from '../../../src/domain/mask.js'
import { secondsOf } from '../../../src/domain/samples.js'
import { speechDefaults, type OpenAiSpeech, type SpeechRole } from '../../../src/domain/speech-settings.js'
import type { SpeechToText, TextToSpeech } from '../../../src/ports/speech.js'
import { startSpeechServer, tonesOf } from '../../agents/speech-server.js'
import { fastClock } from '../../support/fast-clock.js'
import { startProxy } from '../../support/proxy.js'
import { describeEars, describeMouth, faultOf, hear, speak } from './describe-speech.js'

type Options = NonNullable<Parameters<typeof startSpeechServer>[0]>
type Server = Awaited<ReturnType<typeof startSpeechServer>>

const text = 'One, two, three.'
const keyed = { apiKey: 'sk-of-the-suite', keyName: 'SPEECH_KEY' }

function settings(role: SpeechRole, baseUrl: string, more: Partial<OpenAiSpeech> = {}): OpenAiSpeech {
  return { role, engine: 'openai', baseUrl, model: 'stand-in', headers: {}, ...speechDefaults, ...more }
}

function toolsFor({ apiKey }: OpenAiSpeech, environment: Record<string, string> = {}) {
  return {
    clock: fastClock(50),
    random: () => 0.5,
    network: openNetwork(environment),
    keyName: 'SPEECH_KEY',
    mask: createMask([{ name: 'SPEECH_KEY', value: apiKey ?? '' }]),
  }
}

function mouthAt(url: string, more: Partial<OpenAiSpeech> = {}, environment?: Record<string, string>): TextToSpeech {
  const own = settings('tts', url, more)
  const tools = toolsFor(own, environment)
  return createMouth(speakByServer(own, tools), own, tools)
}

function earsAt(url: string, more: Partial<OpenAiSpeech> = {}): SpeechToText {
  const own = settings('stt', url, more)
  const tools = toolsFor(own)
  return createEars(hearByServer(own, tools), own, tools)
}

const stops: (() => Promise<void>)[] = []
afterEach(async () => {
  for (const stop of stops.splice(0).toReversed()) await stop()
})

async function serverWith(options: Options = {}): Promise<Server> {
  const server = await startSpeechServer(options)
  stops.push(server.close)
  return server
}

async function mouthOf(options: Options = {}, more: Partial<OpenAiSpeech> = {}): Promise<{ server: Server; mouth: TextToSpeech }> {
  const server = await serverWith(options)
  const mouth = mouthAt(server.url, more)
  stops.push(async () => mouth[Symbol.asyncDispose]())
  return { server, mouth }
}

async function earsOf(options: Options = {}, more: Partial<OpenAiSpeech> = {}): Promise<{ server: Server; ears: SpeechToText }> {
  const server = await serverWith(options)
  const ears = earsAt(server.url, more)
  stops.push(async () => ears[Symbol.asyncDispose]())
  return { server, ears }
}

const sound = { rate: 16_000, samples: tonesOf('a stretch of speech', 16_000) }

describeMouth(
  'of a server',
  async () => {
    const server = await startSpeechServer({ voices: ['amy', 'joe'] })
    return { engine: mouthAt(server.url, { voice: 'amy' }), stop: server.close }
  },
  { repeats: true, noVoice: 'nobody' },
)
describeEars(
  'of a server',
  async () => {
    const server = await startSpeechServer()
    return { engine: earsAt(server.url), stop: server.close }
  },
  { sound: async () => sound, words: /^heard 1\.14 s$/, wordTimes: true },
)

describe('what a server is asked', () => {
  test('WAV, the voice that is named, and the speed only where it is another', async () => {
    const { server, mouth } = await mouthOf({}, { voice: 'amy', headers: { 'X-Team': 'quality' }, ...keyed })
    await speak(mouth, text)
    await speak(mouth, text, { voice: 'joe', speed: 1.2 })
    const body = { model: 'stand-in', input: text, response_format: 'wav' }
    expect(server.requests.map(({ fields }) => fields)).toEqual([
      { ...body, voice: 'amy' },
      { ...body, voice: 'joe', speed: 1.2 },
    ])
    expect(server.requests[0]?.headers).toMatchObject({ 'authorization': 'Bearer sk-of-the-suite', 'x-team': 'quality' })
  })

  test('no voice where none is named, no key where there is none, and the speed of all callers', async () => {
    const { server, mouth } = await mouthOf({}, { speed: 1.25 })
    await speak(mouth, text, { speed: 0.8 })
    await speak(mouth, text)
    expect(server.requests[0]?.fields).toEqual({ model: 'stand-in', input: text, response_format: 'wav' })
    expect(server.requests[1]?.fields['speed']).toBe(1.25)
    expect(server.requests[0]?.headers.authorization).toBeUndefined()
  })

  test('raw samples where their rate is configured', async () => {
    const { server, mouth } = await mouthOf({ quirks: ['odd-chunks'] }, { rate: 24_000 })
    const { sound: made } = await speak(mouth, text)
    expect(server.requests[0]?.fields['response_format']).toBe('pcm')
    expect(made).toEqual({ rate: 24_000, samples: tonesOf(text, 24_000) })
  })

  test('words of a WAV file, with its language, and their times only if wanted', async () => {
    const { server, ears } = await earsOf({}, { language: 'en' })
    await hear(ears, sound)
    await hear(ears, sound, { wordTimes: true })
    expect(server.requests.map(({ fields }) => fields)).toEqual([
      { model: 'stand-in', language: 'en', response_format: 'json' },
      { 'model': 'stand-in', 'language': 'en', 'response_format': 'verbose_json', 'timestamp_granularities[]': 'word' },
    ])
    expect(server.requests[0]?.file?.toString('latin1', 0, 4)).toBe('RIFF')
  })

  test('through the proxy of the environment', async () => {
    const [server, proxy] = [await serverWith(), await startProxy()]
    stops.push(proxy.close)
    const mouth = mouthAt(server.url.replace('127.0.0.1', 'speech.example'), {}, { HTTP_PROXY: `http://127.0.0.1:${proxy.port}` })
    stops.push(async () => mouth[Symbol.asyncDispose]())
    expect(secondsOf((await speak(mouth, text)).sound)).toBeGreaterThan(0.5)
    expect(proxy.asked).toEqual([expect.stringContaining('speech.example')])
  })

  test('at a base URL with a query, and a slash at its end', async () => {
    const { server } = await mouthOf()
    const mouth = mouthAt(`${server.url}/?api-version=1`)
    stops.push(async () => mouth[Symbol.asyncDispose]())
    expect((await faultOf(speak(mouth, text))).message).toContain('There is nothing at /v1/audio/speech?api-version=1.')
  })
})

describe('speech comes as it was made from servers with', () => {
  test.each<[Options['quirks']]>([
    [['wav-0']],
    [['wav-ffffffff']],
    [['wav-7fffffff']],
    [['wav-2e9', 'odd-chunks']],
    [['wav-list']],
    [['wav-headers']],
    [['wav-headers', 'wav-ffffffff', 'odd-chunks']],
    [['odd-chunks']],
    [['stereo']],
    [['float']],
    [['octet-stream']],
    [['whole']],
    [['gzip']],
  ])('%j', async (quirks = []) => {
    const { mouth } = await mouthOf({ quirks, rate: 22_050 })
    const { sound: made } = await speak(mouth, text)
    expect(made.rate).toBe(22_050)
    expect(Buffer.from(made.samples.buffer).equals(Buffer.from(tonesOf(text, 22_050).buffer))).toBe(true)
  })
})

describe('words come from servers with', () => {
  const timed = { word: 'heard', startS: 0, endS: expect.closeTo(0.38) }
  test.each<[Options['quirks'], boolean]>([
    [[], true],
    [['words-null'], false],
    [['words-absent'], false],
    [['words-400'], false],
    [['ns-times'], true],
    [['text-times'], true],
    [['text-duration'], true],
    [['plain'], false],
    [['leading-space'], true],
  ])('%j', async (quirks, hasTimes) => {
    const { ears, server } = await earsOf({ ...(quirks && { quirks }) })
    const { heard, spent } = await hear(ears, sound, { wordTimes: true })
    expect(heard.text).toBe('heard 1.14 s')
    expect(heard.words?.[0]).toEqual(hasTimes ? timed : undefined)
    expect(spent).toHaveLength(1)
    await hear(ears, sound, { wordTimes: true })
    // A server that refused is not asked for them again.
    expect(server.requests).toHaveLength(quirks?.includes('words-400') ? 3 : 2)
  })

  test('segments alone, or remarks in brackets', async () => {
    expect((await hear((await earsOf({ quirks: ['segments'] })).ears, sound)).heard).toEqual({ text: 'heard 1.14 s' })
    expect((await hear((await earsOf({ quirks: ['blank-audio'] })).ears, sound)).heard).toEqual({ text: '' })
  })
})

describe('what cannot be used is told:', () => {
  test.each<[string, Options, Partial<OpenAiSpeech>, RegExp]>([
    ['mp3', { quirks: ['mp3'] }, {}, /its answer is not a WAV file: it begins with .*\. Use a server that makes WAV/],
    [
      'an error with status 200',
      { quirks: ['json'] },
      {},
      /its answer is application\/json: \{"error":"The model is still loading\."\}\. Check/,
    ],
    [
      'a page',
      { mishap: () => ({ raw: '<html>', contentType: 'text/html' }) },
      {},
      /its answer is text\/html: <html>\. Check that models.tts.base_url/,
    ],
    [
      'a page instead of samples',
      { mishap: () => ({ raw: '<html>', contentType: 'text/html' }) },
      { rate: 8000 },
      /its answer is text\/html/,
    ],
    ['raw samples of no known rate', { mishap: () => ({ raw: Buffer.alloc(900, 7) }) }, {}, /set models.tts.rate to their rate/],
    ['nothing', { mishap: () => ({ raw: '' }) }, {}, /its answer is empty\. Check that models.tts.base_url/],
    ['an endless answer', { mishap: () => ({ endless: true }) }, {}, /answered more than 48 MiB/],
    ['a voice', { voices: ['amy'] }, { voice: 'bob' }, /answered 400, "Voice bob is not one of amy\."\. Check the voice, which is bob/],
    ['no voice', { voices: ['amy'] }, {}, /It was asked for no voice: set models.tts.voice/],
    [
      'a key',
      { apiKey: 'sk-another' },
      keyed,
      /answered 401, "Incorrect API key provided: \[redacted SPEECH_KEY\]\."\. Correct models.tts.api_key \(read from SPEECH_KEY\)/,
    ],
    ['no key', { apiKey: 'sk-another' }, {}, /Give it a key with models.tts.api_key/],
    [
      'a path',
      { mishap: () => ({ status: 404, body: 'Not here' }) },
      {},
      /answered 404, "Not here"\. Correct models.tts.base_url, or models.tts.model, which is stand-in/,
    ],
    ['another address', { mishap: () => ({ status: 308 }) }, {}, /Put the address that it has moved to/],
  ])('%s', async (_what, options, more, message) => {
    const { mouth, server } = await mouthOf(options, more)
    const fault = await faultOf(speak(mouth, text))
    expect(fault).toMatchObject({ by: 'infra', code: 'tts', isFinal: true })
    expect(fault.message).toMatch(/^Text-to-speech \(http:\/\/127\.0\.0\.1:\d+\/v1\) /)
    expect(fault.message).toMatch(message)
    expect(server.requests).toHaveLength(1)
  })

  test.each<[string, Options, RegExp]>([
    ['silence', { quirks: ['silence'] }, /made 1\.0 s of silence of "One, two, three\."/],
    ['no samples', { quirks: ['no-samples'] }, /made no sound of "One, two, three\."/],
    ['a lost connection', { mishap: () => ({ dropped: true }) }, /was lost \(other side closed\)/],
    ['half an answer', { mishap: () => ({ cut: true }) }, /was lost \(.*\)\. Check the server/],
    ['an overload', { mishap: () => ({ status: 503, body: '{"detail":[{"msg":"busy"}]}' }) }, /answered 503, "busy"\. Check the server/],
    ['no answer in time', { mishap: () => ({ delayMs: 3000 }) }, /did not answer within 30 s\. Raise models.tts.timeout/],
    ['an answer that stops', { mishap: () => ({ stalled: true }) }, /did not answer within 30 s: its answer began, and did not end/],
  ])('%s, after two more attempts', async (_what, options, message) => {
    const { mouth, server } = await mouthOf(options)
    const fault = await faultOf(speak(mouth, text))
    expect(fault).toMatchObject({ by: 'infra', code: 'tts' })
    expect(fault.isFinal).toBeUndefined()
    expect(fault.message).toMatch(message)
    expect(server.requests).toHaveLength(3)
  })

  test('that nothing listens there', async () => {
    const server = await startSpeechServer()
    await server.close()
    const mouth = mouthAt(server.url, { retries: 0 })
    stops.push(async () => mouth[Symbol.asyncDispose]())
    expect((await faultOf(speak(mouth, text))).message).toMatch(
      /because nothing listens there\. Start the server, or correct models.tts.base_url/,
    )
  })

  test.each([
    ['no words', '{"language":"en"}'],
    ['a list', '[1]'],
    ['a page', '<html>'],
  ])('an answer to sound with %s', async (_what, raw) => {
    const { ears } = await earsOf({ mishap: () => ({ raw }) })
    const fault = await faultOf(hear(ears, sound))
    expect(fault).toMatchObject({ by: 'infra', code: 'stt', isFinal: true })
    expect(fault.message).toMatch(/^Speech-to-text \(.*\) answered nothing that can be read as words: /)
  })
})

describe('a server that is busy', () => {
  test('is asked again when it says, and holds the others back until then', async () => {
    const { mouth, server } = await mouthOf({
      mishap: (_asked, nth) => (nth === 1 ? { status: 429, headers: { 'retry-after': '10' } } : undefined),
    })
    const beganMs = performance.now()
    const { spent } = await speak(mouth, text)
    // On a clock that is 50 times as fast.
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(190)
    expect(server.requests).toHaveLength(2)
    expect(spent).toHaveLength(1)
  })

  test('is not waited for when it asks for longer than two minutes', async () => {
    const { mouth, server } = await mouthOf({ mishap: () => ({ status: 503, headers: { 'retry-after': '600' }, body: 'down' }) })
    const fault = await faultOf(speak(mouth, text))
    expect(fault.message).toMatch(/answered 503, "down", and asked to wait for 600 s \(Retry-After\)\. Lower models.tts.limits/)
    expect(fault.retryAfterMs).toBe(600_000)
    expect(server.requests).toHaveLength(1)
  })

  test('gets no more requests at once, nor in a minute, than the suite allows', async () => {
    const { mouth, server } = await mouthOf({ mishap: () => ({ delayMs: 20 }) }, { limits: { concurrency: 3 } })
    await Promise.all(['one', 'two', 'three', 'four', 'five'].map(words => speak(mouth, words)))
    expect(server.mostUnderWay()).toBe(3)
    // A server on this machine gets two at once.
    const usual = await mouthOf({ mishap: () => ({ delayMs: 20 }) })
    await Promise.all(['one', 'two', 'three', 'four', 'five'].map(words => speak(usual.mouth, words)))
    expect(usual.server.mostUnderWay()).toBe(2)

    const slow = await mouthOf({}, { limits: { requestsPerMinute: 2 } })
    const beganMs = performance.now()
    await Promise.all(['one', 'two', 'three'].map(words => speak(slow.mouth, words)))
    expect(performance.now() - beganMs).toBeGreaterThanOrEqual(60_000 / 50 - 20)
  })
})

test('a server may be asked for many things with one signal', async () => {
  const warnings: Error[] = []
  const note = (warning: Error): void => void warnings.push(warning)
  process.on('warning', note)
  const { mouth } = await mouthOf()
  const { signal } = new AbortController()
  await Promise.all(Array.from({ length: 30 }, (_, i) => speak(mouth, `Number ${i}.`, {}, signal)))
  process.off('warning', note)
  expect(warnings).toEqual([])
})

describe('the price', () => {
  test('of speech is by character, or by second of what was made', async () => {
    const { mouth } = await mouthOf({}, { prices: { perCharacter: 0.01 } })
    expect((await speak(mouth, 'Grüße \u{1F600}!')).spent).toEqual([{ requests: 1, characters: 8, seconds: 0, cost: 0.08 }])
    const timed = await mouthOf({}, { prices: { perSecond: 2 } })
    const made = await speak(timed.mouth, text)
    expect(made.spent[0]?.cost).toBeCloseTo(2 * secondsOf(made.sound))
  })

  test('of hearing is by second', async () => {
    const { ears } = await earsOf({}, { prices: { perSecond: 0.5 } })
    expect((await hear(ears, sound)).spent).toEqual([{ requests: 1, characters: 0, seconds: 1.14, cost: 0.57 }])
  })

  test('is also counted for what was given up, not for what was refused', async () => {
    const late = await mouthOf({ mishap: () => ({ delayMs: 3000 }) }, { retries: 0, prices: { perCharacter: 1 } })
    const spent: unknown[] = []
    const use = { signal: new AbortController().signal, spent: (usage: unknown) => spent.push(usage) }
    await faultOf(late.mouth.speak({ text }, use))
    expect(spent).toEqual([{ requests: 1, characters: text.length, seconds: 0, cost: text.length }])
    const refusing = await mouthOf({ voices: [] })
    spent.length = 0
    await faultOf(refusing.mouth.speak({ text }, use))
    expect(spent).toEqual([])
  })
})

test('names say the model, the address without credentials, and what all callers share', async () => {
  const mouth = mouthAt('http://user:secret@127.0.0.1:9/v1/', { voice: 'amy', speed: 1.1 })
  const ears = earsAt('http://127.0.0.1:9/v1', { language: 'de', model: 'moonshine-tiny' })
  expect(mouth.name).toBe('openai stand-in at http://127.0.0.1:9/v1, voice amy, speed 1.1')
  expect(ears.name).toBe('openai moonshine-tiny at http://127.0.0.1:9/v1, de')
  expect(ears.longestS).toBe(9)
})
