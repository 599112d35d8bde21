/** What is reported of a stream that is received (RFC 3550, 6.4.1). */
export interface ReceptionReport {
  /** Of the stream. */
  readonly ssrc: number
  /** Of the packets since the last report, 0..1. */
  readonly fractionLost: number
  readonly packetsLost: number
  /** With how often it came around. */
  readonly highestSequence: number
  /** In units of the timestamps. */
  readonly jitter: number
  /** The middle 32 bits of the last sender report's time, and how long ago it came, in 1/65536 s. 0: none came. */
  readonly lastReport: number
  readonly sinceLastReport: number
}

/** What a sender reports of itself. */
export interface SenderReport {
  /** Seconds since 1900, and their fraction of 2^32. */
  readonly ntpSeconds: number
  readonly ntpFraction: number
  readonly timestamp: number
  readonly packets: number
  readonly bytes: number
}

export type RtcpPacket =
  | { readonly type: 'report'; readonly ssrc: number; readonly sender?: SenderReport; readonly reports: readonly ReceptionReport[] }
  | { readonly type: 'bye'; readonly ssrc: number }

const senderReport = 200
const receiverReport = 201
const sourceDescription = 202
const goodbye = 203
const blockBytes = 24

/** Reads a compound packet. What is not understood is passed over; nothing is read behind a packet that is longer than what came. */
export function readRtcp(bytes: Buffer): readonly RtcpPacket[] {
  const packets: RtcpPacket[] = []
  for (let at = 0; at + 8 <= bytes.length;) {
    const length = 4 + 4 * bytes.readUInt16BE(at + 2)
    if (bytes[at]! >> 6 !== 2 || at + length > bytes.length || length < 8) break
    const packet = readOne(bytes.subarray(at, at + length))
    if (packet) packets.push(packet)
    at += length
  }
  return packets
}

function readOne(bytes: Buffer): RtcpPacket | undefined {
  const ssrc = bytes.readUInt32BE(4)
  switch (bytes[1]) {
    case senderReport:
      if (bytes.length < 28) return undefined
      return { type: 'report', ssrc, sender: readSender(bytes), reports: readBlocks(bytes, 28) }
    case receiverReport:
      return { type: 'report', ssrc, reports: readBlocks(bytes, 8) }
    case goodbye:
      return (bytes[0]! & 0x1f) > 0 ? { type: 'bye', ssrc } : undefined
    default:
      return undefined
  }
}

function readSender(bytes: Buffer): SenderReport {
  return {
    ntpSeconds: bytes.readUInt32BE(8),
    ntpFraction: bytes.readUInt32BE(12),
    timestamp: bytes.readUInt32BE(16),
    packets: bytes.readUInt32BE(20),
    bytes: bytes.readUInt32BE(24),
  }
}

function readBlocks(bytes: Buffer, from: number): ReceptionReport[] {
  const blocks: ReceptionReport[] = []
  const count = bytes[0]! & 0x1f
  for (let at = from; blocks.length < count && at + blockBytes <= bytes.length; at += blockBytes) {
    blocks.push({
      ssrc: bytes.readUInt32BE(at),
      fractionLost: bytes[at + 4]! / 256,
      packetsLost: (bytes.readUIntBE(at + 5, 3) << 8) >> 8,
      highestSequence: bytes.readUInt32BE(at + 8),
      jitter: bytes.readUInt32BE(at + 12),
      lastReport: bytes.readUInt32BE(at + 16),
      sinceLastReport: bytes.readUInt32BE(at + 20),
    })
  }
  return blocks
}

/** Our report, with the name of our end (RFC 3550, 6.5.1). @param isLast  With a goodbye. */
export function writeRtcp(report: Extract<RtcpPacket, { type: 'report' }>, name: string, isLast: boolean): Buffer {
  const parts = [writeReport(report), writeName(report.ssrc, name)]
  if (isLast) parts.push(packetOf(goodbye, 1, ssrcBytes(report.ssrc)))
  return Buffer.concat(parts)
}

function writeReport({ ssrc, sender, reports }: Extract<RtcpPacket, { type: 'report' }>): Buffer {
  const head = Buffer.alloc(sender ? 24 : 4)
  head.writeUInt32BE(ssrc, 0)
  if (sender) {
    head.writeUInt32BE(sender.ntpSeconds, 4)
    head.writeUInt32BE(sender.ntpFraction, 8)
    head.writeUInt32BE(sender.timestamp, 12)
    head.writeUInt32BE(sender.packets, 16)
    head.writeUInt32BE(sender.bytes, 20)
  }
  return packetOf(sender ? senderReport : receiverReport, reports.length, head, ...reports.map(writeBlock))
}

function writeBlock(report: ReceptionReport): Buffer {
  const block = Buffer.alloc(blockBytes)
  block.writeUInt32BE(report.ssrc, 0)
  block[4] = Math.min(255, Math.floor(report.fractionLost * 256))
  block.writeUIntBE(Math.max(-0x80_0000, Math.min(0x7f_ffff, report.packetsLost)) & 0xff_ffff, 5, 3)
  block.writeUInt32BE(report.highestSequence, 8)
  block.writeUInt32BE(report.jitter, 12)
  block.writeUInt32BE(report.lastReport, 16)
  block.writeUInt32BE(report.sinceLastReport, 20)
  return block
}

function writeName(ssrc: number, name: string): Buffer {
  const text = Buffer.from(name).subarray(0, 255)
  // The list of items ends with zeros, up to a multiple of four bytes.
  const items = Buffer.alloc(Math.ceil((text.length + 3) / 4) * 4)
  items[0] = 1
  items[1] = text.length
  items.set(text, 2)
  return packetOf(sourceDescription, 1, ssrcBytes(ssrc), items)
}

function packetOf(type: number, count: number, ...parts: readonly Buffer[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.of(0x80 | count, type, 0, 0)
  head.writeUInt16BE(body.length / 4, 2)
  return Buffer.concat([head, body])
}

function ssrcBytes(ssrc: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(ssrc, 0)
  return bytes
}
