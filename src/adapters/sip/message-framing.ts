import { limits } from './limits.js'
import { endOfHead } from './parse-message.js'

/** What a stream had in it: messages, pings (two line ends, RFC 5626), or something that cannot be cut into messages. */
export interface Framed {
  readonly messages: readonly Buffer[]
  readonly pings: number
  readonly isBroken: boolean
}

/** Cuts a stream into messages by their Content-Length (RFC 3261, 18.3). */
export class MessageFraming {
  #chunks: Buffer[] = []
  #bytes = 0
  /** The length of the message that has begun, once its head is there. */
  #wanted = 0

  push(chunk: Buffer): Framed {
    this.#chunks.push(chunk)
    this.#bytes += chunk.length
    const messages: Buffer[] = []
    let pings = 0
    while (this.#bytes > 0 && this.#bytes >= this.#wanted) {
      const bytes = this.#gathered()
      const blank = /^[\r\n]*/.exec(bytes.toString('latin1', 0, Math.min(bytes.length, 64)))?.[0].length ?? 0
      if (blank > 0) {
        if (blank >= 4) pings += 1
        this.#keep(bytes.subarray(blank))
        continue
      }
      const length = lengthOf(bytes)
      if (length === 'unknown' && bytes.length <= limits.messageBytes) break
      if (typeof length === 'string' || length > limits.messageBytes) return { messages, pings, isBroken: true }
      this.#wanted = length
      if (bytes.length < length) break
      messages.push(bytes.subarray(0, length))
      this.#keep(bytes.subarray(length))
    }
    return { messages, pings, isBroken: false }
  }

  #gathered(): Buffer {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0]! : Buffer.concat(this.#chunks)
    this.#chunks = [bytes]
    return bytes
  }

  #keep(rest: Buffer): void {
    this.#chunks = rest.length > 0 ? [rest] : []
    this.#bytes = rest.length
    this.#wanted = 0
  }
}

/** The length of the first message, head and body; `unknown` until its head is complete. */
function lengthOf(bytes: Buffer): number | 'unknown' | 'missing' {
  if (!bytes.includes('\n\r\n') && !bytes.includes('\n\n')) return 'unknown'
  const { headEnd, bodyStart } = endOfHead(bytes)
  const length = /^(?:content-length|l)[ \t]*:[ \t]*(\d{1,9})[ \t]*$/im.exec(bytes.toString('latin1', 0, headEnd))
  // Without a length nobody knows where the next message begins.
  return length ? bodyStart + Number(length[1]) : 'missing'
}
