import { connect as connectTcp, createServer, isIP, type LookupFunction, type Server, type Socket } from 'node:net'
import { connect as connectTls, createServer as createTlsServer, type CommonConnectionOptions, type SecureContextOptions } from 'node:tls'
import { limits } from './limits.js'
import type { HostAddress, Flow, Peer } from './network.js'
import { plainAddress, StreamFlow } from './stream-flow.js'
import type { TlsOptions } from './tls-options.js'

const connectMs = 10_000

type TlsOptionsOfNode = SecureContextOptions & Pick<CommonConnectionOptions, 'rejectUnauthorized'>

export interface StreamOptions {
  readonly protocol: 'tcp' | 'tls'
  readonly tls: TlsOptions
  /** How peers are to name us, where that is another address. */
  readonly named: string | undefined
  /** Our own addresses to connect from, by family, if not any. */
  readonly from: readonly string[]
}

/** All connections over one of TCP and TLS, whoever made them. */
export class Streams {
  readonly #servers: Server[] = []
  /** All that are open, and those that what is sent to an address uses. */
  readonly #open = new Set<StreamFlow>()
  readonly #flows = new Map<string, StreamFlow>()
  readonly #opening = new Map<string, Promise<StreamFlow>>()
  /** The port of our server, if there is one. */
  #port: number | undefined
  #receive: (bytes: Buffer, flow: Flow) => void = () => {}
  #isWelcome: (from: HostAddress) => boolean = () => true
  #incoming = 0

  constructor(private readonly options: StreamOptions) {}

  /** @throws A network error if the address is not ours, or the port is taken. */
  async listen(at: HostAddress): Promise<HostAddress> {
    const { protocol, tls } = this.options
    const take = (socket: Socket): void => this.#accept(socket)
    const server = protocol === 'tcp' ? createServer(take) : createTlsServer({ ...plain(tls), handshakeTimeout: connectMs }, take)
    // Strangers are turned away before they are sent a certificate.
    if (protocol === 'tls') server.on('connection', (socket: Socket) => this.#isFrom(socket) || socket.destroy())
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject)
      server.listen({ host: at.address, port: at.port, ipv6Only: true }, () => resolve())
    })
    server.on('error', () => {})
    this.#servers.push(server)
    const bound = server.address() as { address: string; port: number }
    this.#port = bound.port
    return { address: bound.address, port: bound.port }
  }

  onMessage(receive: (bytes: Buffer, flow: Flow) => void): void {
    this.#receive = receive
  }

  onStranger(isWelcome: (from: HostAddress) => boolean): void {
    this.#isWelcome = isWelcome
  }

  /** @throws A network error. */
  async reach(peer: Peer): Promise<Flow> {
    const key = keyOf(peer)
    const open = this.#flows.get(key)
    if (open?.isOpen) return open
    const opening = this.#opening.get(key) ?? this.#connect(peer).finally(() => this.#opening.delete(key))
    this.#opening.set(key, opening)
    return await opening
  }

  alias(flow: Flow, port: number): void {
    if (flow instanceof StreamFlow && flow.isOpen) this.#keep(flow, { address: flow.peer.address, port })
  }

  async close(): Promise<void> {
    for (const flow of this.#open) flow.close()
    await Promise.all(this.#servers.map(server => new Promise(resolve => server.close(resolve))))
  }

  #connect(peer: Peer): Promise<StreamFlow> {
    const { protocol, tls, from } = this.options
    const localAddress = from.find(own => isIP(own) === isIP(peer.address))
    const where = { host: peer.address, port: peer.port, ...(localAddress !== undefined && { localAddress }) }
    const name = peer.host ?? peer.address
    const socket =
      protocol === 'tcp'
        ? connectTcp(where)
        : connectTls({ ...plain(tls), ...where, host: name, lookup: always(peer.address), ...(isIP(name) === 0 && { servername: name }) })
    return new Promise((resolve, reject) => {
      const fail = (error: Error): void => {
        socket.destroy()
        reject(error)
      }
      socket.setTimeout(connectMs, () => fail(Object.assign(new Error('no connection was made in time'), { code: 'ETIMEDOUT' })))
      socket.once('error', fail)
      socket.once(protocol === 'tcp' ? 'connect' : 'secureConnect', () => {
        socket.setTimeout(0)
        socket.off('error', fail)
        const flow = this.#flowOf(socket)
        this.#keep(flow, peer)
        resolve(flow)
      })
    })
  }

  #accept(socket: Socket): void {
    if (!this.#isFrom(socket) || this.#incoming >= limits.connections) {
      socket.destroy()
      return
    }
    this.#incoming += 1
    socket.once('close', () => (this.#incoming -= 1))
    const flow = this.#flowOf(socket)
    this.#keep(flow, flow.peer)
  }

  #isFrom(socket: Socket): boolean {
    return this.#isWelcome({ address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 })
  }

  #flowOf(socket: Socket): StreamFlow {
    const { protocol, named } = this.options
    const address = named ?? plainAddress(socket.localAddress ?? '')
    const local = { address, port: this.#port ?? socket.localPort ?? 0 }
    const flow = new StreamFlow(protocol, socket, local, (bytes, from) => this.#receive(bytes, from))
    this.#open.add(flow)
    flow.whenLost(() => this.#open.delete(flow))
    return flow
  }

  #keep(flow: StreamFlow, peer: HostAddress): void {
    const key = keyOf(peer)
    this.#flows.set(key, flow)
    flow.whenLost(() => {
      if (this.#flows.get(key) === flow) this.#flows.delete(key)
    })
  }
}

function keyOf({ address, port }: HostAddress): string {
  return `${address} ${port}`
}

/** Options for Node, which wants no `undefined` in them. */
function plain({ ca, cert, key, rejectUnauthorized }: TlsOptions): TlsOptionsOfNode {
  return {
    minVersion: 'TLSv1.2',
    ...(ca !== undefined && { ca }),
    ...(cert !== undefined && { cert }),
    ...(key !== undefined && { key }),
    ...(rejectUnauthorized !== undefined && { rejectUnauthorized }),
  }
}

/** TLS checks the certificate for a name, while the address was found already, by the rules of SIP. */
function always(address: string): LookupFunction {
  return (_host, options, found) => {
    const family = isIP(address)
    if (options.all) found(null, [{ address, family }])
    else found(null, address, family)
  }
}
