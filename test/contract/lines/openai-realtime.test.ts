import type {
  ConversationItemCreateEvent,
  ConversationItemTruncateEvent,
  InputAudioBufferAppendEvent,
  RealtimeClientEvent,
  ResponseCreateEvent,
  SessionUpdateEvent,
} from 'openai/resources/realtime/realtime'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import type { WebSocket } from 'ws'
import { openLineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import {
  audioAppend,
  itemTruncate,
  responseCreate,
  sessionUpdate,
  toolOutput,
  type RealtimeSession,
} from '../../../src/adapters/channels/voice/lines/realtime/client-events.js'
import { openAiRealtimeLine } from '../../../src/adapters/channels/voice/lines/realtime/openai-realtime.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial, LineEvent } from '../../../src/ports/line.js'
import type { AcceptedSocket } from '../../support/socket-place.js'
import { eventually } from '../channels/conduct-call.js'
import { describeLine, frameOf, type FarEnd } from './describe-line.js'
import { raw, startFarEnds } from './far-ends.js'

const call = { scenario: { key: 'cancel', id: 101 }, result: 'result-1', runId: 'r-9', agentVariables: { 'X-Team': 'b' } }
const rate = 24_000

function realtimeTo(url: string, more: Partial<RealtimeSession> = {}, clock: Clock = systemClock): Dial {
  const use = openLineUse({ environment: {}, secrets: [] }, clock, createCallServer())
  return openAiRealtimeLine({ type: 'openai_realtime', url, ...more }, call, use)
}

type Sent = { readonly type: string } & Readonly<Record<string, unknown>>

function base64Of(samples: Int16Array): string {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength).toString('base64')
}

/** A server of the protocol, as OpenAI's: sound comes as fast as it can be sent. */
function farOf({ socket }: AcceptedSocket): FarEnd & { socket: WebSocket; events: readonly Sent[]; tell(event: object): void } {
  const frames: Int16Array[] = []
  const events: Sent[] = []
  let closed: FarEnd['closed']
  const tell = (event: object): void => socket.send(JSON.stringify(event))
  socket.on('close', code => (closed = code === 1000 ? 'well' : 'badly'))
  socket.on('message', (data: Buffer) => {
    const event = JSON.parse(data.toString()) as Sent
    events.push(event)
    if (event.type !== 'input_audio_buffer.append') return
    const bytes = Buffer.from(String(event['audio']), 'base64')
    frames.push(Int16Array.from({ length: bytes.length / 2 }, (_, i) => bytes.readInt16LE(2 * i)))
  })
  return {
    frames,
    signs: [],
    socket,
    events,
    tell,
    get closed() {
      return closed
    },
    say: samples => tell({ type: 'response.output_audio.delta', item_id: 'i1', content_index: 0, delta: base64Of(samples) }),
    hangUp: () => socket.close(1000),
    lose: () => socket.terminate(),
  }
}

const events = (...all: object[]) => raw(...all.map(each => JSON.stringify(each)))

const startFar = () => startFarEnds(farOf, (url, clock) => realtimeTo(url, {}, clock))

const failed = { type: 'server_error', message: 'The model is overloaded.' }

describeLine('openai_realtime', startFar, {
  rate,
  signs: [],
  ofAgent: [],
  refusal: { by: 'agent', code: 'http_status', status: 403 },
  dropped: { by: 'agent', code: 'closed' },
  isBounded: true,
  broken: [
    ['a binary message', raw(Buffer.alloc(640)), 'bad_frame'],
    ['text that is not JSON', raw('RIFF....WAVE'), 'not_json'],
    ['JSON that does not say what it is', raw('{"event":"media"}'), 'bad_frame'],
    ['sound that is no text', events({ type: 'response.output_audio.delta', delta: 7 }), 'bad_frame'],
    [
      'a response that failed',
      events({ type: 'response.done', response: { status: 'failed', status_details: { error: failed } } }),
      'closed',
    ],
  ],
  odd: [
    ['sound by its older name', events({ type: 'response.audio.delta', item_id: 'i', delta: base64Of(new Int16Array(7)) }), 7],
    ['an error of an event', events({ type: 'error', error: failed }, { type: 'response.output_audio.delta', delta: 'AAAA' }), 1],
    [
      'a response that was cancelled',
      events({ type: 'response.done', response: { status: 'cancelled', status_details: { reason: 'turn_detected' } } }),
      0,
    ],
    ['events that mean nothing to a caller', events({ type: 'rate_limits.updated' }, { type: 'input_audio_buffer.timeout_triggered' }), 0],
    ['sound of an item that is not named', events({ type: 'response.output_audio.delta', delta: base64Of(new Int16Array(3)) }), 3],
  ],
})

describe('an agent over the Realtime protocol', () => {
  let far: Awaited<ReturnType<typeof startFar>>
  beforeAll(async () => {
    far = await startFar()
  })
  afterAll(() => far.stop())

  async function opened(more: Partial<RealtimeSession> = {}, path = '/') {
    const heard: LineEvent[] = []
    const before = far.ends.length
    const line = await realtimeTo(far.url + path, more)(event => void heard.push(event), new AbortController().signal)
    await eventually(() => far.ends.length > before)
    return { line, heard, end: far.ends.at(-1)!, request: far.requests.at(-1)! }
  }

  test('livekit-cli PR #937: is told first how the session sounds, and only what the suite sets', async () => {
    const { line, end, request } = await opened({ model: 'gpt-realtime', apiKey: 'k-1', headers: { 'OpenAI-Beta': 'realtime=v1' } })
    await eventually(() => end.events.length === 1)
    const format = { type: 'audio/pcm', rate }
    expect(end.events).toEqual([
      {
        type: 'session.update',
        session: { type: 'realtime', output_modalities: ['audio'], audio: { input: { format }, output: { format } } },
      },
    ])
    expect(request.url).toBe('/?model=gpt-realtime')
    expect(request.headers).toMatchObject({ 'authorization': 'Bearer k-1', 'openai-beta': 'realtime=v1', 'x-team': 'b' })
    await line.hangUp()
  })

  test('is asked for its first words where the suite says that it greets', async () => {
    const { line, end, request } = await opened({ greets: true, instructions: 'Be brief.', voice: 'marin', model: 'other' }, '/?model=own')
    await eventually(() => end.events.length === 2)
    expect(end.events[0]).toMatchObject({ session: { instructions: 'Be brief.', audio: { output: { voice: 'marin' } } } })
    expect(end.events[1]).toEqual({ type: 'response.create' })
    expect(request.url).toBe('/?model=own')
    await line.hangUp()
  })

  test('that hears the caller speak is told how much of its words was heard, and the rest is dropped', async () => {
    const { line, heard, end } = await opened()
    end.tell({ type: 'response.output_audio.delta', item_id: 'i1', content_index: 0, delta: base64Of(new Int16Array(rate / 5)) })
    end.tell({ type: 'response.output_audio.delta', item_id: 'i2', content_index: 1, delta: base64Of(new Int16Array(5 * rate)) })
    await eventually(() => heard.length === 2)
    // 120 ms go by before it plays; then 200 ms of the first item, and 500 of the second.
    for (let sent = 0; sent < 6 + 10 + 25; sent += 1) line.send(frameOf(rate))
    end.tell({ type: 'input_audio_buffer.speech_started', audio_start_ms: 700, item_id: 'u1' })
    await eventually(() => heard.length === 3)
    expect(heard[2]).toEqual({ type: 'clear' })
    await eventually(() => end.events.some(({ type }) => type === 'conversation.item.truncate'))
    expect(end.events.filter(({ type }) => type === 'conversation.item.truncate')).toEqual([
      { type: 'conversation.item.truncate', item_id: 'i2', content_index: 1, audio_end_ms: 500 },
    ])
    // Once all is played, or dropped, there is nothing to cut.
    end.tell({ type: 'input_audio_buffer.speech_started', audio_start_ms: 900, item_id: 'u2' })
    end.tell({ type: 'response.output_audio_transcript.done', transcript: 'Bye.' })
    await eventually(() => heard.length === 4)
    expect(heard[3]).toEqual({ type: 'claimed', text: 'Bye.' })
    await line.hangUp()
  })

  test('shows its tool calls, what came of them, what it says that it said, and what it understood', async () => {
    const { line, heard, end } = await opened()
    const item = { type: 'function_call', name: 'cancel', call_id: 'c1', arguments: '{"id":7}' }
    end.tell({ type: 'response.output_item.done', item })
    end.tell({ type: 'conversation.item.added', item: { type: 'function_call_output', call_id: 'c1', output: '{"ok":true}' } })
    end.tell({ type: 'response.output_item.done', item: { type: 'message' } })
    end.tell({ type: 'response.audio_transcript.done', transcript: 'It is cancelled.' })
    for (const transcript of ['Cancel it.', 'Bye.']) end.tell({ type: 'conversation.item.input_audio_transcription.completed', transcript })
    end.tell({ type: 'error', error: { code: 'invalid_value', message: 'No such voice.' } })
    await eventually(() => heard.length === 6)
    expect(heard).toEqual([
      { type: 'tool_called', id: 'c1', name: 'cancel', arguments: { id: 7 } },
      { type: 'tool_returned', id: 'c1', result: { ok: true } },
      { type: 'claimed', text: 'It is cancelled.' },
      { type: 'metadata', data: { understood: ['Cancel it.'] } },
      { type: 'metadata', data: { understood: ['Cancel it.', 'Bye.'] } },
      { type: 'warned', warning: expect.stringContaining('invalid_value: No such voice.') },
    ])
    await line.hangUp()
  })

  test('is offered tools, and goes on once all calls of a response are answered and it is done', async () => {
    const tools = [
      { name: 'find', description: 'Finds a patient.', parameters: { type: 'object', required: ['name'] } },
      { name: 'cancel' },
    ]
    const { line, heard, end } = await opened({ tools })
    const sent = (): unknown[] => end.events.slice(1)
    await eventually(() => end.events.length === 1)
    expect(end.events[0]).toMatchObject({
      session: {
        tools: [
          { type: 'function', ...tools[0] },
          { type: 'function', name: 'cancel', parameters: { type: 'object', properties: {} } },
        ],
      },
    })
    const callOf = (name: string, id: string): void =>
      end.tell({ type: 'response.output_item.done', item: { type: 'function_call', name, call_id: id, arguments: '{}' } })
    end.tell({ type: 'response.created', response: {} })
    callOf('find', 'c1')
    callOf('cancel', 'c2')
    await eventually(() => heard.length === 2)
    line.answerTool?.('c1', '{"id":7}')
    end.tell({ type: 'response.done', response: { status: 'completed' } })
    // What was created comes back, and was told already.
    end.tell({ type: 'conversation.item.added', item: { type: 'function_call_output', call_id: 'c1', output: '{"id":7}' } })
    end.tell({ type: 'response.output_audio_transcript.done', transcript: 'One moment.' })
    await eventually(() => heard.length === 3)
    expect(sent()).toEqual([toolOutput('c1', '{"id":7}')])
    line.answerTool?.('c2', 'done')
    line.answerTool?.('c2', 'done again')
    line.answerTool?.('c9', 'of no call')
    await eventually(() => sent().length === 3)
    expect(sent()).toEqual([toolOutput('c1', '{"id":7}'), toolOutput('c2', 'done'), { type: 'response.create' }])
    expect(heard.map(({ type }) => type)).toEqual(['tool_called', 'tool_called', 'claimed'])
    await line.hangUp()
  })
})

test("all that we send is what OpenAI's own client may send", () => {
  expectTypeOf(sessionUpdate).returns.toExtend<SessionUpdateEvent>()
  expectTypeOf(responseCreate).toExtend<ResponseCreateEvent>()
  expectTypeOf(audioAppend).returns.toExtend<InputAudioBufferAppendEvent>()
  expectTypeOf(itemTruncate).returns.toExtend<ConversationItemTruncateEvent>()
  expectTypeOf(toolOutput).returns.toExtend<ConversationItemCreateEvent>()
  const all: RealtimeClientEvent[] = [responseCreate, audioAppend(''), itemTruncate({ id: 'i', contentIndex: 0, playedMs: 0 })]
  expect(all.map(({ type }) => type)).toEqual(['response.create', 'input_audio_buffer.append', 'conversation.item.truncate'])
})
