import { muLawCoding } from './coding.js'
import type { MediaStream } from './media-stream.js'
import type { StreamDialect } from './stream-wire.js'
import { usualMessage } from './usual-message.js'

/**
 * Telnyx's: snake case, the stream's id at the top, and an encoding that is called PCMU: another name ends calls.
 *
 * @see https://developers.telnyx.com/docs/voice/programmable-voice/media-streaming
 */
export function telnyxDialect({ stream, account, call, from, to, parameters }: MediaStream): StreamDialect {
  let sequence = 0
  const next = (): string => String((sequence += 1))
  const message = (event: string, fields: object): object => ({ event, sequence_number: next(), [event]: fields, stream_id: stream })
  return {
    provider: 'Telnyx',
    rate: 8_000,
    coding: muLawCoding(),
    id: { key: 'stream_id', value: stream, neededBy: [] },
    begin: () => [
      { event: 'connected', version: '1.0.0' },
      message('start', {
        user_id: account,
        call_control_id: call,
        call_session_id: call,
        from,
        to,
        tracks: ['inbound'],
        media_format: { encoding: 'PCMU', sample_rate: 8000, channels: 1 },
        custom_parameters: parameters,
      }),
    ],
    media(nth, payload) {
      const media = `{"track":"inbound","chunk":"${nth}","timestamp":"${(nth - 1) * 20}","payload":"${payload}"}`
      return `{"event":"media","sequence_number":"${next()}","media":${media},"stream_id":"${stream}"}`
    },
    key: digit => message('dtmf', { digit }),
    reached: name => message('mark', { name }),
    end: () => message('stop', { user_id: account, call_control_id: call }),
    read: usualMessage,
  }
}
