import type { Authenticator } from './authenticator.js'
import { allowedMethods, type Core } from './core.js'
import { HeaderList } from './header-list.js'
import type { SipRequest } from './message.js'
import { writeNameAddr } from './name-addr.js'
import type { Flow } from './network.js'
import type { CallOrder } from './call-order.js'
import { noParams, type Params } from './params.js'
import { intervalRequest, leastIntervalS, ourIntervalS } from './session-interval.js'
import { writeUri } from './uri.js'

/** Nobody may make us wait for days before a dead call is noticed. */
const longestIntervalS = 86_400

/** Makes the INVITEs of one call: the first, and those after a challenge or a 422. */
export class InviteMaker {
  #number = 0
  #intervalS = ourIntervalS
  #leastS = leastIntervalS

  constructor(
    private readonly core: Core,
    private readonly order: CallOrder,
    private readonly identity: { readonly callId: string; readonly tag: string },
  ) {}

  /** Asks for a longer session interval from now on. @returns Whether that is news. */
  lengthen(leastS: number): boolean {
    if (leastS <= this.#leastS || leastS > longestIntervalS) return false
    this.#leastS = leastS
    this.#intervalS = Math.max(this.#intervalS, leastS)
    return true
  }

  make(flow: Flow, description: string, authenticator: Authenticator): SipRequest {
    const { to, from, displayName = '', headers: extra = [] } = this.order
    this.#number += 1
    const uri = writeUri({ ...to, params: without(to.params, 'maddr') })
    const headers = new HeaderList([
      ['Max-Forwards', '70'],
      ...this.#route().map(hop => ['Route', hop] as const),
      ['From', writeNameAddr({ display: displayName, uri: writeUri(from), params: new Map([['tag', this.identity.tag]]) })],
      ['To', writeNameAddr({ display: '', uri: writeUri({ ...to, params: without(to.params, 'maddr', 'transport') }), params: noParams })],
      ['Call-ID', this.identity.callId],
      ['CSeq', `${this.#number} INVITE`],
      ['Contact', this.core.contact(flow, from.user, to.scheme === 'sips')],
      ['Allow', allowedMethods],
      ['Supported', 'timer, 100rel'],
      ['Accept', 'application/sdp'],
      ...intervalRequest(this.#intervalS, this.#leastS),
      ['Content-Type', 'application/sdp'],
    ])
    for (const [name, value] of extra) headers.add(name, value)
    const invite: SipRequest = { kind: 'request', method: 'INVITE', uri, headers, body: description }
    for (const [name, value] of authenticator.headersFor(invite)) headers.add(name, value)
    return invite
  }

  #route(): readonly string[] {
    const { to, proxy, route = [] } = this.order
    if (route.length > 0 || !proxy || proxy.host === to.host) return route
    return [writeNameAddr({ display: '', uri: looseRoute(proxy), params: noParams })]
  }
}

/** `maddr` and `transport` say how a request travels. To is about whom it is for. */
function without(params: Params, ...names: readonly string[]): Params {
  return new Map([...params].filter(([name]) => !names.includes(name)))
}

function looseRoute(proxy: NonNullable<CallOrder['proxy']>): string {
  return writeUri({ ...proxy, user: '', params: new Map([...proxy.params, ['lr', '']]) })
}
