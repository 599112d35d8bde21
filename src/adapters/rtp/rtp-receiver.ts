import { codecs, openCodec, type Codec, type CodecName } from './codec.js'
import { JitterBuffer, type BufferCounts } from './jitter-buffer.js'
import { readKeyEvent } from './key-event.js'
import { KeyReader } from './key-reader.js'
import { Reception } from './reception.js'
import type { RtpPacket } from './rtp-packet.js'
import type { ReceptionReport, SenderReport } from './rtcp-packet.js'

/** Comfort noise, by its payload types (RFC 3389, and an older one). */
const comfortNoise = new Set([13, 19])
/** Payload types that descriptions give away. */
const leastDynamic = 96
/** A packet of a key is exactly so long. */
const keyBytes = 4
const noSamples = new Int16Array(0)

export interface RtpReceiverUse {
  /** Samples a second of what is heard. */
  readonly rate: number
  now(): number
  sound(samples: Int16Array): void
  keyed(digit: string): void
}

/** What was received in all. */
export interface Received extends BufferCounts {
  readonly packets: number
  readonly lost: number
  readonly jitterMs: number
  /** How often another source took over. */
  readonly sources: number
}

/** The agent's stream: its sound in order, and its keys. Another source, or a jump of its numbers, begins it anew. */
export class RtpReceiver {
  readonly #use: RtpReceiverUse
  readonly #buffer: JitterBuffer
  readonly #keys = new KeyReader()
  #codecs: Readonly<Record<number, CodecName>> = {}
  #keysPayloadType: number | undefined
  #codec: Codec | undefined
  #reception: Reception | undefined
  /** Of the sources before. */
  #before = { packets: 0, lost: 0, sources: 0 }

  constructor(use: RtpReceiverUse) {
    this.#use = use
    this.#buffer = new JitterBuffer(use.rate, samples => use.sound(samples))
  }

  /** What may come, by payload type. */
  expect(names: Readonly<Record<number, CodecName>>, keysPayloadType: number | undefined): void {
    this.#codecs = names
    this.#keysPayloadType = keysPayloadType
  }

  /** Whether a packet is of the call: sound, keys or comfort noise that was agreed on. */
  knows({ payloadType, payload }: RtpPacket): boolean {
    return this.#codecs[payloadType] !== undefined || comfortNoise.has(payloadType) || this.#isKey(payloadType, payload)
  }

  /** Takes a packet that it `knows`. */
  take(packet: RtpPacket): void {
    const { sequence, timestamp, payloadType, payload, ssrc } = packet
    const name = this.#codecs[payloadType]
    const isKey = name === undefined && this.#isKey(payloadType, payload)
    const reception = this.#receptionOf(ssrc, sequence)
    const { jumps } = this.#buffer.counts
    const scale = this.#use.rate / 8_000
    const samples = name === undefined ? noSamples : this.#decode(name, payload)
    this.#buffer.take({ sequence, at: (timestamp * scale) >>> 0, samples })
    if (this.#buffer.counts.jumps > jumps) reception.jump(sequence)
    reception.take(sequence, isKey ? undefined : timestamp, this.#use.now())
    const event = isKey ? readKeyEvent(payload) : undefined
    if (event) this.#tell(this.#keys.take(event, timestamp, sequence))
  }

  tick(): void {
    this.#buffer.tick(this.#reception?.jitterMs ?? 0)
    this.#tell(this.#keys.tick())
  }

  reported(ssrc: number, report: SenderReport): void {
    if (this.#reception?.ssrc === ssrc) this.#reception.reported(report, this.#use.now())
  }

  /** For our next report; empty before anything came. */
  reports(): readonly ReceptionReport[] {
    return this.#reception ? [this.#reception.report(this.#use.now())] : []
  }

  /** How many came. */
  get packets(): number {
    return this.#before.packets + (this.#reception?.received ?? 0)
  }

  get received(): Received {
    const { lost, sources } = this.#before
    return {
      ...this.#buffer.counts,
      packets: this.packets,
      lost: lost + (this.#reception?.lost ?? 0),
      jitterMs: this.#reception?.jitterMs ?? 0,
      sources,
    }
  }

  #receptionOf(ssrc: number, sequence: number): Reception {
    const last = this.#reception
    if (last?.ssrc === ssrc) return last
    if (last) {
      this.#buffer.restart()
      this.#before.packets += last.received
      this.#before.lost += last.lost
    }
    this.#before.sources += 1
    return (this.#reception = new Reception(ssrc, sequence, 8_000))
  }

  /** A decoder goes on from what it decoded before. */
  #decode(name: CodecName, payload: Buffer): Int16Array {
    if (this.#codec?.name !== name) this.#codec = openCodec(name, this.#use.rate)
    return this.#codec.decode(payload)
  }

  /** Keys come by the payload type that was agreed on; many senders have another one. */
  #isKey(payloadType: number, payload: Buffer): boolean {
    if (payloadType === this.#keysPayloadType) return true
    return payloadType >= leastDynamic && payload.length === keyBytes && readKeyEvent(payload) !== undefined
  }

  #tell(digits: string): void {
    for (const digit of digits) this.#use.keyed(digit)
  }
}

/** Units of RTP timestamps in 20 ms, for all codings that are spoken. */
export const unitsOfFrame = codecs.PCMU.clockRate / 50
