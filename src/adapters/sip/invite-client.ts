import { HeaderList } from './header-list.js'
import type { ClientListener, ClientTransaction, ClientUse } from './client-transaction.js'
import type { Flow } from './network.js'
import { sequenceOf, type SipRequest, type SipResponse } from './message.js'
import { patienceMs, t1Ms, Timers } from './timers.js'

/** The client transaction of an INVITE (RFC 3261, 17.1.1, with the state "accepted" of RFC 6026). */
export class InviteClient implements ClientTransaction {
  #state: 'calling' | 'proceeding' | 'completed' | 'accepted' | 'terminated' = 'calling'
  readonly #timers: Timers
  readonly flow: Flow
  readonly bytes: number
  readonly #stopWaiting: () => void

  constructor(
    readonly request: SipRequest,
    private readonly use: ClientUse,
    private readonly listener: ClientListener,
  ) {
    this.flow = use.flow
    this.#timers = new Timers(use.clock)
    this.#stopWaiting = this.flow.whenLost(() => this.#lose('connection'))
    if (this.flow.protocol === 'udp') this.#timers.repeat('A', t1Ms, { longestMs: patienceMs, act: () => use.send(request) })
    this.#timers.start('B', patienceMs, () => this.#lose('timeout'))
    this.bytes = use.send(request)
  }

  receive(response: SipResponse): void {
    const { status } = response
    if (this.#state === 'terminated') return
    if (this.#state === 'completed') {
      if (status >= 300) this.use.send(ackFor(this.request, response))
    } else if (this.#state === 'accepted') {
      if (status >= 200 && status < 300) this.listener.onResponse(response)
    } else if (status < 200) {
      this.#state = 'proceeding'
      this.#timers.stopAll()
      this.listener.onResponse(response)
    } else this.#end(response)
  }

  abandon(): void {
    this.#state = 'terminated'
    this.#timers.stopAll()
    this.#stopWaiting()
    this.use.onOver()
  }

  #end(response: SipResponse): void {
    this.#timers.stopAll()
    if (response.status < 300) {
      this.#state = 'accepted'
      this.#timers.start('M', patienceMs, () => this.abandon())
    } else {
      this.#state = 'completed'
      this.use.send(ackFor(this.request, response))
      if (this.flow.protocol === 'udp') this.#timers.start('D', patienceMs, () => this.abandon())
      else this.abandon()
    }
    this.listener.onResponse(response)
  }

  #lose(why: 'timeout' | 'connection'): void {
    if (this.#state !== 'calling' && this.#state !== 'proceeding') return
    this.abandon()
    this.listener.onLost(why)
  }
}

/** The ACK of a refusal belongs to the transaction of its INVITE: same Request-URI, branch and route. */
function ackFor(invite: SipRequest, refusal: SipResponse): SipRequest {
  const headers = new HeaderList([
    ['Via', invite.headers.get('Via') ?? ''],
    ['Max-Forwards', '70'],
    ['From', invite.headers.get('From') ?? ''],
    ['To', refusal.headers.get('To') ?? ''],
    ['Call-ID', invite.headers.get('Call-ID') ?? ''],
    ['CSeq', `${sequenceOf(invite).number} ACK`],
    ...invite.headers.all('Route').map(route => ['Route', route] as const),
  ])
  return { kind: 'request', method: 'ACK', uri: invite.uri, headers, body: '' }
}

/** The CANCEL of an INVITE: the same branch, so that every proxy finds what it forwarded (RFC 3261, 9.1). */
export function cancelFor(invite: SipRequest): SipRequest {
  const { headers } = ackFor(invite, { kind: 'response', status: 487, reason: '', headers: invite.headers, body: '' })
  return {
    kind: 'request',
    method: 'CANCEL',
    uri: invite.uri,
    headers: headers.set('CSeq', `${sequenceOf(invite).number} CANCEL`),
    body: '',
  }
}
