import type { ClientListener, ClientTransaction, ClientUse } from './client-transaction.js'
import type { Flow } from './network.js'
import type { SipRequest, SipResponse } from './message.js'
import { patienceMs, t1Ms, t2Ms, t4Ms, Timers } from './timers.js'

/** The client transaction of any request but INVITE and ACK (RFC 3261, 17.1.2). */
export class NonInviteClient implements ClientTransaction {
  #state: 'trying' | 'proceeding' | 'completed' | 'terminated' = 'trying'
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
    if (this.flow.protocol === 'udp') this.#repeatAfter(t1Ms)
    this.#timers.start('F', patienceMs, () => this.#lose('timeout'))
    this.bytes = use.send(request)
  }

  receive(response: SipResponse): void {
    if (this.#state === 'completed' || this.#state === 'terminated') return
    if (response.status < 200) {
      // The request is repeated all the same, only more slowly: a provisional response does not promise a final one.
      this.#state = 'proceeding'
      this.listener.onResponse(response)
      return
    }
    this.#state = 'completed'
    this.#timers.stopAll()
    if (this.flow.protocol === 'udp') this.#timers.start('K', t4Ms, () => this.abandon())
    else this.abandon()
    this.listener.onResponse(response)
  }

  abandon(): void {
    this.#state = 'terminated'
    this.#timers.stopAll()
    this.#stopWaiting()
    this.use.onOver()
  }

  #repeatAfter(ms: number): void {
    this.#timers.start('E', ms, () => {
      this.use.send(this.request)
      this.#repeatAfter(this.#state === 'trying' ? Math.min(2 * ms, t2Ms) : t2Ms)
    })
  }

  #lose(why: 'timeout' | 'connection'): void {
    if (this.#state === 'completed' || this.#state === 'terminated') return
    this.abandon()
    this.listener.onLost(why)
  }
}
