import type { MakeResampler } from '../../../../audio/resample.js'
import { isRecord } from '../../../../../domain/json-value.js'
import { muLawCoding } from './coding.js'
import type { MediaStream } from './media-stream.js'
import { PlivoSound } from './plivo-sound.js'
import type { AgentMessage, StreamDialect } from './stream-wire.js'

/**
 * Plivo's: `start` without `connected`, counters that are numbers, `playAudio`, `checkpoint` and `clearAudio`.
 *
 * @see https://www.plivo.com/docs/voice/audio-streaming
 */
export function plivoDialect({ stream, account, call, parameters }: MediaStream, make: MakeResampler): StreamDialect {
  let sequence = -1
  const next = (): number => (sequence += 1)
  const sound = new PlivoSound(make)
  const headers = JSON.stringify(parameters)
  return {
    provider: 'Plivo',
    rate: 8_000,
    coding: muLawCoding(),
    id: { key: 'streamId', value: stream, neededBy: ['checkpoint', 'clearAudio'] },
    begin: () => [
      {
        event: 'start',
        sequenceNumber: next(),
        start: {
          callId: call,
          streamId: stream,
          accountId: account,
          tracks: ['inbound'],
          mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000 },
        },
        extra_headers: headers,
      },
    ],
    media(nth, payload) {
      const media = `{"track":"inbound","timestamp":"${(nth - 1) * 20}","chunk":${nth},"payload":"${payload}"}`
      return `{"event":"media","sequenceNumber":${next()},"streamId":"${stream}","media":${media},"extra_headers":${JSON.stringify(headers)}}`
    },
    key: digit => ({ event: 'dtmf', sequenceNumber: next(), streamId: stream, dtmf: { track: 'inbound', digit }, extra_headers: headers }),
    reached: name => ({ event: 'playedStream', sequenceNumber: next(), streamId: stream, name }),
    cleared: () => ({ event: 'clearedAudio', sequenceNumber: next(), streamId: stream }),
    read({ name, fields }): AgentMessage | undefined {
      switch (name) {
        case 'playAudio':
          return playAudio(isRecord(fields['media']) ? fields['media'] : {})
        case 'checkpoint':
          return { type: 'mark', name: fields['name'] }
        case 'clearAudio':
          return { type: 'clear' }
        default:
          return undefined
      }
    },
    free: () => sound.free(),
  }

  function playAudio(media: Readonly<Record<string, unknown>>): AgentMessage {
    return { type: 'media', payload: media['payload'], read: sound.reader(media) ?? (() => undefined) }
  }
}
