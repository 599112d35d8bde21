import type { Clock } from '../../ports/clock.js'
import type { ClientListener, ClientTransaction, ClientUse } from './client-transaction.js'
import type { Flow, HostAddress, Network, Peer } from './network.js'
import type { ServerTransaction } from './server-transaction.js'
import { unfitness } from './check-message.js'
import { InviteClient } from './invite-client.js'
import { InviteServer } from './invite-server.js'
import { limits } from './limits.js'
import { sequenceOf, type SipMessage, type SipRequest, type SipResponse } from './message.js'
import { NonInviteClient } from './non-invite-client.js'
import { NonInviteServer } from './non-invite-server.js'
import { parseMessage } from './parse-message.js'
import { responseTo } from './respond.js'
import { receivedVia, transactionKey } from './transaction-key.js'
import { parseVia, writeVia } from './via.js'
import { writeMessage } from './write-message.js'

/** Whoever works with transactions: the user agent. */
export interface TransactionUser {
  /** Whether a new request is answered at all. Nobody learns from silence that we exist. */
  admits(request: SipRequest, flow: Flow): boolean
  /** A new request, but for ACK. */
  onRequest(transaction: ServerTransaction): void
  /** The ACK of a 2xx. */
  onAck(ack: SipRequest): void
  /** A response that belongs to no transaction: a 2xx that is repeated very late. */
  onStray(response: SipResponse): void
  /** Every message as it goes out or comes in. */
  onTraffic(direction: 'sent' | 'received', message: SipMessage, flow: Flow): void
}

/** All transactions of a user agent: they repeat what is lost, and drop what is repeated. */
export class Transactions {
  readonly #clients = new Map<string, ClientTransaction>()
  readonly #servers = new Map<string, ServerTransaction>()
  /** Why the last message from where a request went could not be read. */
  readonly #unread = new WeakMap<ClientTransaction, string>()

  constructor(
    private readonly clock: Clock,
    private readonly network: Network,
    private readonly user: TransactionUser,
  ) {
    network.onMessage((bytes, flow) => this.#receive(bytes, flow))
  }

  /** Sends a request, whose topmost Via must name `flow.local` and a branch of its own. */
  start(request: SipRequest, flow: Flow, listener: ClientListener): ClientTransaction {
    const key = clientKey(request)
    const use = this.#useOf(flow, () => this.#clients.delete(key))
    const transaction = request.method === 'INVITE' ? new InviteClient(request, use, listener) : new NonInviteClient(request, use, listener)
    this.#clients.set(key, transaction)
    return transaction
  }

  /** Sends what has no transaction: the ACK of a 2xx. @returns How many bytes it has. */
  send(message: SipMessage, flow: Flow): number {
    this.user.onTraffic('sent', message, flow)
    const bytes = writeMessage(message)
    flow.send(bytes)
    return bytes.length
  }

  /** Finds the INVITE that a CANCEL is for. */
  cancelled(cancel: SipRequest): ServerTransaction | undefined {
    return this.#servers.get(transactionKey(cancel, 'INVITE'))
  }

  /** Why what came back for a request could not be read, as a clause; `undefined` if nothing came that could not. */
  unread(transaction: ClientTransaction): string | undefined {
    return this.#unread.get(transaction)
  }

  close(): void {
    for (const transaction of [...this.#clients.values(), ...this.#servers.values()]) transaction.abandon()
  }

  #receive(bytes: Buffer, flow: Flow): void {
    const message = parseMessage(bytes)
    if (message.kind === 'malformed') return this.#keepUnread(message.why, flow.peer)
    const unfit = unfitness(message)
    if (message.kind === 'request') this.#receiveRequest(message, flow, unfit)
    else if (unfit === undefined) this.#receiveResponse(message, flow)
    else this.#keepUnread(unfit, flow.peer)
  }

  #keepUnread(why: string, { address, port }: HostAddress): void {
    for (const transaction of this.#clients.values()) {
      const { peer } = transaction.flow
      if (peer.address === address && peer.port === port) this.#unread.set(transaction, why)
    }
  }

  #receiveResponse(response: SipResponse, flow: Flow): void {
    const transaction = this.#clients.get(clientKey(response))
    this.user.onTraffic('received', response, flow)
    if (transaction) transaction.receive(response)
    else this.user.onStray(response)
  }

  #receiveRequest(request: SipRequest, flow: Flow, unfit: string | undefined): void {
    const via = parseVia(request.headers.listed('Via')[0] ?? '')
    if (!via) return
    const key = unfit === undefined ? transactionKey(request, request.method === 'ACK' ? 'INVITE' : request.method) : ''
    const known = this.#servers.get(key)
    if (known) {
      this.user.onTraffic('received', request, flow)
      // The ACK of a 2xx has a branch of its own, but not from those who are of before RFC 3261.
      if (request.method === 'ACK' && known.final !== undefined && known.final < 300) this.user.onAck(request)
      else known.receive(request)
      return
    }
    if (!this.user.admits(request, flow) || this.#servers.size >= limits.transactions) return
    this.user.onTraffic('received', request, flow)
    const port = via.port ?? (flow.protocol === 'tls' ? 5061 : 5060)
    if (via.params.has('alias')) this.network.alias(flow, port)
    if (request.method === 'ACK') {
      if (unfit === undefined) this.user.onAck(request)
      return
    }
    const { headers } = request
    const [, ...others] = headers.listed('Via')
    headers.set('Via', [writeVia(receivedVia(via, flow)), ...others].join(', '))
    const isAnsweredAtSource = flow.protocol !== 'udp' || via.params.has('rport')
    const back = isAnsweredAtSource ? flow : flow.toPort(port)
    if (unfit !== undefined) this.send(responseTo(request, { status: 400 }), back)
    else this.#serve(key, request, { flow: back, port })
  }

  #serve(key: string, request: SipRequest, { flow, port }: { flow: Flow; port: number }): void {
    const use = this.#useOf(flow, () => this.#servers.delete(key))
    const send = (message: SipMessage): void => {
      if (flow.isOpen) this.send(message, flow)
      else void this.#sendAnew(message, { protocol: flow.protocol, address: flow.peer.address, port })
    }
    const transaction =
      request.method === 'INVITE' ? new InviteServer(request, { ...use, send }) : new NonInviteServer(request, { ...use, send })
    this.#servers.set(key, transaction)
    this.user.onRequest(transaction)
  }

  /** Answers over a new connection, since that of the request is lost (RFC 3261, 18.2.2). */
  async #sendAnew(message: SipMessage, peer: Peer): Promise<void> {
    try {
      this.send(message, await this.network.reach(peer))
    } catch {
      // Nobody is there to be answered.
    }
  }

  #useOf(flow: Flow, onOver: () => void): ClientUse {
    return { clock: this.clock, flow, send: message => this.send(message, flow), onOver }
  }
}

/** A response is matched by the branch of its topmost Via and the method in its CSeq (RFC 3261, 17.1.3). */
function clientKey(message: SipMessage): string {
  const branch = parseVia(message.headers.listed('Via')[0] ?? '')?.params.get('branch') ?? ''
  return `${branch} ${sequenceOf(message).method}`
}
