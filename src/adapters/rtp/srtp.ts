import { createCipheriv, createHmac, timingSafeEqual } from 'node:crypto'
import type { SrtpSuite } from './agreed-media.js'
import { ReplayWindow } from './replay-window.js'
import { lengthBeforePayload } from './rtp-packet.js'
import { deriveKeys, type SessionKeys } from './srtp-keys.js'

/** The bytes of an authentication tag: RTCP's are long in both suites. */
const rtpTagBytes: Readonly<Record<SrtpSuite, number>> = { AES_CM_128_HMAC_SHA1_80: 10, AES_CM_128_HMAC_SHA1_32: 4 }
const rtcpTagBytes = 10
const rtcpHeadBytes = 8
/** The bit that says that RTCP is encrypted. */
const isEncrypted = 0x8000_0000
/** More sources than a call has. */
const mostSources = 64

/** What is counted of one source: RTP's sequence numbers go round, and that is counted too. */
interface Source {
  rolls: number
  highest: number
  readonly seen: ReplayWindow
  readonly seenRtcp: ReplayWindow
  sentRtcp: number
}

/** What the keystream of a packet begins with: its index is of 32 and 16 bits. */
interface Counter {
  readonly ssrc: number
  readonly high: number
  readonly low: number
}

/** One direction of SRTP and SRTCP (RFC 3711), with AES in counter mode and HMAC-SHA1. */
export class Srtp {
  readonly #tagBytes: number
  readonly #rtp: SessionKeys
  readonly #rtcp: SessionKeys
  readonly #sources = new Map<number, Source>()

  /** @param key  The key with its salt: 30 bytes. */
  constructor(suite: SrtpSuite, key: Buffer) {
    this.#tagBytes = rtpTagBytes[suite]
    this.#rtp = deriveKeys(key, 'rtp')
    this.#rtcp = deriveKeys(key, 'rtcp')
  }

  /** Encrypts a packet of RTP of ours. */
  protect(packet: Buffer): Buffer {
    const start = lengthBeforePayload(packet) ?? packet.length
    const ssrc = packet.readUInt32BE(8)
    const sequence = packet.readUInt16BE(2)
    const source = this.#source(ssrc, sequence)
    const rolls = rollsAt(source, sequence)
    advance(source, sequence, rolls)
    const body = this.#crypt(this.#rtp, { ssrc, high: rolls, low: sequence }, packet.subarray(start))
    const encrypted = Buffer.concat([packet.subarray(0, start), body])
    return Buffer.concat([encrypted, tagOf(this.#rtp, encrypted, rolls, this.#tagBytes)])
  }

  /** Decrypts a packet of RTP. @returns `undefined` if it is not authentic, or came before. */
  unprotect(packet: Buffer): Buffer | undefined {
    const start = lengthBeforePayload(packet)
    const end = packet.length - this.#tagBytes
    if (start === undefined || end < start) return undefined
    const ssrc = packet.readUInt32BE(8)
    const sequence = packet.readUInt16BE(2)
    // An unknown source is remembered only once it has shown that it has the key.
    const source = this.#sources.get(ssrc) ?? newSource(sequence)
    const rolls = rollsAt(source, sequence)
    const index = rolls * 65_536 + sequence
    if (rolls < 0 || !source.seen.isNew(index)) return undefined
    const encrypted = packet.subarray(0, end)
    if (!timingSafeEqual(tagOf(this.#rtp, encrypted, rolls, this.#tagBytes), packet.subarray(end))) return undefined
    this.#remember(ssrc, source)
    source.seen.add(index)
    advance(source, sequence, rolls)
    const body = this.#crypt(this.#rtp, { ssrc, high: rolls, low: sequence }, encrypted.subarray(start))
    return Buffer.concat([encrypted.subarray(0, start), body])
  }

  /** Encrypts a compound packet of RTCP of ours. */
  protectRtcp(packet: Buffer): Buffer {
    const ssrc = packet.readUInt32BE(4)
    const source = this.#source(ssrc, 0)
    const index = source.sentRtcp
    source.sentRtcp = (index + 1) & 0x7fff_ffff
    const body = this.#crypt(this.#rtcp, { ssrc, high: index >>> 16, low: index & 0xffff }, packet.subarray(rtcpHeadBytes))
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE((index | isEncrypted) >>> 0, 0)
    const encrypted = Buffer.concat([packet.subarray(0, rtcpHeadBytes), body, tail])
    return Buffer.concat([encrypted, tagOf(this.#rtcp, encrypted, undefined, rtcpTagBytes)])
  }

  /** Decrypts a compound packet of RTCP. @returns `undefined` if it is not authentic, or came before. */
  unprotectRtcp(packet: Buffer): Buffer | undefined {
    const end = packet.length - rtcpTagBytes
    if (end < rtcpHeadBytes + 4) return undefined
    const authenticated = packet.subarray(0, end)
    if (!timingSafeEqual(tagOf(this.#rtcp, authenticated, undefined, rtcpTagBytes), packet.subarray(end))) return undefined
    const tail = packet.readUInt32BE(end - 4)
    const index = tail & 0x7fff_ffff
    const ssrc = packet.readUInt32BE(4)
    const { seenRtcp } = this.#source(ssrc, 0)
    if (!seenRtcp.isNew(index)) return undefined
    seenRtcp.add(index)
    const head = packet.subarray(0, rtcpHeadBytes)
    const body = packet.subarray(rtcpHeadBytes, end - 4)
    const isPlain = tail < isEncrypted
    return Buffer.concat([head, isPlain ? body : this.#crypt(this.#rtcp, { ssrc, high: index >>> 16, low: index & 0xffff }, body)])
  }

  #source(ssrc: number, sequence: number): Source {
    const known = this.#sources.get(ssrc)
    if (known) return known
    const source = newSource(sequence)
    this.#remember(ssrc, source)
    return source
  }

  /** The oldest source is forgotten for a new one. */
  #remember(ssrc: number, source: Source): void {
    const [oldest] = this.#sources.keys()
    if (oldest !== undefined && this.#sources.size >= mostSources && !this.#sources.has(ssrc)) this.#sources.delete(oldest)
    this.#sources.set(ssrc, source)
  }

  /** Encrypts or decrypts: the counter begins with salt, source and index (RFC 3711, 4.1.1). */
  #crypt({ cipher, salt }: SessionKeys, { ssrc, high, low }: Counter, body: Buffer): Buffer {
    const iv = Buffer.alloc(16)
    iv.writeUInt32BE(ssrc, 4)
    iv.writeUInt32BE(high, 8)
    iv.writeUInt16BE(low, 12)
    for (let i = 0; i < 14; i += 1) iv[i]! ^= salt[i]!
    return createCipheriv('aes-128-ctr', cipher, iv).update(body)
  }
}

function newSource(sequence: number): Source {
  return { rolls: 0, highest: sequence, seen: new ReplayWindow(), seenRtcp: new ReplayWindow(), sentRtcp: 0 }
}

/** How often the sequence went round at this number (RFC 3711, 3.3.1): -1 before the first round. */
function rollsAt({ rolls, highest }: Source, sequence: number): number {
  if (highest < 32_768) return sequence - highest > 32_768 ? rolls - 1 : rolls
  return highest - 32_768 > sequence ? rolls + 1 : rolls
}

function advance(source: Source, sequence: number, rolls: number): void {
  if (rolls < source.rolls || (rolls === source.rolls && sequence < source.highest)) return
  source.rolls = rolls
  source.highest = sequence
}

function tagOf({ authentication }: SessionKeys, packet: Buffer, rolls: number | undefined, length: number): Buffer {
  const mac = createHmac('sha1', authentication).update(packet)
  if (rolls !== undefined) {
    const tail = Buffer.alloc(4)
    tail.writeUInt32BE(rolls, 0)
    mac.update(tail)
  }
  return mac.digest().subarray(0, length)
}
