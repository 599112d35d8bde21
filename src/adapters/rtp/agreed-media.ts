import type { CodecName } from './codec.js'
import type { PacketMs } from './sound-packer.js'

/** Who sends, as we see it (RFC 3264). */
export type Direction = 'sendrecv' | 'sendonly' | 'recvonly' | 'inactive'

/** What both sides have agreed on about the sound of a call: plain data. */
export interface AgreedMedia {
  /** How we code, and the payload type that the other side gave it. */
  readonly codec: CodecName
  readonly payloadType: number
  /** The codings that may come, by payload type: those of our description and those of theirs. */
  readonly codecs: Readonly<Record<number, CodecName>>
  /** The payload type of keys that we press (RFC 4733). Absent if the other side takes none. */
  readonly keys?: number
  /** Where the other side says that it is. */
  readonly remote: { readonly address: string; readonly port: number; readonly rtcpPort: number }
  /** RTP and RTCP share a port. */
  readonly isMuxed: boolean
  readonly direction: Direction
  /** How much sound the other side wants in a packet of ours. */
  readonly packetMs: PacketMs
  /** Absent if nothing is encrypted. */
  readonly srtp?: AgreedSrtp
}

/** The protection profiles of SDES (RFC 4568), by how long their authentication tags are. */
export type SrtpSuite = 'AES_CM_128_HMAC_SHA1_80' | 'AES_CM_128_HMAC_SHA1_32'

/** Keys with their salts: 30 bytes, in base64. */
export interface AgreedSrtp {
  readonly suite: SrtpSuite
  readonly ourKey: string
  readonly theirKey: string
}

export function sends(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'sendonly'
}

export function receives(direction: Direction): boolean {
  return direction === 'sendrecv' || direction === 'recvonly'
}

export function directionOf(isSending: boolean, isReceiving: boolean): Direction {
  if (isSending) return isReceiving ? 'sendrecv' : 'sendonly'
  return isReceiving ? 'recvonly' : 'inactive'
}
