import type { Flow, Network, Peer } from '../../../src/adapters/sip/network.js'
import type { Clock, Random } from '../../../src/ports/clock.js'

/** How badly datagrams travel: shares of all, and milliseconds. */
export interface Weather {
  readonly loss?: number
  readonly duplicates?: number
  readonly delayMs?: readonly [least: number, most: number]
}

interface Host extends Network {
  take(bytes: Buffer, flow: Flow): void
}

/** A network in memory: UDP that loses, repeats and reorders, and connections that do not. Each address has the port 5060. */
export class MemoryNetwork {
  readonly #hosts = new Map<string, Host>()
  readonly #connections = new Set<() => void>()
  /** What was sent, in its order, lost or not. */
  readonly sent: { from: string; to: string; text: string }[] = []

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    public weather: Weather = {},
  ) {}

  host(address: string): Network {
    let receive: ((bytes: Buffer, flow: Flow) => void) | undefined
    const connections = new Map<string, Flow>()
    const host: Host = {
      reach: async peer => this.#reach(address, peer, connections),
      onMessage: then => (receive = then),
      onStranger: () => {},
      alias: () => {},
      take: (bytes, flow) => receive?.(bytes, flow),
      close: async () => void this.#hosts.delete(address),
    }
    this.#hosts.set(address, host)
    return host
  }

  /** Breaks all connections, as a proxy does that is restarted. */
  breakConnections(): void {
    for (const breakOff of this.#connections) breakOff()
    this.#connections.clear()
  }

  #reach(from: string, peer: Peer, connections: Map<string, Flow>): Flow {
    if (peer.protocol === 'udp') return this.#udp(from, peer.address)
    const open = connections.get(peer.address)
    if (open?.isOpen) return open
    if (!this.#hosts.has(peer.address)) throw Object.assign(new Error(`connect ECONNREFUSED ${peer.address}`), { code: 'ECONNREFUSED' })
    const near = this.#connection(from, peer)
    connections.set(peer.address, near)
    return near
  }

  #udp(from: string, to: string): Flow {
    const flow: Flow = {
      protocol: 'udp',
      peer: { address: to, port: 5060 },
      local: { address: from, port: 5060 },
      isOpen: true,
      toPort: () => flow,
      whenLost: () => () => {},
      send: bytes => {
        // What keeps a NAT open, and is no message.
        if (bytes.length <= 4) return
        this.sent.push({ from, to, text: bytes.toString() })
        const { loss = 0, duplicates = 0, delayMs = [1, 1] } = this.weather
        // What is lost is not repeated either: the share that arrives is 1 - loss.
        if (this.random() < loss) return
        const copies = this.random() < duplicates ? 2 : 1
        for (let i = 0; i < copies; i += 1) {
          const delay = delayMs[0] + this.random() * (delayMs[1] - delayMs[0])
          this.clock.after(delay, () => this.#hosts.get(to)?.take(bytes, this.#udp(to, from)))
        }
      },
    }
    return flow
  }

  #connection(from: string, { address: to, protocol }: Peer): Flow {
    let isOpen = true
    const waiting = new Set<() => void>()
    this.#connections.add(() => {
      isOpen = false
      for (const then of waiting) then()
      waiting.clear()
    })
    const ends: Flow[] = []
    const end = (own: string, other: string, index: 0 | 1): Flow => {
      const flow: Flow = {
        protocol,
        peer: { address: other, port: 5060 },
        local: { address: own, port: 5060 },
        get isOpen() {
          return isOpen
        },
        toPort: () => flow,
        whenLost(then) {
          waiting.add(then)
          return () => waiting.delete(then)
        },
        send: bytes => {
          if (!isOpen) return
          this.sent.push({ from: own, to: other, text: bytes.toString() })
          this.clock.after(1, () => isOpen && this.#hosts.get(other)?.take(bytes, ends[1 - index]!))
        },
      }
      return flow
    }
    ends.push(end(from, to, 0), end(to, from, 1))
    return ends[0]!
  }
}
