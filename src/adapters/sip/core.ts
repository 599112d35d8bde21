import { randomBytes } from 'node:crypto'
import type { Clock, Random } from '../../ports/clock.js'
import type { ClientListener, ClientTransaction } from './client-transaction.js'
import type { SipRequest, SipResponse } from './message.js'
import type { Flow, Network, Peer } from './network.js'
import type { Dns } from './resolve.js'
import { Transactions, type TransactionUser } from './transactions.js'
import { noParams } from './params.js'
import { writeUri } from './uri.js'
import { writeVia } from './via.js'

export interface CoreUse {
  readonly network: Network
  readonly clock: Clock
  readonly random: Random
  readonly dns: Dns
  /** Why an address may not be reached, as a clause; `undefined` if it may. */
  readonly refusal: (address: string) => string | undefined
  /** What User-Agent says. */
  readonly product: string
}

/** No final response came. */
export interface Lost {
  readonly kind: 'lost'
  /** `unreachable`: the request never left. */
  readonly why: 'timeout' | 'connection' | 'unreachable'
  readonly cause?: unknown
}

/** How a request of ours ended. */
export type Final = SipResponse | Lost

/** What is told of a request before and after its final response. */
export interface Progress {
  readonly onStart?: (transaction: ClientTransaction) => void
  readonly onProvisional?: (response: SipResponse) => void
  /** A 2xx to an INVITE came again, or from another branch. */
  readonly onRepeat?: (response: SipResponse) => void
}

/** The methods that we take. */
export const allowedMethods = 'INVITE, ACK, CANCEL, BYE, OPTIONS, UPDATE, PRACK, INFO, REFER'

/** What calls and registrations share: names, flows and transactions. */
export class Core {
  readonly transactions: Transactions

  constructor(
    readonly use: CoreUse,
    user: TransactionUser,
  ) {
    this.transactions = new Transactions(use.clock, use.network, user)
  }

  /** A word that nobody guesses: a tag, a Call-ID, a nonce. */
  token(): string {
    return randomBytes(10).toString('hex')
  }

  /** @throws A network error. */
  async reach(peer: Peer): Promise<Flow> {
    const refused = this.use.refusal(peer.address)
    if (refused !== undefined) throw Object.assign(new Error(refused), { code: 'EGRESS_REFUSED' })
    return await this.use.network.reach(peer)
  }

  /** Sends a request with our topmost Via. */
  start(request: SipRequest, flow: Flow, listener: ClientListener): ClientTransaction {
    return this.transactions.start(this.#dressed(request, flow), flow, listener)
  }

  /** Sends an ACK of a 2xx. @returns What sends the same bytes again. */
  acknowledge(ack: SipRequest, flow: Flow): () => void {
    const dressed = this.#dressed(ack, flow)
    const send = (): void => void this.transactions.send(dressed, flow)
    send()
    return send
  }

  /** Sends a request and waits for its final response. */
  exchange(request: SipRequest, flow: Flow, { onStart, onProvisional, onRepeat }: Progress = {}): Promise<Final> {
    return new Promise(resolve => {
      let isOver = false
      const transaction = this.start(request, flow, {
        onResponse(response) {
          if (response.status < 200) onProvisional?.(response)
          else if (isOver) onRepeat?.(response)
          else {
            isOver = true
            resolve(response)
          }
        },
        onLost: why => resolve({ kind: 'lost', why }),
      })
      onStart?.(transaction)
    })
  }

  /** Our Contact for messages over a flow. */
  contact(flow: Flow, user: string, isSecure: boolean): string {
    const { address, port } = flow.local
    const params = flow.protocol === 'udp' || isSecure ? noParams : new Map([['transport', flow.protocol]])
    return `<${writeUri({ scheme: isSecure ? 'sips' : 'sip', user, host: address, port, params })}>`
  }

  #dressed(request: SipRequest, { protocol, local }: Flow): SipRequest {
    const params = new Map([
      ['branch', `z9hG4bK${this.token()}`],
      ['rport', ''],
    ])
    // Over a connection, the far side is asked to use it for its own requests too (RFC 5923).
    if (protocol !== 'udp') params.set('alias', '')
    const headers = request.headers.copy()
    headers.prepend('Via', writeVia({ transport: protocol.toUpperCase(), host: local.address, port: local.port, params }))
    headers.add('User-Agent', this.use.product)
    return { ...request, headers }
  }
}

/** Whether a response asks who we are. */
export function isChallenge(final: Final): final is SipResponse {
  return final.kind === 'response' && (final.status === 401 || final.status === 407)
}
