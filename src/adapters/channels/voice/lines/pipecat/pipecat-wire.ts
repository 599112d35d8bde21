import { FaultError } from '../../../../../domain/fault.js'
import { lineFaults } from '../../../../../domain/faults/line-faults.js'
import { isRecord, parseJson } from '../../../../../domain/json-value.js'
import type { Place } from '../../../../../domain/place.js'
import type { MakeResampler, Resampler } from '../../../../audio/resample.js'
import { bytesOf, samplesOf } from '../pcm.js'
import type { Wire, WireUse } from '../socket-line.js'
import { audioFrameOf, messageFrameOf, readFrame, type PipecatFrame } from './frames.js'

const rate = 16_000
/** The rates that a bot may speak at. */
const rates: ReadonlySet<number> = new Set([8_000, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000])

/** What the client of Pipecat's own says first, so that a bot that waits for a client begins. */
const clientReady = {
  id: 'ready',
  label: 'rtvi-ai',
  type: 'client-ready',
  data: { version: '1.0.0', about: { library: 'callsheet' } },
}

/** Frames of Pipecat's protobuf serializer, and its RTVI messages in them. */
export function pipecatWire(resampler: MakeResampler, { send, hear }: WireUse, place: Place): Wire {
  const resamplers = new Map<number, Resampler>()
  const understood: string[] = []
  let hasWarned = false

  return {
    rate,
    begin: () => send(messageFrameOf(JSON.stringify(clientReady))),
    send: frame => send(audioFrameOf(bytesOf(frame), rate)),
    received({ bytes, isBinary }) {
      const frame = isBinary ? readFrame(bytes) : undefined
      if (!frame) throw new FaultError(lineFaults.notPipecat({ place, text: bytes.toString('latin1', 0, 80) }))
      if (frame.kind === 'audio') hearSound(frame)
      if (frame.kind === 'message') hearMessage(parseJson(frame.data))
    },
    over() {
      for (const each of resamplers.values()) each.free()
      resamplers.clear()
    },
    droppedAtOnce: fault =>
      fault && fault.status === undefined ? lineFaults.droppedAtOnce({ place, kind: 'WebSocket of Pipecat' }) : undefined,
  }

  function hearSound({ audio, rate: own, channels }: Extract<PipecatFrame, { kind: 'audio' }>): void {
    if (!rates.has(own) || channels !== 1) throw new FaultError(lineFaults.soundOfOtherKind({ place, rate: own, channels }))
    const samples = atOurRate(samplesOf(audio), own)
    if (samples.length > 0) hear({ type: 'sound', samples })
  }

  function atOurRate(samples: Int16Array, own: number): Int16Array {
    if (own === rate) return samples
    let making = resamplers.get(own)
    if (!making) resamplers.set(own, (making = resampler(own, rate)))
    return making.resample(samples)
  }

  function hearMessage(message: unknown): void {
    if (!isRecord(message) || !isRecord(message['data'])) return
    const { text, final, error } = message['data']
    switch (message['type']) {
      case 'bot-transcription':
        if (isText(text)) hear({ type: 'claimed', text })
        return
      case 'user-transcription':
      case 'user-input':
        if (!isText(text) || final === false) return
        understood.push(text)
        return hear({ type: 'metadata', data: { understood: [...understood] } })
      case 'error':
      case 'error-response':
        if (hasWarned || !isText(error)) return
        hasWarned = true
        return hear({ type: 'warned', warning: `${place.name} reported an error, "${place.quote(error, 200)}".` })
    }
  }
}

function isText(value: unknown): value is string {
  return typeof value === 'string' && value !== ''
}
