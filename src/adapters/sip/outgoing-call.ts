import type { Authenticator } from './authenticator.js'
import { Branch } from './branch.js'
import { Branches } from './branches.js'
import type { CallEnd } from './call-end.js'
import { CallFate } from './call-fate.js'
import { NoCommonMedia } from './call-media.js'
import type { CallOrder } from './call-order.js'
import type { Core, Final } from './core.js'
import { Hops } from './hops.js'
import { keyInfo } from './info-keys.js'
import { cancelFor } from './invite-client.js'
import { InviteMaker } from './invite-maker.js'
import { descriptionIn, sequenceOf, type SipRequest, type SipResponse } from './message.js'
import { tagOf } from './name-addr.js'
import { Negotiation } from './negotiation.js'
import type { Flow, Peer } from './network.js'
import type { ClientTransaction } from './client-transaction.js'
import { resolveUri } from './resolve.js'
import type { ServerTransaction } from './server-transaction.js'
import { intervalGranted } from './session-interval.js'
import type { SipCall } from './sip-call.js'
import { Timers } from './timers.js'
import { Trace } from './trace.js'
import { tryServers } from './try-servers.js'

/** How long an INVITE may be for every network to carry it in a datagram (RFC 3261, 18.1.1), and for any to do so. */
const [safeBytes, mostBytes] = [1_300, 65_000]
/** How long a call that we gave up waits for the far side to say so. Whatever comes later is still cancelled, or hung up. */
const partingMs = 4_000

/** A call that we place (RFC 3261, 13.2). */
export class OutgoingCall implements SipCall {
  readonly id: string
  readonly localTag: string
  readonly trace: Trace
  readonly #fate: CallFate
  readonly #negotiation: Negotiation
  readonly #hops: Hops
  readonly #timers: Timers
  readonly #maker: InviteMaker
  readonly #branches = new Branches((...of) => this.#openBranch(...of))
  /** The branch that answered. */
  #chosen: Branch | undefined
  #transaction: ClientTransaction | undefined
  /** How long our INVITE is, if it is longer than every network carries in a datagram. */
  #datagramBytes: number | undefined
  #isHeardOf = false
  #isCancelSent = false
  /** Why we gave the call up before it was answered. */
  #givenUp: Omit<CallEnd, 'wasAnswered'> | undefined

  constructor(
    private readonly core: Core,
    private readonly authenticator: Authenticator,
    private readonly order: CallOrder,
  ) {
    this.id = core.token()
    this.localTag = core.token()
    this.trace = new Trace(core.use.clock)
    this.#fate = new CallFate(() => {
      this.#timers.stopAll()
      order.media.close()
    })
    this.#negotiation = new Negotiation(order.media)
    this.#hops = new Hops(core)
    this.#timers = new Timers(core.use.clock)
    this.#maker = new InviteMaker(core, order, { callId: this.id, tag: this.localTag })
  }

  get answered(): Promise<boolean> {
    return this.#fate.answered
  }

  get ended(): Promise<CallEnd> {
    return this.#fate.ended
  }

  /** Dials. Never rejects. */
  async dial(): Promise<void> {
    try {
      const peers = await resolveUri(this.order.proxy ?? this.order.to, this.core.use)
      const description = await this.#negotiation.offer()
      this.#timers.start('ring', this.order.ringMs, () => void this.#giveUp(this.#unanswered()))
      const end = await tryServers({
        peers,
        authenticator: this.authenticator,
        isHeardOf: () => this.#isHeardOf,
        isGivenUp: () => this.#givenUp !== undefined,
        lengthen: seconds => this.#maker.lengthen(seconds),
        tryOne: peer => this.#tryOne(peer, description),
      })
      if (end) this.#end(this.#givenUp ?? end)
    } catch (error) {
      this.#end({ by: 'network', cause: 'unreachable', words: '', error })
    }
  }

  async hold(isHeld: boolean): Promise<boolean> {
    return (await this.#chosen?.session.hold(isHeld)) ?? false
  }

  async press(key: string, durationMs = 160): Promise<boolean> {
    return (await this.#chosen?.session.tell('INFO', keyInfo(key, durationMs))) ?? false
  }

  async hangUp(): Promise<void> {
    if (this.#chosen) await this.#chosen.session.hangUp({ by: 'us', cause: 'hung_up', words: '' })
    else await this.#giveUp({ by: 'us', cause: 'cancelled', words: '' })
  }

  /** Ends the call here and now, whatever the far side makes of it. */
  abandon(): void {
    if (this.#chosen) this.#chosen.session.abandon()
    else this.#end({ by: 'us', cause: 'cancelled', words: '' })
  }

  receive(transaction: ServerTransaction): void {
    this.#branches.receive(transaction)
  }

  takeAck(ack: SipRequest): void {
    this.#branches.takeAck(ack)
  }

  takeStray(response: SipResponse): void {
    this.#branches.takeStray(response)
  }

  /** Ringing for too long is the far side's doing; that nobody said a word is not. */
  #unanswered(): Omit<CallEnd, 'wasAnswered'> {
    return this.#isHeardOf ? { by: 'us', cause: 'no_answer', words: '' } : { by: 'network', cause: 'timeout', words: '' }
  }

  async #tryOne(peer: Peer, description: string): Promise<Final | 'answered'> {
    this.#isHeardOf = false
    this.#isCancelSent = false
    let flow: Flow
    try {
      flow = await this.core.reach(peer)
    } catch (cause) {
      return { kind: 'lost', why: 'unreachable', cause }
    }
    this.#hops.keep(this.order.proxy ?? this.order.to, peer)
    const invite = this.#maker.make(flow, description, this.authenticator)
    return await new Promise(resolve => {
      const transaction = this.core.start(invite, flow, {
        onResponse: response => {
          if (response.status < 200) this.#progress(response, invite, flow)
          else if (response.status < 300) {
            this.#take2xx(response, invite, flow)
            resolve('answered')
          } else resolve(response)
        },
        onLost: why => resolve({ kind: 'lost', why }),
      })
      this.#transaction = transaction
      const bytes = flow.protocol === 'udp' ? transaction.bytes : 0
      this.#datagramBytes = bytes > safeBytes ? bytes : undefined
      if (bytes <= mostBytes) return
      transaction.abandon()
      const cause = Object.assign(new Error(`an INVITE of ${bytes} bytes fits into no datagram`), { code: 'EMSGSIZE' })
      resolve({ kind: 'lost', why: 'unreachable', cause })
    })
  }

  #progress(response: SipResponse, invite: SipRequest, flow: Flow): void {
    this.#isHeardOf = true
    if (this.#givenUp) this.#cancel()
    if (this.#chosen || this.#fate.isOver || response.status === 100) return
    this.order.listener?.ringing?.(response.status)
    const branch = tagOf(response.headers.get('To')) === '' ? undefined : this.#branches.of(response, invite, flow)
    const isReliable = branch !== undefined && response.headers.lists('Require', '100rel')
    if (isReliable && !branch.acknowledgeProvisional(response)) return
    const answer = descriptionIn(response)
    if (answer !== '') void this.#hearEarly(answer, isReliable)
  }

  async #hearEarly(answer: string, isFinal: boolean): Promise<void> {
    try {
      await this.#negotiation.take(answer, isFinal)
      if (!this.#fate.isOver) this.order.listener?.earlyMedia?.()
    } catch (error) {
      void this.#giveUp({ by: 'us', cause: 'no_common_media', words: String(error instanceof NoCommonMedia ? error.message : error) })
    }
  }

  #take2xx(response: SipResponse, invite: SipRequest, flow: Flow): void {
    const branch = this.#branches.of(response, invite, flow)
    if (!branch) return
    if (branch.isConfirmed) return branch.leg.acknowledgeAgain(response)
    branch.isConfirmed = true
    branch.leg.dialog.confirm(response)
    const acknowledged = branch.leg.acknowledge(sequenceOf(invite).number, credentialsOf(invite))
    if (this.#chosen || this.#givenUp || this.#fate.isOver) {
      // Another branch answered first, or our CANCEL crossed the 200: this one is ended at once.
      void acknowledged.then(() => branch.leg.send('BYE'))
      if (!this.#chosen && this.#givenUp) this.#end(this.#givenUp)
      return
    }
    this.#chosen = branch
    this.#timers.stopAll()
    const interval = intervalGranted(response.headers)
    if (interval) branch.session.timer.start(interval)
    void this.#settle(branch, descriptionIn(response))
  }

  async #settle({ session }: Branch, answer: string): Promise<void> {
    try {
      if (answer !== '') await this.#negotiation.take(answer, true)
      else if (!this.#negotiation.isAnswered) throw new NoCommonMedia('The 200 has no session description.')
      this.#fate.answer()
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error)
      await session.hangUp({ by: 'us', cause: 'no_common_media', words })
    }
  }

  #openBranch(invite: SipRequest, response: SipResponse, flow: Flow): Branch {
    const { core, authenticator, order } = this
    const branch: Branch = new Branch(
      {
        leg: { core, authenticator, hops: this.#hops, user: order.from.user },
        session: {
          core,
          negotiation: this.#negotiation,
          isCaller: true,
          onKeys: digits => order.media.keyed(digits),
          onTransfer: transfer => order.listener?.transferred?.(transfer),
          onEnd: end => {
            if (this.#chosen === branch) this.#end(end)
          },
        },
      },
      invite,
      response,
      flow,
    )
    return branch
  }

  /** Cancels, and waits for what the far side makes of it. */
  async #giveUp(end: Omit<CallEnd, 'wasAnswered'>): Promise<void> {
    if (this.#fate.isOver || this.#chosen) return
    this.#givenUp ??= end
    this.#timers.start('ring', partingMs, () => this.#end(end))
    // Before a provisional response a CANCEL could overtake its INVITE (RFC 3261, 9.1).
    if (this.#isHeardOf) this.#cancel()
    await this.ended
  }

  #cancel(): void {
    const transaction = this.#transaction
    if (this.#isCancelSent || !transaction) return
    this.#isCancelSent = true
    this.core.transactions.start(cancelFor(transaction.request), transaction.flow, { onResponse() {}, onLost() {} })
  }

  #end(end: Omit<CallEnd, 'wasAnswered'>): void {
    const isLost = end.cause === 'timeout' || end.cause === 'unreachable'
    const datagramBytes = isLost ? this.#datagramBytes : undefined
    const unread = isLost && this.#transaction ? this.core.transactions.unread(this.#transaction) : undefined
    this.#fate.end({ ...end, wasAnswered: this.#chosen !== undefined, datagramBytes, unread })
  }
}

/** An ACK carries the credentials of its INVITE (RFC 3261, 13.2.2.4). */
function credentialsOf({ headers }: SipRequest): (readonly [string, string])[] {
  return headers.lines.filter(([name]) => name === 'Authorization' || name === 'Proxy-Authorization')
}
