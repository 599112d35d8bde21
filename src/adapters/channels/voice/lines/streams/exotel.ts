import { pcmCoding } from './coding.js'
import type { MediaStream } from './media-stream.js'
import type { StreamDialect } from './stream-wire.js'
import { usualMessage } from './usual-message.js'

/**
 * Exotel's: snake case, the ids within `start`, and 16-bit PCM, of which it wants multiples of 320 bytes.
 *
 * @see https://support.exotel.com/support/solutions/articles/3000108630
 */
export function exotelDialect({ stream, account, call, from, to, parameters }: MediaStream): StreamDialect {
  let sequence = 0
  const next = (): string => String((sequence += 1))
  const message = (event: string, fields: object): object => ({ event, sequence_number: next(), stream_sid: stream, [event]: fields })
  return {
    provider: 'Exotel',
    rate: 8_000,
    coding: pcmCoding,
    isWhole: bytes => bytes.length % 320 === 0,
    id: { key: 'stream_sid', value: stream, neededBy: ['media', 'mark', 'clear'] },
    begin: () => [
      { event: 'connected' },
      message('start', {
        stream_sid: stream,
        call_sid: call,
        account_sid: account,
        from,
        to,
        custom_parameters: parameters,
        media_format: { encoding: 'base64', sample_rate: '8000', bit_rate: '128kbps' },
      }),
    ],
    media(nth, payload) {
      const media = `{"chunk":"${nth}","timestamp":"${(nth - 1) * 20}","payload":"${payload}"}`
      return `{"event":"media","sequence_number":"${next()}","stream_sid":"${stream}","media":${media}}`
    },
    key: digit => message('dtmf', { duration: '200', digit }),
    reached: name => message('mark', { name }),
    end: () => message('stop', { call_sid: call, account_sid: account, reason: 'callended' }),
    read: usualMessage,
  }
}
