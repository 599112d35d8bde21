import type { Authenticator } from './authenticator.js'
import { endOfFinal, type CallEnd } from './call-end.js'
import { isChallenge, type Core, type Final } from './core.js'
import { HeaderList } from './header-list.js'
import type { SipRequest, SipResponse } from './message.js'
import { parseNameAddr, writeNameAddr } from './name-addr.js'
import type { Flow, Peer } from './network.js'
import { noParams } from './params.js'
import { resolveUri } from './resolve.js'
import { Timers } from './timers.js'
import { Trace } from './trace.js'
import { writeUri, type Uri } from './uri.js'

/** Where and as whom we register. */
export interface Account {
  /** The domain's URI, with its transport: `sip:pbx.example.com;transport=tls`. */
  readonly registrar: Uri
  /** The address of record: whom calls to us are for. */
  readonly address: Uri
  /** How long a registration should last, in seconds; the registrar decides. */
  readonly expiresS?: number
  /** Told of every change. */
  readonly onChange?: (state: RegistrationState) => void
}

export type RegistrationState =
  | { readonly kind: 'registering' }
  | { readonly kind: 'registered'; readonly expiresS: number }
  /** It failed, and is tried again. */
  | { readonly kind: 'lost'; readonly end: Omit<CallEnd, 'wasAnswered'>; readonly retryInMs: number }
  /** It failed, and trying again would not help: the password is wrong, or the registrar does not take us. */
  | { readonly kind: 'refused'; readonly end: Omit<CallEnd, 'wasAnswered'> }
  | { readonly kind: 'ended' }

const [firstRetryMs, longestRetryMs, keepAliveMs] = [2_000, 60_000, 25_000]
const keepAlive = Buffer.from('\r\n\r\n')

/** Keeps us registered (RFC 3261, 10): refreshes in time, and comes back when the registrar does. */
export class Registration {
  readonly trace: Trace
  readonly id: string
  readonly #tag: string
  readonly #timers: Timers
  #state: RegistrationState = { kind: 'registering' }
  #number = 0
  #expiresS: number
  #failures = 0
  #flow: Flow | undefined
  #stopWatching: () => void = () => {}
  #settled: (() => void)[] = []
  #serviceRoute: readonly string[] = []

  /** @param onPeer  Told whom calls may come from. */
  constructor(
    private readonly core: Core,
    private readonly authenticator: Authenticator,
    private readonly account: Account,
    private readonly onPeer: (peer: Peer) => void,
  ) {
    this.id = core.token()
    this.#tag = core.token()
    this.trace = new Trace(core.use.clock)
    this.#timers = new Timers(core.use.clock)
    this.#expiresS = account.expiresS ?? 600
  }

  get state(): RegistrationState {
    return this.#state
  }

  /** The way that the registrar wants our calls to take (RFC 3608): values of Route, the next first. */
  get serviceRoute(): readonly string[] {
    return this.#serviceRoute
  }

  /** Resolves once the first try is over, however it went. */
  async start(): Promise<RegistrationState> {
    const first = new Promise<void>(resolve => this.#settled.push(resolve))
    void this.#renew()
    await first
    return this.#state
  }

  /** Takes the registration back. Resolves when the registrar knows, or cannot be told. */
  async end(): Promise<void> {
    const wasRegistered = this.#state.kind === 'registered'
    this.#stop({ kind: 'ended' })
    if (wasRegistered && this.#flow) await this.#ask(this.#flow, 0)
  }

  async #renew(): Promise<void> {
    const final = await this.#tryEach()
    if (this.#isOver()) return
    if (final.kind === 'response' && final.status < 300) this.#succeed(final)
    else this.#fail(final)
  }

  async #tryEach(): Promise<Final> {
    let final: Final = { kind: 'lost', why: 'unreachable' }
    try {
      for (const peer of await resolveUri(this.account.registrar, this.core.use)) {
        this.onPeer(peer)
        final = await this.#askAt(peer)
        if (final.kind === 'response' && final.status !== 503) return final
      }
      return final
    } catch (cause) {
      return { kind: 'lost', why: 'unreachable', cause }
    }
  }

  async #askAt(peer: Peer): Promise<Final> {
    try {
      this.#watch(await this.core.reach(peer))
    } catch (cause) {
      return { kind: 'lost', why: 'unreachable', cause }
    }
    return await this.#ask(this.#flow!, this.#expiresS)
  }

  async #ask(flow: Flow, seconds: number): Promise<Final> {
    const tries = this.authenticator.newTries()
    for (let expiresS = seconds; ;) {
      const final = await this.core.exchange(this.#request(flow, expiresS), flow)
      if (isChallenge(final) && this.authenticator.takes(final, tries)) continue
      const least = final.kind === 'response' && final.status === 423 ? Number(final.headers.get('Min-Expires') ?? 0) : 0
      if (!(least > expiresS && least < 2 ** 31)) return final
      expiresS = least
      this.#expiresS = least
    }
  }

  #request(flow: Flow, expiresS: number): SipRequest {
    const { registrar, address } = this.account
    this.#number += 1
    const uri = writeUri({ ...registrar, user: '' })
    const own = writeUri(address)
    const headers = new HeaderList([
      ['Max-Forwards', '70'],
      ['From', writeNameAddr({ display: '', uri: own, params: new Map([['tag', this.#tag]]) })],
      ['To', writeNameAddr({ display: '', uri: own, params: noParams })],
      ['Call-ID', this.id],
      ['CSeq', `${this.#number} REGISTER`],
      ['Contact', this.core.contact(flow, address.user, registrar.scheme === 'sips')],
      ['Expires', String(expiresS)],
      ['Supported', 'path'],
    ])
    const request: SipRequest = { kind: 'request', method: 'REGISTER', uri, headers, body: '' }
    for (const [name, value] of this.authenticator.headersFor(request)) headers.add(name, value)
    return request
  }

  #succeed(response: SipResponse): void {
    const expiresS = grantedIn(response, this.core.contact(this.#flow!, this.account.address.user, false)) ?? this.#expiresS
    this.#serviceRoute = response.headers.listed('Service-Route')
    this.#failures = 0
    // Early enough for some tries, were the first ones lost.
    this.#timers.start('renew', 1000 * Math.max(1, expiresS - Math.min(60, expiresS / 3)), () => void this.#renew())
    if (this.#flow!.protocol === 'udp') this.#keepAlive()
    this.#become({ kind: 'registered', expiresS })
  }

  /** So that a NAT between us and the registrar keeps the way open. */
  #keepAlive(): void {
    this.#timers.start('keep-alive', keepAliveMs, () => {
      this.#flow?.send(keepAlive)
      this.#keepAlive()
    })
  }

  #fail(final: Final): void {
    const end = endOfFinal(final)
    const isHopeless =
      final.kind === 'response' && final.status >= 300 && final.status < 500 && final.status !== 408 && final.status !== 480
    if (isHopeless) return this.#stop({ kind: 'refused', end })
    const patienceMs = Math.min(longestRetryMs, firstRetryMs * 2 ** this.#failures) * (0.75 + this.core.use.random() / 2)
    const retryInMs = end.retryAfterMs === undefined ? patienceMs : Math.max(patienceMs, end.retryAfterMs)
    this.#failures += 1
    this.#timers.start('renew', retryInMs, () => void this.#renew())
    this.#become({ kind: 'lost', end, retryInMs })
  }

  /** A connection that is lost takes the way to us with it, so we register again at once. */
  #watch(flow: Flow): void {
    this.#flow = flow
    this.#stopWatching()
    this.#stopWatching = flow.whenLost(() => {
      if (this.#state.kind !== 'registered') return
      this.#become({ kind: 'registering' })
      this.#timers.start('renew', 500 * this.core.use.random(), () => void this.#renew())
    })
  }

  #stop(state: RegistrationState): void {
    this.#timers.stopAll()
    this.#stopWatching()
    if (!this.#isOver()) this.#become(state)
  }

  #isOver(): boolean {
    return this.#state.kind === 'ended' || this.#state.kind === 'refused'
  }

  #become(state: RegistrationState): void {
    this.#state = state
    this.account.onChange?.(state)
    if (state.kind === 'registering') return
    for (const settle of this.#settled.splice(0)) settle()
  }
}

/** How long the registrar keeps our Contact, in seconds. */
function grantedIn({ headers }: SipResponse, own: string): number | undefined {
  const ownUri = parseNameAddr(own)?.uri.split(';', 1)[0]
  const contacts = headers.listed('Contact').map(contact => parseNameAddr(contact))
  const ours = contacts.find(contact => contact?.uri.split(';', 1)[0] === ownUri) ?? (contacts.length === 1 ? contacts[0] : undefined)
  const granted = ours?.params.get('expires') ?? headers.get('Expires')
  return granted !== undefined && /^\d{1,9}$/.test(granted) && Number(granted) > 0 ? Number(granted) : undefined
}
