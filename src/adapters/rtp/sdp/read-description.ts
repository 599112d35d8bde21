import { parse } from 'sdp-transform'
import type { Direction } from '../agreed-media.js'
import { codecs, type CodecName } from '../codec.js'
import { packetLengths, type PacketMs } from '../sound-packer.js'
import { readCrypto, type CryptoLine } from './crypto-line.js'

/** What a session description says of one stream. */
export interface DescribedMedia {
  /** `audio`, `video`, ...; empty if its line is not understood. */
  readonly kind: string
  readonly port: number
  readonly protocol: string
  /** Its payload types, as they stand there. */
  readonly payloads: string
  readonly formats: readonly DescribedFormat[]
  /** Empty if there is none. `0.0.0.0` and `::` mean that nothing is to be sent there. */
  readonly address: string
  readonly direction: Direction
  readonly crypto: readonly CryptoLine[]
  readonly isMuxed: boolean
  readonly rtcpPort: number
  /** How much sound it wants in a packet, as far as we make such. */
  readonly packetMs: PacketMs
}

/** A coding that is spoken, or keys. */
export interface DescribedFormat {
  readonly payloadType: number
  readonly name: CodecName | 'telephone-event'
}

/** A longer description is none. */
const mostCharacters = 16_384
const mostStreams = 16
/** Where nothing is said of it (RFC 3551, 4.2). */
const usualPacketMs = 20

/** What the package makes of a description. It turns what looks like a number into one, whatever its types say. */
interface LooseSession {
  readonly connection?: { readonly ip: unknown }
  readonly direction?: Direction
}

interface LooseMedia extends LooseSession {
  readonly type?: unknown
  readonly port?: unknown
  readonly protocol?: unknown
  readonly payloads?: unknown
  readonly rtp: readonly RtpMap[]
  readonly crypto?: readonly { readonly id: unknown; readonly suite: unknown; readonly config: unknown; readonly sessionConfig?: unknown }[]
  readonly rtcpMux?: unknown
  readonly rtcp?: { readonly port: unknown }
  readonly ptime?: unknown
  readonly maxptime?: unknown
}

interface RtpMap {
  readonly payload: unknown
  readonly codec: unknown
  readonly rate?: unknown
}

/** Reads a session description (RFC 8866), leniently: what is not understood is passed over. @returns Its streams, in order. */
export function readDescription(text: string): readonly DescribedMedia[] {
  if (text.length > mostCharacters) return []
  const { connection, direction, media } = parse(text) as unknown as LooseSession & { readonly media: readonly LooseMedia[] }
  return media.slice(0, mostStreams).map((stream): DescribedMedia => {
    const port = numberIn(stream.port)
    const payloads = textIn(stream.payloads)
    return {
      kind: textIn(stream.type),
      port,
      protocol: textIn(stream.protocol),
      payloads,
      formats: formatsOf(payloads, stream.rtp),
      address: textIn(stream.connection?.ip ?? connection?.ip).replace(/\/.*$/, ''),
      direction: stream.direction ?? direction ?? 'sendrecv',
      crypto: (stream.crypto ?? []).flatMap(line => readCrypto(line.id, line.suite, line.config, line.sessionConfig) ?? []),
      isMuxed: stream.rtcpMux !== undefined,
      rtcpPort: numberIn(stream.rtcp?.port) || port + 1,
      packetMs: packetMsOf(numberIn(stream.ptime) || usualPacketMs, numberIn(stream.maxptime) || Infinity),
    }
  })
}

/** The longest packet that we make and they take. */
function packetMsOf(wantedMs: number, mostMs: number): PacketMs {
  return packetLengths.findLast(ms => ms <= Math.min(wantedMs, mostMs)) ?? packetLengths[0]
}

function formatsOf(payloads: string, maps: readonly RtpMap[]): DescribedFormat[] {
  return payloads.split(' ').flatMap(text => {
    if (!/^\d{1,3}$/.test(text) || Number(text) > 127) return []
    const payloadType = Number(text)
    const map = maps.find(each => each.payload === payloadType)
    const name = map ? nameOf(map) : Object.entries(codecs).find(([, codec]) => codec.payloadType === payloadType)?.[0]
    return name === undefined ? [] : [{ payloadType, name: name as DescribedFormat['name'] }]
  })
}

function nameOf({ codec, rate }: RtpMap): string | undefined {
  const name = textIn(codec)
  if (/^telephone-event$/i.test(name)) return rate === undefined || rate === 8_000 ? 'telephone-event' : undefined
  const known = name.toUpperCase()
  return known in codecs && (rate === undefined || rate === 8_000) ? known : undefined
}

function textIn(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

function numberIn(value: unknown): number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 65_535 ? value : 0
}
