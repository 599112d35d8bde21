import type { Authenticator } from './authenticator.js'
import { CallFate } from './call-fate.js'
import { NoCommonMedia, type CallMedia } from './call-media.js'
import type { CallEnd } from './call-end.js'
import type { Core } from './core.js'
import { Dialog } from './dialog.js'
import type { HeaderList } from './header-list.js'
import { Hops } from './hops.js'
import { keyInfo } from './info-keys.js'
import { Leg } from './leg.js'
import { callIdOf, descriptionIn, sequenceOf, type SipRequest } from './message.js'
import { tagOf } from './name-addr.js'
import { Negotiation } from './negotiation.js'
import { partyOf, type Party } from './party.js'
import { reasonIn } from './reason-header.js'
import type { ResponseParts } from './respond.js'
import { Ringing } from './ringing.js'
import type { ServerTransaction } from './server-transaction.js'
import { Session, takeLateAnswer } from './session.js'
import { agreeTo } from './session-interval.js'
import type { CallListener, SipCall } from './sip-call.js'
import { Trace } from './trace.js'

/** A call that comes in (RFC 3261, 13.3). It rings until it is answered, refused, or cancelled. */
export class IncomingCall implements SipCall {
  readonly id: string
  readonly localTag: string
  readonly trace: Trace
  /** Who calls, by From. */
  readonly from: Party
  /** Who is called, by the Request-URI. */
  readonly to: Party
  readonly #fate: CallFate
  readonly #leg: Leg
  readonly #ringing: Ringing
  #media: CallMedia | undefined
  #session: Session | undefined
  #negotiation: Negotiation | undefined
  /** Our answer, once it has been given in a provisional response. */
  #description: string | undefined
  listener: CallListener = {}

  constructor(
    private readonly core: Core,
    authenticator: Authenticator,
    private readonly transaction: ServerTransaction,
  ) {
    const { request, flow } = transaction
    this.id = callIdOf(request)
    this.localTag = core.token()
    this.trace = new Trace(core.use.clock)
    this.trace.add('received', request, flow)
    this.#fate = new CallFate(() => {
      this.#ringing.close()
      this.#media?.close()
    })
    this.from = partyOf(request.headers.get('From') ?? '')
    this.to = partyOf(`<${request.uri}>`)
    const dialog = Dialog.ofServer(request, this.localTag)
    this.#leg = new Leg(dialog, flow, { core, authenticator, hops: new Hops(core), user: this.to.user })
    this.#ringing = new Ringing({
      clock: core.use.clock,
      transaction,
      tag: this.localTag,
      leg: this.#leg,
      negotiation: () => this.#negotiation,
    })
  }

  get answered(): Promise<boolean> {
    return this.#fate.answered
  }

  get ended(): Promise<CallEnd> {
    return this.#fate.ended
  }

  /** The headers of the INVITE. */
  get headers(): HeaderList {
    return this.transaction.request.headers
  }

  /** Says 180. */
  ring(): void {
    if (this.#ringing.isPossible) void this.#progress({ status: 180 })
  }

  /** Says 183 with our description, so that the caller hears what the media plays before the call is answered. */
  async earlyMedia(media: CallMedia): Promise<void> {
    const offer = descriptionIn(this.transaction.request)
    if (offer === '') return this.ring()
    await this.#orRefuse(async () => {
      this.#description = await this.#negotiationOf(media).answer(offer)
      void this.#progress({ status: 183, body: { type: 'application/sdp', content: this.#description } })
    })
  }

  /** Answers. @returns Whether the caller acknowledged it. */
  async answer(media: CallMedia): Promise<boolean> {
    if (this.#fate.isOver) return false
    const negotiation = this.#negotiationOf(media)
    const { request } = this.transaction
    const offer = descriptionIn(request)
    await this.#orRefuse(async () => {
      const own = this.#description ?? (offer === '' ? await negotiation.offer() : await negotiation.answer(offer))
      if (!(await this.#ringing.settled())) return this.refuse(504)
      if (this.#fate.isOver) return
      const session = this.#openSession(media, negotiation)
      const ack = await session.accepted.accept(this.transaction, session.acceptance(own, agreeTo(request.headers)))
      if (this.#fate.isOver) return
      if (!ack) return await session.hangUp({ by: 'network', cause: 'unacknowledged', words: '' })
      if (offer === '') await takeLateAnswer(negotiation, ack)
      this.#fate.answer()
    })
    return await this.answered
  }

  /** Refuses, with a final status of 300 or more. */
  refuse(status: number, reason?: string): void {
    if (this.#fate.isOver || this.#session) return
    this.transaction.respond({ status, reason, tag: this.localTag })
    this.#end({ by: 'us', cause: status === 488 ? 'no_common_media' : 'refused', status, words: reason ?? '' })
  }

  async hold(isHeld: boolean): Promise<boolean> {
    return (await this.#session?.hold(isHeld)) ?? false
  }

  async press(key: string, durationMs = 160): Promise<boolean> {
    return (await this.#session?.tell('INFO', keyInfo(key, durationMs))) ?? false
  }

  async hangUp(): Promise<void> {
    if (this.#session) await this.#session.hangUp({ by: 'us', cause: 'hung_up', words: '' })
    else this.refuse(480)
  }

  /** Whether a transaction is that of our INVITE. */
  isOf(transaction: ServerTransaction | undefined): boolean {
    return transaction === this.transaction
  }

  /** Whether an INVITE of that tag and number is ours, come on another way. */
  isMergedWith(tag: string, number: number): boolean {
    return tagOf(this.headers.get('From')) === tag && sequenceOf(this.transaction.request).number === number
  }

  /** Ends the call here and now, whatever the far side makes of it. */
  abandon(): void {
    if (this.#session) this.#session.abandon()
    else this.#end({ by: 'us', cause: 'cancelled', words: '' })
  }

  /** The caller gave up. A call that was answered meanwhile is left to its BYE. */
  cancel(cancel: SipRequest): void {
    if (this.#fate.isOver || this.#session) return
    this.transaction.respond({ status: 487, tag: this.localTag })
    const reason = reasonIn(cancel.headers)
    this.#end({ by: 'them', cause: 'cancelled', status: reason?.status, words: reason?.text ?? '' })
  }

  receive(transaction: ServerTransaction): void {
    const { request } = transaction
    if (request.method === 'PRACK') void this.#ringing.takePrack(transaction)
    else if (this.#session) this.#session.receive(transaction)
    else if (request.method === 'BYE') {
      // A caller may leave an early call by BYE, too (RFC 3261, 15).
      transaction.respond({ status: 200 })
      this.cancel(request)
    } else transaction.respond({ status: this.#fate.isOver ? 481 : 500, headers: [['Retry-After', '1']] })
  }

  takeAck(ack: SipRequest): void {
    this.#session?.accepted.takeAck(ack)
  }

  /** We are not the caller: no 2xx is for us, but for those to re-INVITEs. */
  takeStray(response: Parameters<Leg['acknowledgeAgain']>[0]): void {
    this.#leg.acknowledgeAgain(response)
  }

  #openSession(media: CallMedia, negotiation: Negotiation): Session {
    const session = new Session(
      this.#leg,
      {
        core: this.core,
        negotiation,
        isCaller: false,
        onKeys: digits => media.keyed(digits),
        onTransfer: transfer => this.listener.transferred?.(transfer),
        onEnd: end => this.#end(end),
      },
      this.transaction.request.headers,
    )
    this.#session = session
    return session
  }

  #negotiationOf(media: CallMedia): Negotiation {
    this.#media = media
    return (this.#negotiation ??= new Negotiation(media))
  }

  async #progress(response: Pick<ResponseParts, 'status' | 'body'>): Promise<void> {
    if (this.#fate.isOver || this.#session) return
    if (!(await this.#ringing.say(response))) this.refuse(504)
  }

  /** Answering fails where the media has nothing in common with theirs; an answered call ends by BYE then. */
  async #orRefuse(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      if (this.#session) await this.#session.hangUp({ by: 'us', cause: 'no_common_media', words })
      else this.refuse(error instanceof NoCommonMedia ? 488 : 500)
    }
  }

  #end(end: Omit<CallEnd, 'wasAnswered'>): void {
    this.#fate.end({ ...end, wasAnswered: this.#session !== undefined })
  }
}
