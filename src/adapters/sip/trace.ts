import type { Clock } from '../../ports/clock.js'
import { limits } from './limits.js'
import type { SipMessage } from './message.js'
import type { Flow, Protocol } from './network.js'
import { hostAndPort } from './uri.js'
import { writeMessage } from './write-message.js'

/** One message of a call. */
export interface TracedMessage {
  /** When it was sent or received, in milliseconds from the start of the trace. */
  readonly atMs: number
  readonly direction: 'sent' | 'received'
  readonly protocol: Protocol
  /** The far end of the hop: `192.0.2.1:5060`. */
  readonly peer: string
  /** The message with its secrets masked. */
  readonly text: string
}

/** The SIP dialogue of one call, or of one registration. */
export class Trace {
  readonly #messages: TracedMessage[] = []
  readonly #startMs: number
  /** Messages that were left out at the end, because there were too many. */
  #omitted = 0

  constructor(private readonly clock: Clock) {
    this.#startMs = clock.now()
  }

  get messages(): readonly TracedMessage[] {
    return this.#messages
  }

  get omitted(): number {
    return this.#omitted
  }

  add(direction: 'sent' | 'received', message: SipMessage, { protocol, peer }: Flow): void {
    if (this.#messages.length >= limits.traced) {
      this.#omitted += 1
      return
    }
    const atMs = this.clock.now() - this.#startMs
    const text = withoutSecrets(writeMessage(message).toString())
    this.#messages.push({ atMs, direction, protocol, peer: hostAndPort(peer.address, peer.port), text })
  }
}

/** Masks what authorizes: digests, passwords in URIs, and the keys of SRTP. */
export function withoutSecrets(text: string): string {
  return text
    .replaceAll(/^((?:Proxy-)?(?:Authorization|Authenticate)|WWW-Authenticate|Authentication-Info): (\w+).*$/gim, '$1: $2 [masked]')
    .replaceAll(/\b(sips?:[^\s:@<>;]+):[^\s@<>]+@/gi, '$1:[masked]@')
    .replaceAll(/^(a=crypto:\d+ \S+ inline:)[^\s|]+/gim, '$1[masked]')
    .replaceAll(/^(a=ice-pwd:|k=\w+:).*$/gim, '$1[masked]')
}
