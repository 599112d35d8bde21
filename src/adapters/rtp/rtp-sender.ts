import type { AgreedMedia } from './agreed-media.js'
import { openCodec, type Codec } from './codec.js'
import { KeySender } from './key-sender.js'
import type { SenderReport } from './rtcp-packet.js'
import { rtpHeaderBytes, writeRtp } from './rtp-packet.js'
import { unitsOfFrame } from './rtp-receiver.js'
import { SoundPacker } from './sound-packer.js'

/** Where a stream of ours begins: drawn at random for each call (RFC 3550, 5.1). */
export interface StreamStart {
  readonly ssrc: number
  readonly sequence: number
  readonly timestamp: number
}

/** From 1900 to 1970. */
const ntpOffsetS = 2_208_988_800

/** How our stream is coded. */
export type StreamCoding = Pick<AgreedMedia, 'codec' | 'payloadType' | 'keys' | 'packetMs'>

/** Our stream: sound or keys, every 20 ms. */
export class RtpSender {
  readonly ssrc: number
  readonly #rate: number
  readonly #keys = new KeySender()
  readonly #packer = new SoundPacker()
  #sequence: number
  #timestamp: number
  #codec: Codec | undefined
  #wasSending = false
  #packets = 0
  #bytes = 0

  /** @param rate  Samples a second of what is sent. */
  constructor(rate: number, { ssrc, sequence, timestamp }: StreamStart) {
    this.ssrc = ssrc
    this.#rate = rate
    this.#sequence = sequence
    this.#timestamp = timestamp
  }

  get packets(): number {
    return this.#packets
  }

  press(digits: string): void {
    this.#keys.press(digits)
  }

  /** The next 20 ms. @param give  Called for each packet that is due. */
  send(frame: Int16Array, coding: StreamCoding, give: (packet: Buffer) => void): void {
    const { codec, payloadType, keys, packetMs } = coding
    if (this.#codec?.name !== codec) {
      this.#codec = openCodec(codec, this.#rate)
      this.#packer.rest()
    }
    // Coded in any case: a coding with a memory does not miss what nobody hears.
    const coded = this.#codec.encode(frame)
    const key = keys === undefined ? undefined : this.#keys.next(unitsOfFrame)
    let at = this.#timestamp - this.#packer.length
    if (!key) {
      this.#packer.add(coded, packetMs, payload => {
        give(this.#packet(payloadType, !this.#wasSending, at, payload))
        at += payload.length
      })
    } else {
      if (this.#packer.length > 0) give(this.#packet(payloadType, !this.#wasSending, at, this.#packer.rest()))
      give(this.#packet(keys!, key.isFirst, this.#timestamp - key.framesSince * unitsOfFrame, key.payload))
    }
    this.#pass()
  }

  /** 20 ms in which nothing is sent: the other side does not listen. */
  skip(): void {
    this.#wasSending = false
    this.#packer.rest()
    this.#pass()
  }

  /** @param atMs  Now, since 1970. @returns `undefined` before anything was sent. */
  report(atMs: number): SenderReport | undefined {
    if (this.#packets === 0) return undefined
    return {
      ntpSeconds: Math.floor(atMs / 1000) + ntpOffsetS,
      ntpFraction: Math.floor(((atMs % 1000) / 1000) * 2 ** 32) >>> 0,
      timestamp: this.#timestamp,
      packets: this.#packets >>> 0,
      bytes: this.#bytes >>> 0,
    }
  }

  #packet(payloadType: number, isMarked: boolean, timestamp: number, payload: Uint8Array): Buffer {
    const packet = writeRtp({ payloadType, isMarked, sequence: this.#sequence, timestamp: timestamp >>> 0, ssrc: this.ssrc, payload })
    this.#sequence = (this.#sequence + 1) & 0xffff
    this.#wasSending = true
    this.#packets += 1
    this.#bytes += packet.length - rtpHeaderBytes
    return packet
  }

  #pass(): void {
    this.#timestamp = (this.#timestamp + unitsOfFrame) >>> 0
  }
}
