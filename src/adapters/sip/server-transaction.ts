import type { Flow } from './network.js'
import type { SipRequest } from './message.js'
import type { ResponseParts } from './respond.js'

/** A request of theirs and what we answer (RFC 3261, 17.2). */
export interface ServerTransaction {
  readonly request: SipRequest
  /** How the request came. */
  readonly flow: Flow
  /** The final status that was sent, if one was. */
  readonly final: number | undefined
  /** Sends a response. After a final one only a 2xx to an INVITE is sent again. */
  respond(answer: ResponseParts): void
  /** Takes the request again, or the ACK of a refusal. */
  receive(request: SipRequest): void
  abandon(): void
}
