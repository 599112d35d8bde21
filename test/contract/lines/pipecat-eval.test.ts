import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { openLineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import { pipecatLine } from '../../../src/adapters/channels/voice/lines/pipecat/pipecat.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial, LineEvent } from '../../../src/ports/line.js'
import type { AcceptedSocket } from '../../support/socket-place.js'
import { eventually } from '../channels/conduct-call.js'
import { faultOfDialling, describeLine, type FarEnd } from './describe-line.js'
import { raw, startFarEnds } from './far-ends.js'

interface Message {
  readonly type: string
  readonly data: Readonly<Record<string, unknown>>
}

const call = { scenario: { key: 'cancel', id: 101 }, result: 'result-1', runId: 'r-9', agentVariables: {} }

function evalTo(url: string, clock: Clock = systemClock): Dial {
  return pipecatLine({ type: 'pipecat_eval', url }, call, openLineUse({ environment: {}, secrets: [] }, clock, createCallServer()))
}

const rtvi = (type: string, data: object): string => JSON.stringify({ label: 'rtvi-ai', type, data })

function soundOf(samples: Int16Array, sampleRate = 16_000): string {
  const audio = Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64')
  return rtvi('eval-bot-audio', { audio, sampleRate })
}

/** A bot that is ready once a client is, except at /mute; at /leave it closes in good order instead. */
function farOf({ socket, request }: AcceptedSocket): FarEnd & { socket: WebSocket; messages: readonly Message[] } {
  const frames: Int16Array[] = []
  const messages: Message[] = []
  const signs: string[] = []
  let closed: FarEnd['closed']
  socket.on('close', code => (closed = code === 1000 ? 'well' : 'badly'))
  socket.on('message', (bytes: Buffer) => {
    const message = JSON.parse(bytes.toString()) as Message
    const { type, data } = message
    if (type === 'raw-audio') {
      const audio = Buffer.from(String(data['base64Audio']), 'base64')
      return void frames.push(Int16Array.from({ length: audio.length / 2 }, (_, i) => audio.readInt16LE(2 * i)))
    }
    messages.push(message)
    if (type === 'dtmf') signs.push(`keys ${(data['buttons'] as string[]).join('')}`)
    if (type !== 'client-ready') return
    if (request.url?.startsWith('/leave')) socket.close(1000)
    else if (!request.url?.startsWith('/mute')) socket.send(rtvi('bot-ready', { version: '1.0.0' }))
  })
  return {
    frames,
    signs,
    socket,
    messages,
    get closed() {
      return closed
    },
    say: samples => socket.send(soundOf(samples)),
    clear: () => socket.send(rtvi('bot-interrupted', {})),
    hangUp: () => socket.close(1000),
    lose: () => socket.terminate(),
  }
}

const startFar = () => startFarEnds(farOf, evalTo)

describeLine('pipecat_eval', startFar, {
  rate: 16_000,
  signs: ['press'],
  ofAgent: ['clear'],
  refusal: { by: 'agent', code: 'http_status', status: 403 },
  dropped: { by: 'agent', code: 'closed', message: expect.stringContaining('entry "eval"') },
  isBounded: true,
  broken: [
    ['a binary message', raw(Buffer.alloc(640)), 'bad_frame'],
    ['text that is not JSON', raw('RIFF....WAVE'), 'not_json'],
    ['JSON that does not say what it is', raw('{"event":"media"}'), 'bad_frame'],
    ['sound without its rate', raw(rtvi('eval-bot-audio', { audio: 'AAAA' })), 'bad_frame'],
    ['sound of a rate that nobody speaks at', raw(soundOf(new Int16Array(640), 7)), 'bad_frame'],
  ],
  odd: [
    ['sound without a sample', raw(soundOf(new Int16Array(0), 24_000)), 0],
    ['that it is ready, once more', raw(rtvi('bot-ready', {}), soundOf(new Int16Array(3))), 3],
    ['messages that mean nothing to a caller', raw(rtvi('metrics', {}), '{"type":"bot-output"}'), 0],
  ],
})

describe('a bot of Pipecat over its evaluation channel', () => {
  let far: Awaited<ReturnType<typeof startFar>>
  beforeAll(async () => {
    far = await startFar()
  })
  afterAll(() => far.stop())

  test('is asked for its sound in the query and in the first message, then for its tool calls once it is ready', async () => {
    const line = await evalTo(`${far.url}/ws?session=7`)(() => undefined, new AbortController().signal)
    const { messages } = far.ends.at(-1)!
    await eventually(() => messages.length === 3)
    expect(messages.map(({ type, data }) => [type, data['t'], data['d']])).toEqual([
      ['client-message', 'eval-connect', { skip_tts: false, capture_bot_audio: true, capture_bot_images: false }],
      ['client-ready', undefined, undefined],
      ['client-message', 'eval-configure', { function_call_report_level: { '*': 'full' } }],
    ])
    expect(far.requests.at(-1)?.url).toBe('/ws?session=7&capture_bot_audio=true')
    await line.hangUp()
  })

  test('that does not get ready is waited for, a minute', async () => {
    const waits: number[] = []
    const clock: Clock = {
      ...systemClock,
      after(ms, then) {
        waits.push(ms)
        return systemClock.after(ms === 60_000 ? 50 : ms, then)
      },
    }
    const fault = await faultOfDialling(evalTo(`${far.url}/mute`, clock))
    expect(fault).toMatchObject({ code: 'silence', message: expect.stringContaining('(bot-ready) within 60 s') })
    expect(waits).toContain(60_000)
    expect(await eventually(() => far.underWay() === 0)).toBe(true)
  })

  test('that closes before it is ready is not called, in good order or not', async () => {
    expect(await faultOfDialling(evalTo(`${far.url}/leave`))).toMatchObject({ code: 'closed', message: expect.stringContaining('"eval"') })
  })

  test('shows its tool calls and what it understood, once each, whatever RTVI it speaks', async () => {
    const heard: LineEvent[] = []
    const line = await evalTo(far.url)(event => void heard.push(event), new AbortController().signal)
    const { socket } = far.ends.at(-1)!
    const id = 'call-1'
    socket.send(rtvi('llm-function-call-started', { function_name: 'cancel' }))
    socket.send(rtvi('llm-function-call-in-progress', { tool_call_id: id, function_name: 'cancel', arguments: { id: 7 } }))
    socket.send(rtvi('llm-function-call-stopped', { tool_call_id: id, function_name: 'cancel', cancelled: false, result: { ok: true } }))
    socket.send(rtvi('llm-function-call-stopped', { tool_call_id: 'call-2', function_name: 'cancel', cancelled: true }))
    socket.send(rtvi('llm-function-call-in-progress', { tool_call_id: 'call-3' }))
    socket.send(rtvi('user-transcription', { text: 'Hello.', final: true }))
    socket.send(rtvi('user-input', { text: 'Cancel', input_type: 'transcription', final: false }))
    socket.send(rtvi('user-input', { text: 'Cancel it.', input_type: 'transcription', final: true }))
    socket.send(rtvi('user-transcription', { text: 'Cancel it.', final: true }))
    socket.send(rtvi('bot-transcription', { text: 'It is cancelled.' }))
    await eventually(() => heard.length === 5)
    expect(heard).toEqual([
      { type: 'tool_called', id, name: 'cancel', arguments: { id: 7 } },
      { type: 'tool_returned', id, name: 'cancel', result: { ok: true } },
      { type: 'metadata', data: { understood: ['Hello.'] } },
      { type: 'metadata', data: { understood: ['Hello.', 'Cancel it.'] } },
      { type: 'claimed', text: 'It is cancelled.' },
    ])
    await line.hangUp()
  })
})
