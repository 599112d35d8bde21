import { openCodec, type Codec, type CodecName } from './codec.js'
import { KeySender } from './key-sender.js'
import type { SenderReport } from './rtcp-packet.js'
import { rtpHeaderBytes, writeRtp } from './rtp-packet.js'
import { unitsOfFrame } from './rtp-receiver.js'

/** Where a stream of ours begins: drawn at random for each call (RFC 3550, 5.1). */
export interface StreamStart {
  readonly ssrc: number
  readonly sequence: number
  readonly timestamp: number
}

/** From 1900 to 1970. */
const ntpOffsetS = 2_208_988_800

/** Our stream: sound or keys, every 20 ms. */
export class RtpSender {
  readonly ssrc: number
  readonly #rate: number
  readonly #keys = new KeySender()
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

  /**
   * The packet of the next 20 ms.
   *
   * @param keysPayloadType  Absent if keys cannot be sent.
   */
  packet(frame: Int16Array, codec: CodecName, payloadType: number, keysPayloadType: number | undefined): Buffer {
    const key = keysPayloadType === undefined ? undefined : this.#keys.next(unitsOfFrame)
    if (this.#codec?.name !== codec) this.#codec = openCodec(codec, this.#rate)
    // Coded in any case: a coding with a memory does not miss what nobody hears.
    const sound = this.#codec.encode(frame)
    const packet = writeRtp({
      payloadType: key ? keysPayloadType! : payloadType,
      isMarked: key ? key.isFirst : !this.#wasSending,
      sequence: this.#sequence,
      timestamp: (this.#timestamp - (key?.framesSince ?? 0) * unitsOfFrame) >>> 0,
      ssrc: this.ssrc,
      payload: key?.payload ?? sound,
    })
    this.#sequence = (this.#sequence + 1) & 0xffff
    this.#wasSending = true
    this.#packets += 1
    this.#bytes += packet.length - rtpHeaderBytes
    this.#pass()
    return packet
  }

  /** 20 ms in which nothing is sent: the other side does not listen. */
  skip(): void {
    this.#wasSending = false
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

  #pass(): void {
    this.#timestamp = (this.#timestamp + unitsOfFrame) >>> 0
  }
}
