import { randomInt } from 'node:crypto'
import { isIP } from 'node:net'
import type { SrtpPolicy } from '../../../domain/trunk.js'
import { directionOf, receives, sends, type AgreedMedia, type AgreedSrtp, type Direction } from '../agreed-media.js'
import { codecs, type CodecName } from '../codec.js'
import { newCrypto, newKey, type CryptoLine } from './crypto-line.js'
import { readDescription, type DescribedFormat, type DescribedMedia } from './read-description.js'
import { writeDescription, type OwnEnd, type OwnStream } from './write-description.js'

/** Why two sides cannot hear each other. */
export type Discord = 'no codec' | 'no sound' | 'no common key' | 'only they require SRTP' | 'only we require SRTP'

/** The two sides cannot agree: the session stays as it was. */
export class MediaDiscord extends Error {
  override readonly name = 'MediaDiscord'
  constructor(readonly discord: Discord) {
    super(discord)
  }
}

/** The payload type by which we offer keys. */
const keysPayloadType = 101

const offeredFormats: readonly DescribedFormat[] = [
  ...Object.entries(codecs).map(([name, { payloadType }]) => ({ payloadType, name: name as CodecName })),
  { payloadType: keysPayloadType, name: 'telephone-event' },
]

/** Offers and answers of one call (RFC 3264): what we describe, and what comes of both sides' descriptions. */
export class SdpNegotiation {
  readonly #end: OwnEnd
  readonly #policy: SrtpPolicy
  #version = 0
  /** Our last stream, and the last description that had it. */
  #own: OwnStream | undefined
  #written: { readonly streams: string; readonly text: string } | undefined
  #crypto: readonly CryptoLine[] = []
  #isHolding = false
  #agreed: AgreedMedia | undefined

  constructor(end: Omit<OwnEnd, 'session'>, policy: SrtpPolicy) {
    this.#end = { ...end, session: randomInt(1, 2 ** 31) }
    this.#policy = policy
  }

  get agreed(): AgreedMedia | undefined {
    return this.#agreed
  }

  /** Our offer: the same session with a higher version. @param hold  Default: as it is. */
  offer(hold = this.#isHolding): string {
    this.#isHolding = hold
    if (this.#policy !== 'off' && this.#crypto.length === 0) this.#crypto = newCrypto()
    this.#own = {
      protocol: this.#policy === 'required' ? 'RTP/SAVP' : 'RTP/AVP',
      formats: offeredFormats,
      direction: this.#wanted(),
      crypto: this.#crypto,
      isMuxed: this.#agreed?.isMuxed ?? false,
    }
    this.#version += 1
    return this.#write([this.#own])
  }

  /** Our answer. A refresh that changes nothing has the version of the last. @throws {MediaDiscord} */
  answer(offer: string): string {
    const described = readDescription(offer)
    const theirs = this.#choose(described)
    const formats = commonOf(theirs)
    const crypto = this.#answerCrypto(theirs)
    const own: OwnStream = {
      protocol: theirs.protocol,
      formats,
      direction: meet(this.#wanted(), theirs),
      crypto: crypto ? [crypto.ours] : [],
      isMuxed: theirs.isMuxed,
    }
    this.#agreed = agreedOf(own, theirs, crypto && { suite: crypto.ours.suite, ourKey: crypto.ours.key, theirKey: crypto.theirs.key })
    this.#own = own
    const streams = described.map(each => (each === theirs ? own : each))
    if (this.#written?.streams === JSON.stringify(streams)) return this.#written.text
    this.#version += 1
    return this.#write(streams)
  }

  /** Their answer to our last offer. @throws {MediaDiscord} */
  accept(answer: string): void {
    const own = this.#own
    const theirs = readDescription(answer).find(({ kind }) => kind === 'audio')
    if (!own || !theirs || theirs.port === 0 || !isRtp(theirs)) throw new MediaDiscord(this.#refusal(theirs))
    commonOf(theirs)
    const [line] = theirs.crypto
    const ours = line && own.crypto.find(({ tag, suite }) => tag === line.tag && suite === line.suite)
    if (isSecure(theirs) && !ours) throw new MediaDiscord(this.#keyless)
    if (this.#policy === 'required' && !ours) throw new MediaDiscord('only we require SRTP')
    const srtp = line && ours && { suite: ours.suite, ourKey: ours.key, theirKey: line.key }
    this.#agreed = agreedOf({ ...own, direction: meet(own.direction, theirs) }, theirs, srtp)
  }

  #wanted(): Direction {
    return directionOf(true, !this.#isHolding)
  }

  /** The best of the offered streams. */
  #choose(described: readonly DescribedMedia[]): DescribedMedia {
    const audio = described.filter(each => each.kind === 'audio' && each.port > 0 && isRtp(each))
    const encrypted = audio.find(({ crypto }) => crypto.length > 0)
    const plain = audio.find(each => !isSecure(each))
    const chosen = this.#policy === 'off' ? plain : (encrypted ?? (this.#policy === 'required' ? undefined : plain))
    if (chosen) return chosen
    throw new MediaDiscord(
      audio.length === 0 ? this.#refusal(described.find(({ kind }) => kind === 'audio')) : plain ? 'only we require SRTP' : this.#keyless,
    )
  }

  #refusal(theirs: DescribedMedia | undefined): Discord {
    if (theirs && this.#policy === 'required' && !isSecure(theirs)) return 'only we require SRTP'
    if (!theirs || theirs.port === 0) return 'no sound'
    return isSecure(theirs) ? this.#keyless : 'no codec'
  }

  /** Why a stream that is encrypted has no key for us. */
  get #keyless(): Discord {
    return this.#policy === 'off' ? 'only they require SRTP' : 'no common key'
  }

  #answerCrypto({ crypto }: DescribedMedia): { ours: CryptoLine; theirs: CryptoLine } | undefined {
    const [theirs] = crypto
    if (!theirs || this.#policy === 'off') return undefined
    // The same key as before, so that a refresh does not begin anew.
    const known = this.#own?.crypto.find(({ suite }) => suite === theirs.suite)
    return { theirs, ours: { tag: theirs.tag, suite: theirs.suite, key: known?.key ?? newKey() } }
  }

  #write(streams: readonly (OwnStream | DescribedMedia)[]): string {
    const text = writeDescription(this.#end, this.#version, streams)
    this.#written = { streams: JSON.stringify(streams), text }
    return text
  }
}

/** Their codings that we speak, in their order. @throws {MediaDiscord} when there is none. */
function commonOf({ formats }: DescribedMedia): readonly DescribedFormat[] {
  if (!formats.some(({ name }) => name !== 'telephone-event')) throw new MediaDiscord('no codec')
  return formats
}

function agreedOf(own: OwnStream, theirs: DescribedMedia, srtp: AgreedSrtp | undefined): AgreedMedia {
  const sound = theirs.formats.find(({ name }) => name !== 'telephone-event')!
  const keys = theirs.formats.find(({ name }) => name === 'telephone-event')
  return {
    codec: sound.name as CodecName,
    payloadType: sound.payloadType,
    codecs: Object.fromEntries(
      [...own.formats, ...theirs.formats].flatMap(({ payloadType, name }) => (name === 'telephone-event' ? [] : [[payloadType, name]])),
    ) as Record<number, CodecName>,
    ...(keys && { keys: keys.payloadType }),
    remote: {
      address: isNowhere(theirs) || !isIP(theirs.address) ? '' : theirs.address,
      port: theirs.port,
      rtcpPort: theirs.isMuxed ? theirs.port : theirs.rtcpPort,
    },
    isMuxed: theirs.isMuxed,
    direction: own.direction,
    packetMs: theirs.packetMs,
    ...(srtp && { srtp }),
  }
}

/** Our direction, from what we want and what they said. An address of zeros is an old way to say that they do not listen. */
function meet(wanted: Direction, theirs: DescribedMedia): Direction {
  return directionOf(sends(wanted) && receives(theirs.direction) && !isNowhere(theirs), receives(wanted) && sends(theirs.direction))
}

function isNowhere({ address }: DescribedMedia): boolean {
  return /^(0\.0\.0\.0|::|0:0:0:0:0:0:0:0)$/.test(address)
}

function isRtp({ protocol }: DescribedMedia): boolean {
  return /^RTP\/S?AVPF?$/.test(protocol)
}

function isSecure({ protocol }: DescribedMedia): boolean {
  return /SAVP/.test(protocol)
}
