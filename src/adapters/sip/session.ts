import { AcceptedInvites } from './accepted-invites.js'
import { NoCommonMedia } from './call-media.js'
import type { CallEnd } from './call-end.js'
import { allowedMethods, type Core, type Final } from './core.js'
import type { HeaderList } from './header-list.js'
import { keysIn } from './info-keys.js'
import type { Leg } from './leg.js'
import { descriptionIn, type SipRequest } from './message.js'
import type { Negotiation } from './negotiation.js'
import { reasonIn } from './reason-header.js'
import { Reoffer } from './reoffer.js'
import type { ResponseParts } from './respond.js'
import type { ServerTransaction } from './server-transaction.js'
import { agreeTo, leastIntervalS, type Agreement } from './session-interval.js'
import { SessionTimer } from './session-timer.js'
import { takeTransfer, type Transfer } from './transfer.js'

export interface SessionUse {
  readonly core: Core
  readonly negotiation: Negotiation
  /** Whether the Call-ID is ours, which decides who waits longer after a clash. */
  readonly isCaller: boolean
  readonly onKeys: (digits: string) => void
  readonly onTransfer: (transfer: Transfer) => void
  /** The session is over. Called once. */
  readonly onEnd: (end: Omit<CallEnd, 'wasAnswered'>) => void
}

/** An answered call, from its ACK on: what each side asks of the other until one of them hangs up. */
export class Session {
  readonly accepted: AcceptedInvites
  readonly timer: SessionTimer
  readonly #reoffer: Reoffer
  #isOver = false
  /** Whether an INVITE of theirs is being answered. */
  #isAnswering = false

  /** @param headers  Of the far side's INVITE or 2xx: what it allows and supports. */
  constructor(
    readonly leg: Leg,
    private readonly use: SessionUse,
    headers: HeaderList,
  ) {
    this.accepted = new AcceptedInvites(use.core.use.clock)
    this.#reoffer = new Reoffer(leg, { ...use, isOver: () => this.#isOver }, { takesUpdates: headers.lists('Allow', 'UPDATE') })
    this.timer = new SessionTimer(use.core.use.clock, {
      refresh: async least => await this.#reoffer.refresh(least),
      expire: status => void this.hangUp({ by: 'network', cause: 'session_expired', status, words: '' }),
    })
  }

  /** Puts the far side on hold, or takes it off. @returns Whether it agreed. */
  async hold(isHeld: boolean): Promise<boolean> {
    const final = await this.#reoffer.offer({ hold: isHeld })
    this.#endIfGone(final)
    return final.kind === 'response' && final.status < 300
  }

  /** Sends a request that neither opens nor ends anything, such as INFO. @returns Whether the far side took it. */
  async tell(method: string, body: { readonly type: string; readonly content: string }): Promise<boolean> {
    const final = await this.leg.send(method, { body })
    this.#endIfGone(final)
    return final.kind === 'response' && final.status < 300
  }

  /** Says BYE. Resolves once the far side has answered, or will not. */
  async hangUp(end: Omit<CallEnd, 'wasAnswered'>): Promise<void> {
    if (!this.#close(end)) return
    const cause =
      end.cause === 'hung_up' ? [] : [['Reason', `SIP;cause=${end.cause === 'no_common_media' ? 488 : 408};text="${end.cause}"`] as const]
    await this.leg.send('BYE', { headers: cause })
  }

  /** Ends the session here and now, without a BYE. */
  abandon(): void {
    this.#close({ by: 'us', cause: 'hung_up', words: '' })
  }

  /** Takes a request in the dialog, but for ACK and PRACK. */
  receive(transaction: ServerTransaction): void {
    const { request } = transaction
    if (this.#isOver && request.method !== 'BYE') transaction.respond({ status: 481 })
    else if (!this.leg.dialog.isInOrder(request)) transaction.respond({ status: 500 })
    else if (request.method === 'BYE') this.#takeBye(transaction)
    else if (request.method === 'INVITE' || request.method === 'UPDATE') void this.#takeOffer(transaction)
    else if (request.method === 'INFO') this.#takeInfo(transaction)
    else if (request.method === 'OPTIONS') transaction.respond({ status: 200, headers: [['Allow', allowedMethods]] })
    else if (request.method === 'REFER') void takeTransfer(transaction, this.leg, this.use)
    else transaction.respond({ status: 405, headers: [['Allow', allowedMethods]] })
  }

  #takeBye(transaction: ServerTransaction): void {
    const { request } = transaction
    transaction.respond({ status: 200 })
    const reason = reasonIn(request.headers)
    this.#close({ by: 'them', cause: 'hung_up', status: reason?.status, words: reason?.text ?? '' })
  }

  #takeInfo(transaction: ServerTransaction): void {
    transaction.respond({ status: 200 })
    const digits = keysIn(transaction.request)
    if (digits !== '') this.use.onKeys(digits)
  }

  async #takeOffer(transaction: ServerTransaction): Promise<void> {
    const { request } = transaction
    const offer = descriptionIn(request)
    const agreement = agreeTo(request.headers)
    const clash = this.#clash(request, offer)
    if (clash) return transaction.respond(clash)
    if (agreement.kind === 'too_small') return transaction.respond({ status: 422, headers: [['Min-SE', String(leastIntervalS)]] })
    this.#isAnswering = true
    this.leg.dialog.retarget(request.headers)
    try {
      if (request.method === 'UPDATE') await this.#answerUpdate(transaction, offer, agreement)
      else await this.#answerInvite(transaction, offer, agreement)
    } catch (cause) {
      this.use.negotiation.drop()
      transaction.respond({ status: cause instanceof NoCommonMedia ? 488 : 500 })
    } finally {
      this.#isAnswering = false
    }
  }

  /** Two offers at once, or two of theirs (RFC 3261, 14.2; RFC 3311, 5.2). */
  #clash({ method }: SipRequest, offer: string): ResponseParts | undefined {
    if (method === 'UPDATE' && offer === '') return undefined
    if (this.use.negotiation.open === 'ours' || this.#reoffer.isUnderWay) return { status: 491 }
    return this.#isAnswering ? { status: 500, headers: [['Retry-After', '1']] } : undefined
  }

  async #answerUpdate(transaction: ServerTransaction, offer: string, agreement: Agreement): Promise<void> {
    const answer = offer === '' ? undefined : await this.use.negotiation.answer(offer)
    transaction.respond(this.acceptance(answer, agreement))
  }

  async #answerInvite(transaction: ServerTransaction, offer: string, agreement: Agreement): Promise<void> {
    const { negotiation } = this.use
    const own = offer === '' ? await negotiation.offer() : await negotiation.answer(offer)
    const ack = await this.accepted.accept(transaction, this.acceptance(own, agreement))
    if (offer === '') await takeLateAnswer(negotiation, ack)
    if (!ack && !this.#isOver) void this.hangUp({ by: 'network', cause: 'unacknowledged', words: '' })
  }

  /** A 2xx to their INVITE or UPDATE. */
  acceptance(description: string | undefined, agreement: Agreement): ResponseParts {
    if (agreement.kind === 'agreed') this.timer.start(agreement.interval)
    return {
      status: 200,
      tag: this.leg.dialog.identity.localTag,
      headers: [
        ['Contact', this.leg.contact()],
        ['Allow', allowedMethods],
        ['Supported', 'timer, 100rel'],
        ...(agreement.kind === 'agreed' ? agreement.headers : []),
      ],
      body: description === undefined ? undefined : { type: 'application/sdp', content: description },
    }
  }

  /** A far side that does not know the call any more has ended it (RFC 3261, 12.2.1.2). */
  #endIfGone(final: Final): void {
    if (final.kind === 'lost' ? final.why !== 'timeout' : final.status !== 481 && final.status !== 408) return
    void this.hangUp({ by: 'network', cause: 'session_expired', status: final.kind === 'lost' ? undefined : final.status, words: '' })
  }

  #close(end: Omit<CallEnd, 'wasAnswered'>): boolean {
    if (this.#isOver) return false
    this.#isOver = true
    this.timer.stop()
    this.accepted.close()
    this.use.onEnd(end)
    return true
  }
}

/** The answer to our offer in a 2xx comes in the ACK. @throws {NoCommonMedia} also if there is none. */
export async function takeLateAnswer(negotiation: Negotiation, ack: SipRequest | undefined): Promise<void> {
  const answer = ack && descriptionIn(ack)
  if (!ack) negotiation.drop()
  else if (!answer) throw new NoCommonMedia('The ACK has no session description.')
  else await negotiation.take(answer, true)
}
