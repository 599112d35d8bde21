import { FaultError, type Fault } from '../../domain/fault.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import type { Place } from '../../domain/place.js'
import { codingOf, openDecoder, type Decoder } from '../network/decoder.js'
import { GatheredBytes } from '../network/gathered-bytes.js'
import { maxAnswerBytes } from './faults.js'
import type { StatusLine } from './status-fault.js'

/** How much of a refusal's body to read. The message quotes its start. */
const maxRefusalBytes = 4_096

/** How much of a streamed answer to read: much of it is not words. */
const maxStreamBytes = 16 << 20

/** A whole answer, decoded. If its status is outside 200..299, the body may be only the beginning. */
export interface HttpAnswer extends StatusLine {
  readonly body: Buffer
}

/** Takes a body as it comes. Calls `answered` or `failed` once, unless it is stopped first. */
export interface Receiver {
  data(chunk: Buffer): void
  end(): void
  /** Ends it with what there is. */
  cut(): void
  stop(): void
}

/** What becomes of a body. */
export interface BodyUse {
  answered(answer: HttpAnswer): void
  failed(fault: Fault): void
  /** Takes the body of a success as it comes, instead of collecting it. @throws {FaultError} to end it. */
  readonly pass?: ((chunk: Buffer) => void) | undefined
}

export function isRefusal(status: number): boolean {
  return status < 200 || status > 299
}

/**
 * Receives the body of an answer, and decodes it if it came compressed. The bound is for what is decoded: once it is reached,
 * nothing more is decoded.
 */
export function receiveBody(line: StatusLine, place: Place, use: BodyUse): Receiver {
  return new BodyReceiver(line, place, use)
}

class BodyReceiver implements Receiver {
  readonly #line: StatusLine
  readonly #place: Place
  readonly #use: BodyUse
  readonly #body = new GatheredBytes()
  readonly #isRefused: boolean
  /** How much is read. */
  readonly #most: number
  readonly #coding: string | undefined
  readonly #decoder: Decoder | undefined
  #bytes = 0
  #received = 0
  #isOver = false

  constructor(line: StatusLine, place: Place, use: BodyUse) {
    this.#line = line
    this.#place = place
    this.#use = use
    this.#isRefused = isRefusal(line.status)
    this.#most = this.#isRefused ? maxRefusalBytes : use.pass ? maxStreamBytes : maxAnswerBytes
    this.#coding = codingOf(line.headers['content-encoding'])
    if (this.#coding === undefined) return
    this.#decoder = openDecoder(this.#coding, {
      decoded: chunk => this.#take(chunk),
      ended: () => this.cut(),
      failed: error => this.#undecodable(error),
    })
  }

  data(chunk: Buffer): void {
    if (this.#isOver) return
    if (this.#coding === undefined) return this.#take(chunk)
    if (!this.#decoder) return this.#undecodable()
    this.#received += chunk.length
    if (this.#received > Math.max(this.#most, maxAnswerBytes)) this.#fail(replyFaults.tooLarge({ place: this.#place }))
    else this.#decoder.write(chunk)
  }

  end(): void {
    if (this.#decoder) this.#decoder.end()
    else this.cut()
  }

  cut(): void {
    if (!this.#close()) return
    const { status, headers } = this.#line
    this.#use.answered({ status, headers, body: this.#body.whole() })
  }

  stop(): void {
    this.#close()
  }

  #take(chunk: Buffer): void {
    const { pass } = this.#use
    this.#bytes += chunk.length
    if (!pass || this.#isRefused) this.#body.add(chunk)
    else if (this.#bytes <= this.#most) this.#passOn(chunk)
    if (this.#bytes <= this.#most) return
    if (this.#isRefused) this.cut()
    else this.#fail(replyFaults.tooLarge({ place: this.#place }))
  }

  #passOn(chunk: Buffer): void {
    if (this.#isOver) return
    try {
      this.#use.pass?.(chunk)
    } catch (error) {
      if (!(error instanceof FaultError)) throw error
      this.#fail(error.fault)
    }
  }

  /** The status of a refusal is the news, whatever its body is. */
  #undecodable(error?: Error): void {
    if (this.#isRefused) return this.cut()
    const reason = error?.message ?? 'it is not supported'
    this.#fail(replyFaults.undecodable({ place: this.#place, coding: this.#coding ?? '', reason }))
  }

  #fail(fault: Fault): void {
    if (this.#close()) this.#use.failed(fault)
  }

  /** Ends it. @returns Whether it was still open. */
  #close(): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.#decoder?.stop()
    return true
  }
}
