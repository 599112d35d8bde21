import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { WebSocket } from 'ws'
import { audioFrameOf, messageFrameOf, readFrame } from '../../../src/adapters/channels/voice/lines/pipecat/frames.js'
import { openLineUse } from '../../../src/adapters/channels/voice/lines/line-use.js'
import { pipecatLine } from '../../../src/adapters/channels/voice/lines/pipecat/pipecat.js'
import { createCallServer } from '../../../src/adapters/channels/voice/lines/rest/call-server.js'
import { systemClock } from '../../../src/adapters/clocks/system.js'
import type { Clock } from '../../../src/ports/clock.js'
import type { Dial, LineEvent } from '../../../src/ports/line.js'
import type { AcceptedSocket } from '../../support/socket-place.js'
import { eventually } from '../channels/conduct-call.js'
import { describeLine, type FarEnd } from './describe-line.js'
import { raw, startFarEnds } from './far-ends.js'

const call = { scenario: { key: 'cancel', id: 101 }, result: 'result-1', runId: 'r-9', agentVariables: {} }

function pipecatTo(url: string, clock: Clock = systemClock): Dial {
  return pipecatLine({ type: 'pipecat', url }, call, openLineUse({ environment: {}, secrets: [] }, clock, createCallServer()))
}

function bytesOf(samples: Int16Array): Buffer {
  return Buffer.from(samples.buffer, samples.byteOffset, samples.byteLength)
}

function farOf({ socket }: AcceptedSocket): FarEnd & { socket: WebSocket; messages: readonly unknown[] } {
  const frames: Int16Array[] = []
  const messages: unknown[] = []
  let closed: FarEnd['closed']
  socket.on('close', code => (closed = code === 1000 ? 'well' : 'badly'))
  socket.on('message', (data: Buffer) => {
    const frame = readFrame(data)
    if (frame?.kind === 'message') messages.push(JSON.parse(frame.data))
    if (frame?.kind !== 'audio') return
    frames.push(Int16Array.from({ length: frame.audio.length / 2 }, (_, i) => frame.audio.readInt16LE(2 * i)))
  })
  return {
    frames,
    signs: [],
    socket,
    messages,
    get closed() {
      return closed
    },
    say: samples => socket.send(audioFrameOf(bytesOf(samples), 16_000)),
    hangUp: () => socket.close(1000),
    lose: () => socket.terminate(),
  }
}

const rtvi = (type: string, data: object): Buffer => messageFrameOf(JSON.stringify({ label: 'rtvi-ai', type, data }))

/** As Pipecat's own serializer wrote them (pipecat-ai 0.0.108): with the id and the name of a frame, which nobody needs, and a time. */
const asPipecatWrites = [
  '122508960112154f7574707574417564696f5261774672616d6523311a040100ffff20807d2801',
  '122b08960112154f7574707574417564696f5261774672616d6523311a040100ffff20807d28013080bcc1960b',
  '22150a137b226c6162656c223a22727476692d6169227d',
].map(hex => Buffer.from(hex, 'hex'))

const startFar = () => startFarEnds(farOf, pipecatTo)

describeLine('pipecat', startFar, {
  rate: 16_000,
  signs: [],
  ofAgent: [],
  refusal: { by: 'agent', code: 'http_status', status: 403 },
  dropped: { by: 'agent', code: 'closed' },
  isBounded: true,
  broken: [
    ['text', raw('{"event":"media"}'), 'bad_frame'],
    ['sound that no frame is around', raw(Buffer.alloc(640, 0xff)), 'bad_frame'],
    ['an empty message', raw(Buffer.alloc(0)), 'bad_frame'],
    ['a frame that is cut off', raw(audioFrameOf(Buffer.alloc(640), 16_000).subarray(0, 100)), 'bad_frame'],
    ['sound of a rate that nobody speaks at', raw(audioFrameOf(Buffer.alloc(640), 7)), 'bad_frame'],
  ],
  odd: [
    ["frames of Pipecat's own", raw(...asPipecatWrites), 4],
    ['a frame of words', raw(Buffer.concat([Buffer.from([0x0a, 0x04, 0x1a, 0x02]), Buffer.from('Hi')])), 0],
    ['a message that is not JSON', raw(messageFrameOf('x'), audioFrameOf(Buffer.alloc(4), 16_000)), 2],
    ['sound without a sample', raw(audioFrameOf(Buffer.alloc(0), 24_000)), 0],
  ],
})

describe('a bot of Pipecat', () => {
  let far: Awaited<ReturnType<typeof startFar>>
  beforeAll(async () => {
    far = await startFar()
  })
  afterAll(() => far.stop())

  async function opened() {
    const heard: LineEvent[] = []
    const before = far.ends.length
    const line = await pipecatTo(far.url)(event => void heard.push(event), new AbortController().signal)
    await eventually(() => far.ends.length > before)
    return { line, heard, end: far.ends.at(-1)! }
  }

  test('is told first that a client is ready', async () => {
    const { line, end } = await opened()
    await eventually(() => end.messages.length === 1)
    expect(end.messages).toMatchObject([{ label: 'rtvi-ai', type: 'client-ready' }])
    await line.hangUp()
  })

  test('that speaks at 24 kHz is heard at 16, as long', async () => {
    const { line, heard, end } = await opened()
    for (let i = 0; i < 50; i += 1) end.socket.send(audioFrameOf(Buffer.alloc(960), 24_000))
    const samples = (): number => heard.reduce((sum, event) => sum + (event.type === 'sound' ? event.samples.length : 0), 0)
    await eventually(() => samples() > 15_800)
    expect(Math.abs(samples() - 16_000)).toBeLessThan(160)
    await line.hangUp()
  })

  test('says what it said and what it understood, and what went wrong, once', async () => {
    const { line, heard, end } = await opened()
    end.socket.send(rtvi('bot-transcription', { text: 'How can I help?' }))
    end.socket.send(rtvi('user-transcription', { text: 'Can', final: false }))
    end.socket.send(rtvi('user-transcription', { text: 'Cancel it.', final: true }))
    for (let i = 0; i < 2; i += 1) end.socket.send(rtvi('error', { error: 'No model.' }))
    end.socket.send(rtvi('bot-transcription', { text: 'Bye.' }))
    await eventually(() => heard.length === 4)
    expect(heard).toEqual([
      { type: 'claimed', text: 'How can I help?' },
      { type: 'metadata', data: { understood: ['Cancel it.'] } },
      { type: 'warned', warning: expect.stringContaining('No model.') },
      { type: 'claimed', text: 'Bye.' },
    ])
    await line.hangUp()
  })
})
