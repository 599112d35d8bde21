import type { Flow } from './network.js'
import type { SipRequest, SipResponse } from './message.js'
import type { ServerTransaction } from './server-transaction.js'
import type { TransactionUse } from './client-transaction.js'
import { responseTo, type ResponseParts } from './respond.js'
import { patienceMs, Timers } from './timers.js'

/** The server transaction of any request but INVITE and ACK (RFC 3261, 17.2.2). */
export class NonInviteServer implements ServerTransaction {
  readonly #timers: Timers
  readonly flow: Flow
  #last: SipResponse | undefined

  constructor(
    readonly request: SipRequest,
    private readonly use: TransactionUse,
  ) {
    this.flow = use.flow
    this.#timers = new Timers(use.clock)
    // Whoever is never answered is forgotten too.
    this.#timers.start('J', 2 * patienceMs, () => this.abandon())
  }

  get final(): number | undefined {
    return this.#last && this.#last.status >= 200 ? this.#last.status : undefined
  }

  respond(answer: ResponseParts): void {
    if (this.final !== undefined) return
    this.#last = responseTo(this.request, answer)
    this.use.send(this.#last)
    if (this.final === undefined) return
    if (this.flow.protocol === 'udp') this.#timers.start('J', patienceMs, () => this.abandon())
    else this.abandon()
  }

  receive(): void {
    if (this.#last) this.use.send(this.#last)
  }

  abandon(): void {
    this.#timers.stopAll()
    this.use.onOver()
  }
}
