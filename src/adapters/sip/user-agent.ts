import type { Clock, Random } from '../../ports/clock.js'
import { Authenticator } from './authenticator.js'
import type { CallOrder } from './call-order.js'
import { allowedMethods, Core } from './core.js'
import type { Credentials } from './digest.js'
import { IncomingCall } from './incoming-call.js'
import { KnownPeers } from './known-peers.js'
import { limits } from './limits.js'
import { callIdOf, descriptionIn, sequenceOf, type SipMessage, type SipRequest, type SipResponse } from './message.js'
import { tagOf } from './name-addr.js'
import type { Flow, Network } from './network.js'
import { OutgoingCall } from './outgoing-call.js'
import { Registration, type Account } from './registration.js'
import { resolveUri, systemDns, type Dns } from './resolve.js'
import type { ServerTransaction } from './server-transaction.js'
import { agreeTo, leastIntervalS } from './session-interval.js'
import type { SipCall } from './sip-call.js'
import { patienceMs, Timers } from './timers.js'
import type { Trace } from './trace.js'
import type { Uri } from './uri.js'

export interface UserAgentOptions {
  /** Sockets that are open: `openSockets`. The user agent closes them. */
  readonly network: Network
  readonly clock: Clock
  readonly random: Random
  readonly dns?: Dns
  /** Why an address may not be reached, as a clause; `undefined` if it may. Without it, all may. */
  readonly refusal?: (address: string) => string | undefined
  /** Whose calls are taken: those of registrars and of `known`, or everybody's. Others get no answer at all. */
  readonly listen: 'known' | 'open'
  /** Addresses and ranges: `192.0.2.0/24`. */
  readonly known?: readonly string[]
  /** Takes calls that come in; without it, all are refused with 480. It rings, answers or refuses each. */
  readonly onCall?: (call: IncomingCall) => void
  /** What User-Agent says. */
  readonly product?: string
}

/** The extensions that a request may require of us. */
const supported = new Set(['timer', '100rel', 'norefersub'])

/** How long calls and registrations may take to end when the user agent is closed. */
const closeMs = 8_000

/** A SIP user agent: it places and takes calls, and registers. */
export class UserAgent {
  readonly #core: Core
  readonly #known = new KnownPeers()
  /** By Call-ID and our tag. */
  readonly #calls = new Map<string, OutgoingCall | IncomingCall>()
  readonly #registrations = new Set<Registration>()
  readonly #traces = new Map<string, Trace>()
  readonly #authenticators = new Map<string, Authenticator>()
  readonly #underWay = new Set<OutgoingCall | IncomingCall>()
  readonly #timers: Timers
  #isClosing = false

  constructor(private readonly options: UserAgentOptions) {
    const { network, clock, random, dns = systemDns(), refusal = () => undefined, product = 'callsheet' } = options
    this.#core = new Core(
      { network, clock, random, dns, refusal, product },
      {
        admits: (request, flow) => this.#admits(request, flow),
        onRequest: transaction => this.#receive(transaction),
        onAck: ack => this.#calls.get(keyOf(ack, 'To'))?.takeAck(ack),
        onStray: response => this.#takeStray(response),
        onTraffic: (direction, message, flow) => this.#record(direction, message, flow),
      },
    )
    this.#timers = new Timers(clock)
    for (const name of options.known ?? []) this.#known.add(name)
    network.onStranger(({ address }) => options.listen === 'open' || this.#known.has(address))
  }

  /** Calls at present, both ways. */
  get calls(): readonly SipCall[] {
    return [...this.#underWay]
  }

  /** Takes calls of a host, too: a range, an address, or a name as it resolves now. @throws The error of the look-up. */
  async trust(host: string): Promise<void> {
    await this.#known.addHost(host, this.#core.use.dns)
  }

  /** Takes calls of the servers that a URI leads to, as DNS names them now. @throws The error of the look-up. */
  async trustServersOf(uri: Uri): Promise<void> {
    for (const { address } of await resolveUri(uri, this.#core.use)) if (!this.#known.has(address)) this.#known.add(address)
  }

  /** Places a call. What becomes of it is told by the call itself. */
  place(order: CallOrder, credentials?: Credentials): SipCall {
    const call = new OutgoingCall(this.#core, this.#authenticatorFor(credentials), order)
    this.#keep(call)
    void call.dial()
    return call
  }

  /** Starts a registration, and keeps it up. */
  async register(account: Account, credentials: Credentials | undefined): Promise<Registration> {
    const registration = new Registration(this.#core, this.#authenticatorFor(credentials), account, ({ address }) => {
      if (!this.#known.has(address)) this.#known.add(address)
    })
    this.#registrations.add(registration)
    this.#traces.set(registration.id, registration.trace)
    await registration.start()
    return registration
  }

  /** Hangs up all calls, takes registrations back, and closes the sockets: within 10 s, whoever does not answer. */
  async close(): Promise<void> {
    if (this.#isClosing) return
    this.#isClosing = true
    const ends = [...[...this.#underWay].map(call => call.hangUp()), ...[...this.#registrations].map(each => each.end())]
    const ended = Promise.allSettled(ends)
    await new Promise<void>(resolve => {
      this.#timers.start('close', closeMs, resolve)
      void ended.then(() => resolve())
    })
    for (const call of this.#underWay) call.abandon()
    this.#core.transactions.close()
    this.#timers.stopAll()
    await this.options.network.close()
  }

  /** Requests of strangers get no answer, unless they are in a call: its tags are secrets that only its far side knows. */
  #admits(request: SipRequest, flow: Flow): boolean {
    if (this.#calls.has(keyOf(request, 'To'))) return true
    if (request.method === 'ACK') return false
    if (request.method === 'CANCEL' && this.#core.transactions.cancelled(request)) return true
    return this.options.listen === 'open' || this.#known.has(flow.peer.address)
  }

  #receive(transaction: ServerTransaction): void {
    const { request } = transaction
    if (request.method === 'CANCEL') this.#cancel(transaction)
    else if (tagOf(request.headers.get('To')) !== '') {
      const call = this.#calls.get(keyOf(request, 'To'))
      if (call) call.receive(transaction)
      else transaction.respond({ status: 481 })
    } else if (request.method === 'INVITE') this.#invited(transaction)
    else if (request.method === 'OPTIONS') {
      const headers = [
        ['Allow', allowedMethods],
        ['Accept', 'application/sdp'],
        ['Supported', 'timer, 100rel'],
      ] as const
      transaction.respond({ status: 200, tag: this.#core.token(), headers })
    } else transaction.respond({ status: 405, tag: this.#core.token(), headers: [['Allow', allowedMethods]] })
  }

  #cancel(transaction: ServerTransaction): void {
    const { request } = transaction
    const invite = this.#core.transactions.cancelled(request)
    transaction.respond({ status: invite ? 200 : 481, tag: this.#core.token() })
    for (const call of this.#underWay) if (call instanceof IncomingCall && call.isOf(invite)) call.cancel(request)
  }

  #invited(transaction: ServerTransaction): void {
    const tag = this.#core.token()
    const { headers, uri, body } = transaction.request
    const unknown = headers.listed('Require').filter(extension => !supported.has(extension.toLowerCase()))
    if (!/^(sips?|tel):/i.test(uri)) transaction.respond({ status: 416, tag })
    else if (unknown.length > 0) transaction.respond({ status: 420, tag, headers: [['Unsupported', unknown.join(', ')]] })
    else if (body !== '' && descriptionIn(transaction.request) === '')
      transaction.respond({ status: 415, tag, headers: [['Accept', 'application/sdp']] })
    else if (agreeTo(headers).kind === 'too_small') transaction.respond({ status: 422, tag, headers: [['Min-SE', String(leastIntervalS)]] })
    else if (this.#isMerged(transaction)) transaction.respond({ status: 482, tag })
    else if (this.#isClosing || this.#underWay.size >= limits.calls)
      transaction.respond({ status: 503, tag, headers: [['Retry-After', '10']] })
    else {
      const call = new IncomingCall(this.#core, this.#authenticatorFor(undefined), transaction)
      this.#keep(call)
      if (this.options.onCall) this.options.onCall(call)
      else call.refuse(480)
    }
  }

  /** The same INVITE on two ways: a proxy forked it, and both branches lead here (RFC 3261, 8.2.2.2). */
  #isMerged({ request }: ServerTransaction): boolean {
    const [callId, { number }, from] = [callIdOf(request), sequenceOf(request), tagOf(request.headers.get('From'))]
    for (const call of this.#underWay) {
      if (call instanceof IncomingCall && call.id === callId && call.isMergedWith(from, number)) return true
    }
    return false
  }

  #takeStray(response: SipResponse): void {
    if (response.status >= 200 && response.status < 300 && sequenceOf(response).method === 'INVITE')
      this.#calls.get(keyOf(response, 'From'))?.takeStray(response)
  }

  #record(direction: 'sent' | 'received', message: SipMessage, flow: Flow): void {
    this.#traces.get(callIdOf(message))?.add(direction, message, flow)
  }

  /** A call is kept for a while after its end, so that what is repeated then still finds it. */
  #keep(call: OutgoingCall | IncomingCall): void {
    const key = `${call.id} ${call.localTag}`
    this.#calls.set(key, call)
    this.#traces.set(call.id, call.trace)
    this.#underWay.add(call)
    void this.#forget(call, key)
  }

  async #forget(call: OutgoingCall | IncomingCall, key: string): Promise<void> {
    await call.ended
    this.#underWay.delete(call)
    if (this.#isClosing) return
    this.#timers.start(key, patienceMs, () => {
      this.#calls.delete(key)
      this.#traces.delete(call.id)
    })
  }

  /** Calls and registrations with one password share the nonces that were given for it. */
  #authenticatorFor(credentials: Credentials | undefined): Authenticator {
    const key = credentials ? `${credentials.username}\n${credentials.password}` : ''
    const known = this.#authenticators.get(key)
    if (known) return known
    const authenticator = new Authenticator(credentials, () => this.#core.token())
    this.#authenticators.set(key, authenticator)
    return authenticator
  }
}

/** Call-ID and our tag, which stands in To of their requests, and in From of responses to ours. */
function keyOf(message: SipMessage, ours: 'From' | 'To'): string {
  return `${callIdOf(message)} ${tagOf(message.headers.get(ours))}`
}
