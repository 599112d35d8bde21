import type { Clock } from '../../ports/clock.js'
import type { Leg } from './leg.js'
import { descriptionIn } from './message.js'
import type { Negotiation } from './negotiation.js'
import { ReliableProvisional } from './reliable-provisional.js'
import type { ResponseParts } from './respond.js'
import type { ServerTransaction } from './server-transaction.js'

export interface RingingUse {
  readonly clock: Clock
  /** Of the INVITE. */
  readonly transaction: ServerTransaction
  readonly tag: string
  readonly leg: Leg
  /** Absent before the call has media. */
  negotiation(): Negotiation | undefined
}

/** What we say of a call that comes in before it is answered: 180 and 183, reliably where the caller asks for it (RFC 3262). */
export class Ringing {
  readonly #use: RingingUse
  readonly #provisional: ReliableProvisional

  constructor(use: RingingUse) {
    this.#use = use
    this.#provisional = new ReliableProvisional(use.clock)
  }

  /** Without an offer a reliable response would have to make one; such a call is answered without ringing. */
  get isPossible(): boolean {
    return !this.#requiresReliable || descriptionIn(this.#use.transaction.request) !== ''
  }

  /** @returns Whether the caller has it, where it has to say so. */
  async say({ status, body }: Pick<ResponseParts, 'status' | 'body'>): Promise<boolean> {
    const { transaction, tag, leg } = this.#use
    const answer = { status, body, tag, headers: [['Contact', leg.contact()] as const] }
    const { headers } = transaction.request
    const isReliable = this.#requiresReliable || (body !== undefined && headers.lists('Supported', '100rel'))
    if (isReliable) return this.#provisional.send(transaction, answer)
    transaction.respond(answer)
    return true
  }

  /** Resolves once nothing is waited for: a 2xx must not overtake a description that a PRACK is still due for (RFC 3262, 3). */
  settled(): Promise<boolean> {
    return this.#provisional.settled()
  }

  async takePrack(transaction: ServerTransaction): Promise<void> {
    const { request } = transaction
    const { leg, transaction: invite, negotiation } = this.#use
    if (!leg.dialog.isInOrder(request)) return transaction.respond({ status: 500 })
    if (!this.#provisional.takes(request, invite.request)) return transaction.respond({ status: 481 })
    const offer = descriptionIn(request)
    const own = negotiation()
    if (offer === '' || !own) return transaction.respond({ status: 200 })
    try {
      const content = await own.answer(offer)
      transaction.respond({ status: 200, body: { type: 'application/sdp', content } })
    } catch {
      transaction.respond({ status: 488 })
    }
  }

  close(): void {
    this.#provisional.close()
  }

  get #requiresReliable(): boolean {
    return this.#use.transaction.request.headers.lists('Require', '100rel')
  }
}
