import type { Flow } from './network.js'
import type { SipRequest, SipResponse } from './message.js'
import type { ServerTransaction } from './server-transaction.js'
import type { TransactionUse } from './client-transaction.js'
import { responseTo, type ResponseParts } from './respond.js'
import { patienceMs, t1Ms, t2Ms, t4Ms, Timers } from './timers.js'

/** The server transaction of an INVITE (RFC 3261, 17.2.1, with the state "accepted" of RFC 6026). */
export class InviteServer implements ServerTransaction {
  #state: 'proceeding' | 'completed' | 'confirmed' | 'accepted' | 'terminated' = 'proceeding'
  readonly #timers: Timers
  readonly flow: Flow
  #last: SipResponse

  constructor(
    readonly request: SipRequest,
    private readonly use: TransactionUse,
  ) {
    this.flow = use.flow
    this.#timers = new Timers(use.clock)
    this.#last = responseTo(request, { status: 100 })
    // Stops the repeats at once, whatever else takes time here.
    use.send(this.#last)
  }

  get final(): number | undefined {
    return this.#last.status >= 200 ? this.#last.status : undefined
  }

  respond(answer: ResponseParts): void {
    const isAgain = this.#state === 'accepted' && answer.status >= 200 && answer.status < 300
    if (this.#state !== 'proceeding' && !isAgain) return
    this.#last = responseTo(this.request, answer)
    this.use.send(this.#last)
    if (answer.status < 200 || isAgain) return
    if (answer.status < 300) {
      this.#state = 'accepted'
      this.#timers.start('L', patienceMs, () => this.abandon())
      return
    }
    this.#state = 'completed'
    this.#timers.start('H', patienceMs, () => this.abandon())
    const act = (): void => this.use.send(this.#last)
    if (this.flow.protocol === 'udp') this.#timers.repeat('G', t1Ms, { longestMs: t2Ms, act })
  }

  receive({ method }: SipRequest): void {
    if (method === 'INVITE') {
      // A repeated INVITE gets the last response again; a 2xx is repeated by the call itself, until its ACK.
      if (this.#state === 'proceeding' || this.#state === 'completed') this.use.send(this.#last)
    } else if (this.#state === 'completed') {
      this.#state = 'confirmed'
      this.#timers.stopAll()
      if (this.flow.protocol === 'udp') this.#timers.start('I', t4Ms, () => this.abandon())
      else this.abandon()
    }
  }

  abandon(): void {
    this.#state = 'terminated'
    this.#timers.stopAll()
    this.use.onOver()
  }
}
