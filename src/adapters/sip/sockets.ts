import { isIP } from 'node:net'
import type { HostAddress, Flow, Network, Peer, Protocol } from './network.js'
import { Streams } from './streams.js'
import type { TlsOptions } from './tls-options.js'
import { UdpSocket } from './udp-socket.js'

export interface SocketOptions {
  /** Our addresses, at most one a family: `127.0.0.1`, `::1`; `0.0.0.0` and `::` for all. */
  readonly addresses: readonly string[]
  /** Ports to listen on; 0 takes a free one. Without `tcp` and `tls`, connections are only made. UDP always has a socket. */
  readonly ports: { readonly udp?: number; readonly tcp?: number; readonly tls?: number }
  /** The address by which peers reach us, if another machine forwards it to us. */
  readonly publicAddress?: string | undefined
  readonly tls?: TlsOptions | undefined
}

/** Opened sockets, and what they are bound to. */
export interface OpenSockets extends Network {
  readonly bound: readonly (HostAddress & { readonly protocol: Protocol })[]
}

/** @throws A network error if an address is not ours, or a port is taken. */
export async function openSockets({ addresses, ports, publicAddress, tls = {} }: SocketOptions): Promise<OpenSockets> {
  const bound: (HostAddress & { readonly protocol: Protocol })[] = []
  const udp: UdpSocket[] = []
  const from = addresses.filter(address => address !== '0.0.0.0' && address !== '::')
  const streams = {
    tcp: new Streams({ protocol: 'tcp', tls, named: publicAddress, from }),
    tls: new Streams({ protocol: 'tls', tls, named: publicAddress, from }),
  }
  const close = async (): Promise<void> => {
    await Promise.all([...udp, streams.tcp, streams.tls].map(each => each.close()))
  }
  try {
    for (const address of addresses) {
      const socket = await UdpSocket.open({ address, port: ports.udp ?? 0 }, publicAddress)
      udp.push(socket)
      bound.push({ protocol: 'udp', ...socket.bound })
      for (const protocol of ['tcp', 'tls'] as const) {
        const port = ports[protocol]
        if (port !== undefined) bound.push({ protocol, ...(await streams[protocol].listen({ address, port })) })
      }
    }
  } catch (cause) {
    await close()
    throw cause
  }
  return {
    bound,
    reach: peer => (peer.protocol === 'udp' ? udpFor(udp, peer).reach(peer) : streams[peer.protocol].reach(peer)),
    onMessage(receive: (bytes: Buffer, flow: Flow) => void) {
      for (const each of [...udp, streams.tcp, streams.tls]) each.onMessage(receive)
    },
    onStranger(isWelcome) {
      streams.tcp.onStranger(isWelcome)
      streams.tls.onStranger(isWelcome)
    },
    alias: (flow, port) => {
      if (flow.protocol !== 'udp') streams[flow.protocol].alias(flow, port)
    },
    close,
  }
}

function udpFor(sockets: readonly UdpSocket[], peer: Peer): UdpSocket {
  const family = isIP(peer.address)
  const socket = sockets.find(({ bound }) => isIP(bound.address) === family)
  if (!socket) throw Object.assign(new Error(`no address of ours is of IPv${family}`), { code: 'EADDRNOTAVAIL' })
  return socket
}
