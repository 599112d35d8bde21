import { FaultError, type Fault } from '../../domain/fault.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import type { Place } from '../../domain/place.js'
import { codingOf, openDecoder } from '../network/decoder.js'
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
export function receiveBody(line: StatusLine, place: Place, { answered, failed, pass }: BodyUse): Receiver {
  const refused = isRefusal(line.status)
  const most = refused ? maxRefusalBytes : pass ? maxStreamBytes : maxAnswerBytes
  const coding = codingOf(line.headers['content-encoding'])
  const body = new GatheredBytes()
  let bytes = 0
  let received = 0
  let isOver = false
  const decoder = coding === undefined ? undefined : openDecoder(coding, { decoded: take, ended: finish, failed: undecodable })

  return {
    data(chunk) {
      if (isOver) return
      if (coding === undefined) return take(chunk)
      if (!decoder) return undecodable()
      received += chunk.length
      if (received > Math.max(most, maxAnswerBytes)) over(() => failed(replyFaults.tooLarge({ place })))
      else decoder.write(chunk)
    },
    end() {
      if (decoder) decoder.end()
      else finish()
    },
    cut: finish,
    stop: () => over(() => undefined),
  }

  function take(chunk: Buffer): void {
    bytes += chunk.length
    if (!pass || refused) body.add(chunk)
    else if (bytes <= most) passOn(pass, chunk)
    if (bytes <= most) return
    if (refused) finish()
    else over(() => failed(replyFaults.tooLarge({ place })))
  }

  function passOn(to: (chunk: Buffer) => void, chunk: Buffer): void {
    if (isOver) return
    try {
      to(chunk)
    } catch (error) {
      if (!(error instanceof FaultError)) throw error
      over(() => failed(error.fault))
    }
  }

  function finish(): void {
    over(() => answered({ ...line, body: body.whole() }))
  }

  /** The status of a refusal is the news, whatever its body is. */
  function undecodable(error?: Error): void {
    if (refused) return finish()
    over(() => failed(replyFaults.undecodable({ place, coding: coding ?? '', reason: error?.message ?? 'it is not supported' })))
  }

  function over(tell: () => void): void {
    if (isOver) return
    isOver = true
    decoder?.stop()
    tell()
  }
}
