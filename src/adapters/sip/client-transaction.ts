import type { Clock } from '../../ports/clock.js'
import type { Flow } from './network.js'
import type { SipMessage, SipRequest, SipResponse } from './message.js'

/** What whoever sent a request is told. */
export interface ClientListener {
  /** Provisional responses, the final one, and every repeat of a 2xx to an INVITE. */
  onResponse(response: SipResponse): void
  /** No final response will come: none came in time, or the connection was lost. */
  onLost(why: 'timeout' | 'connection'): void
}

/** What a transaction works with. */
export interface TransactionUse {
  readonly clock: Clock
  readonly flow: Flow
  /** Sends over the flow. */
  readonly send: (message: SipMessage) => void
  /** The transaction is over, and may be forgotten. */
  readonly onOver: () => void
}

export interface ClientUse extends TransactionUse {
  /** @returns How many bytes the message has. */
  readonly send: (message: SipMessage) => number
}

/** A request of ours and what comes back (RFC 3261, 17.1). */
export interface ClientTransaction {
  readonly request: SipRequest
  readonly flow: Flow
  /** How many bytes the request has. */
  readonly bytes: number
  receive(response: SipResponse): void
  /** Stops all timers: nobody waits for the response any more. */
  abandon(): void
}
