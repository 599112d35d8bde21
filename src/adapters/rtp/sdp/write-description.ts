import { isIPv6 } from 'node:net'
import { write } from 'sdp-transform'
import type { Direction } from '../agreed-media.js'
import { codecs } from '../codec.js'
import type { CryptoLine } from './crypto-line.js'
import type { DescribedFormat, DescribedMedia } from './read-description.js'

/** Our end of a call, for its description. */
export interface OwnEnd {
  readonly address: string
  /** Of RTP. That of RTCP follows it, unless both share it. */
  readonly port: number
  readonly session: number
}

/** Our stream, as it is described. */
export interface OwnStream {
  readonly protocol: string
  readonly formats: readonly DescribedFormat[]
  readonly direction: Direction
  readonly crypto: readonly CryptoLine[]
  readonly isMuxed: boolean
}

/** Writes our description: one stream, or the answer to theirs, in whose order the others are refused. */
export function writeDescription(end: OwnEnd, version: number, streams: readonly (OwnStream | DescribedMedia)[]): string {
  const ipVersion = isIPv6(end.address) ? 6 : 4
  return write({
    version: 0,
    origin: {
      username: '-',
      sessionId: end.session,
      sessionVersion: version,
      netType: 'IN',
      ipVer: ipVersion,
      address: end.address,
    },
    name: '-',
    connection: { version: ipVersion, ip: end.address },
    timing: { start: 0, stop: 0 },
    media: streams.map(stream => ('kind' in stream ? refused(stream) : accepted(stream, end.port))),
  })
}

type Media = Parameters<typeof write>[0]['media'][number]

function accepted({ protocol, formats, direction, crypto, isMuxed }: OwnStream, port: number): Media {
  const keys = formats.filter(({ name }) => name === 'telephone-event')
  return {
    type: 'audio',
    port,
    protocol,
    payloads: formats.map(({ payloadType }) => payloadType).join(' '),
    rtp: formats.map(({ payloadType, name }) => ({
      payload: payloadType,
      codec: name,
      rate: name === 'telephone-event' ? 8_000 : codecs[name].clockRate,
    })),
    fmtp: keys.map(({ payloadType }) => ({ payload: payloadType, config: '0-15' })),
    ptime: 20,
    direction,
    crypto: crypto.map(({ tag, suite, key }) => ({ id: tag, suite, config: `inline:${key}` })),
    ...(isMuxed && { rtcpMux: 'rtcp-mux' }),
  }
}

function refused({ kind, protocol, payloads }: DescribedMedia): Media {
  return { type: kind || 'audio', port: 0, protocol: protocol || 'RTP/AVP', payloads: payloads || '0', rtp: [], fmtp: [] }
}
