import type { Branch } from './branch.js'
import { limits } from './limits.js'
import type { SipRequest, SipResponse } from './message.js'
import { tagOf } from './name-addr.js'
import type { Flow } from './network.js'
import type { ServerTransaction } from './server-transaction.js'

/** The branches of a call that we place: one for each far side that a proxy forked it to, known by its tag. */
export class Branches {
  readonly #branches = new Map<string, Branch>()
  readonly #open: (...of: [invite: SipRequest, response: SipResponse, flow: Flow]) => Branch

  constructor(open: (...of: [invite: SipRequest, response: SipResponse, flow: Flow]) => Branch) {
    this.#open = open
  }

  /** The branch of a response, which may be a new one. @returns Nothing if there are too many. */
  of(response: SipResponse, invite: SipRequest, flow: Flow): Branch | undefined {
    const tag = tagOf(response.headers.get('To'))
    const known = this.#branches.get(tag)
    if (known) return known
    if (this.#branches.size >= limits.forks && !(response.status >= 200 && this.#forgetOne())) return undefined
    const branch = this.#open(invite, response, flow)
    this.#branches.set(tag, branch)
    return branch
  }

  receive(transaction: ServerTransaction): void {
    const branch = this.#from(transaction.request)
    if (branch) branch.session.receive(transaction)
    else transaction.respond({ status: 481 })
  }

  takeAck(ack: SipRequest): void {
    this.#from(ack)?.session.accepted.takeAck(ack)
  }

  /** A 2xx that came when its transaction was forgotten. */
  takeStray(response: SipResponse): void {
    this.#branches.get(tagOf(response.headers.get('To')))?.leg.acknowledgeAgain(response)
  }

  /** Whoever answers counts for more than those that only ring. @returns Whether there was one. */
  #forgetOne(): boolean {
    for (const [tag, { isConfirmed }] of this.#branches) if (!isConfirmed) return this.#branches.delete(tag)
    return false
  }

  #from({ headers }: SipRequest): Branch | undefined {
    return this.#branches.get(tagOf(headers.get('From')))
  }
}
