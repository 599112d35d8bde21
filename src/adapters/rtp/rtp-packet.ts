/** A packet of RTP (RFC 3550, 5.1). Its payload shares the memory of the datagram. */
export interface RtpPacket {
  readonly payloadType: number
  readonly isMarked: boolean
  readonly sequence: number
  readonly timestamp: number
  readonly ssrc: number
  readonly payload: Buffer
}

/** The bytes before the payload, without sources and extension. */
export const rtpHeaderBytes = 12

/** The length of everything before the payload: the header, contributing sources and an extension. `undefined`: it is no RTP. */
export function lengthBeforePayload(bytes: Buffer): number | undefined {
  if (bytes.length < rtpHeaderBytes || bytes[0]! >> 6 !== 2) return undefined
  let length = rtpHeaderBytes + 4 * (bytes[0]! & 0x0f)
  if ((bytes[0]! & 0x10) !== 0) {
    if (bytes.length < length + 4) return undefined
    length += 4 + 4 * bytes.readUInt16BE(length + 2)
  }
  return length <= bytes.length ? length : undefined
}

/** @returns `undefined` for what is no RTP, of another version, or shorter than it says. */
export function readRtp(bytes: Buffer): RtpPacket | undefined {
  const start = lengthBeforePayload(bytes)
  if (start === undefined) return undefined
  const isPadded = (bytes[0]! & 0x20) !== 0
  const padding = isPadded ? bytes[bytes.length - 1]! : 0
  if (isPadded && (padding === 0 || start + padding > bytes.length)) return undefined
  return {
    payloadType: bytes[1]! & 0x7f,
    isMarked: (bytes[1]! & 0x80) !== 0,
    sequence: bytes.readUInt16BE(2),
    timestamp: bytes.readUInt32BE(4),
    ssrc: bytes.readUInt32BE(8),
    payload: bytes.subarray(start, bytes.length - padding),
  }
}

export function writeRtp({
  payloadType,
  isMarked,
  sequence,
  timestamp,
  ssrc,
  payload,
}: Omit<RtpPacket, 'payload'> & { payload: Uint8Array }): Buffer {
  const bytes = Buffer.allocUnsafe(rtpHeaderBytes + payload.length)
  bytes[0] = 0x80
  bytes[1] = (isMarked ? 0x80 : 0) | payloadType
  bytes.writeUInt16BE(sequence, 2)
  bytes.writeUInt32BE(timestamp, 4)
  bytes.writeUInt32BE(ssrc, 8)
  bytes.set(payload, rtpHeaderBytes)
  return bytes
}

/** How far a number of 16 bits is ahead of another, around the end: -32768..32767. */
export function ahead16(of: number, than: number): number {
  return ((of - than) << 16) >> 16
}

/** Whether what came on a shared port is RTCP (RFC 5761, 4). */
export function isRtcp(bytes: Buffer): boolean {
  return bytes.length >= 2 && bytes[1]! >= 192 && bytes[1]! <= 223
}
