import { muLawCoding } from './coding.js'
import type { MediaStream } from './media-stream.js'
import { usualMessage } from './usual-message.js'
import type { StreamDialect } from './stream-wire.js'

/**
 * Twilio's: counters are texts, and `start` follows `connected` at once.
 *
 * @see https://www.twilio.com/docs/voice/media-streams/websocket-messages
 */
export function twilioDialect({ stream, account, call, parameters }: MediaStream): StreamDialect {
  let sequence = 0
  const next = (): string => String((sequence += 1))
  const message = (event: string, fields: object): object => ({ event, sequenceNumber: next(), [event]: fields, streamSid: stream })
  return {
    provider: 'Twilio',
    rate: 8_000,
    coding: muLawCoding(),
    id: { key: 'streamSid', value: stream, neededBy: ['media', 'mark', 'clear'] },
    begin: () => [
      { event: 'connected', protocol: 'Call', version: '1.0.0' },
      message('start', {
        accountSid: account,
        streamSid: stream,
        callSid: call,
        tracks: ['inbound'],
        mediaFormat: { encoding: 'audio/x-mulaw', sampleRate: 8000, channels: 1 },
        // Without any, a map nevertheless: null ends some agents.
        customParameters: parameters,
      }),
    ],
    media(nth, payload) {
      const media = `{"track":"inbound","chunk":"${nth}","timestamp":"${(nth - 1) * 20}","payload":"${payload}"}`
      return `{"event":"media","sequenceNumber":"${next()}","media":${media},"streamSid":"${stream}"}`
    },
    key: digit => message('dtmf', { track: 'inbound_track', digit }),
    reached: name => message('mark', { name }),
    end: () => message('stop', { accountSid: account, callSid: call }),
    read: usualMessage,
  }
}
