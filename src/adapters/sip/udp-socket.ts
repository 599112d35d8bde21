import { createSocket, type Socket } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { HostAddress, Flow } from './network.js'
import { isWildcard, LocalAddresses } from './local-address.js'

/** What wakes a NAT up, and is no message. */
const keepAlive = /^[\r\n\0]*$/

/** One socket for all peers, so that what comes back comes to the port that we sent from (RFC 3581). */
export class UdpSocket {
  #receive: (bytes: Buffer, flow: Flow) => void = () => {}
  #isClosed = false
  readonly #locals = new LocalAddresses()

  private constructor(
    readonly bound: HostAddress,
    private readonly socket: Socket,
    private readonly named: string | undefined,
  ) {
    socket.on('message', (bytes, from) => {
      if (bytes.length <= 16 && keepAlive.test(bytes.toString('latin1'))) return
      const peer = { address: withoutZone(from.address), port: from.port }
      const local = this.#knownLocal(peer.address)
      if (local !== undefined) this.#receive(bytes, this.#flow(peer, local))
      else void this.reach(peer).then(flow => this.#receive(bytes, flow), ignored)
    })
    // A peer that does not exist is noticed by the timers of transactions; a socket that fails for one serves the others still.
    socket.on('error', () => {})
  }

  /**
   * @param at  `0.0.0.0` and `::` listen on all addresses; the port 0 takes a free one.
   * @param named  How peers are to name us, where that is another address.
   * @throws A network error if the address is not ours, or the port is taken.
   */
  static open(at: HostAddress, named: string | undefined): Promise<UdpSocket> {
    const socket = createSocket({ type: isIPv6(at.address) ? 'udp6' : 'udp4', ipv6Only: isIPv6(at.address) })
    return new Promise((resolve, reject) => {
      socket.once('error', reject)
      socket.bind(at.port, at.address, () => {
        socket.off('error', reject)
        const { address, port } = socket.address()
        resolve(new UdpSocket({ address, port }, socket, named))
      })
    })
  }

  onMessage(receive: (bytes: Buffer, flow: Flow) => void): void {
    this.#receive = receive
  }

  /** @throws A network error if there is no way to the peer. */
  async reach(peer: HostAddress): Promise<Flow> {
    return this.#flow(peer, this.#knownLocal(peer.address) ?? (await this.#locals.find(peer.address)))
  }

  close(): Promise<void> {
    this.#isClosed = true
    return new Promise(resolve => this.socket.close(resolve))
  }

  #knownLocal(peer: string): string | undefined {
    return this.named ?? (isWildcard(this.bound.address) ? this.#locals.known(peer) : this.bound.address)
  }

  #flow(peer: HostAddress, address: string): Flow {
    return {
      protocol: 'udp',
      peer,
      local: { address, port: this.bound.port },
      isOpen: true,
      send: bytes => {
        if (!this.#isClosed) this.socket.send(bytes, peer.port, peer.address, () => {})
      },
      toPort: port => this.#flow({ address: peer.address, port }, address),
      whenLost: () => () => {},
    }
  }
}

function withoutZone(address: string): string {
  return address.replace(/%.*$/, '')
}

/** Whoever cannot be answered is not listened to. */
function ignored(): void {}
