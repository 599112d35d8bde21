import { createSocket, type Socket, type SocketOptions } from 'node:dgram'
import { isIPv6 } from 'node:net'
import type { PortRange } from '../../domain/trunk.js'
import type { MediaAddress } from './remote-end.js'
import type { RtpChannel } from './rtp-session.js'

/** Two sockets of one call: RTP on an even port, RTCP on the next. */
export interface RtpPort {
  readonly address: string
  /** Of RTP. */
  readonly port: number
  send(bytes: Buffer, channel: RtpChannel, to: MediaAddress): void
  /** Sets who gets what comes. */
  onDatagram(receive: (bytes: Buffer, channel: RtpChannel, from: MediaAddress) => void): void
  close(): void
}

/** Where ports are drawn from: beside those that systems give out, and those that firewalls are told of (RFC 3550, 11). */
export const usualRtpPorts: PortRange = { first: 16_384, last: 32_767 }

/** How many pairs are tried at most. */
const mostTries = 500

/**
 * @param random  0 <= n < 1. The search begins at a pair drawn by it, and goes on with the next.
 * @throws A network error if the address is not ours, or no port is free.
 */
export async function openRtpPort(address: string, random: () => number, { first, last } = usualRtpPorts): Promise<RtpPort> {
  const even = first + (first % 2)
  const pairs = Math.floor((last + 1 - even) / 2)
  const tries = Math.min(pairs, mostTries)
  const start = Math.floor(random() * pairs)
  for (let tried = 1; ; tried += 1) {
    const port = even + 2 * ((start + tried) % pairs)
    try {
      return await openPair(address, port)
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE' || tried === tries) throw error
    }
  }
}

async function openPair(address: string, port: number): Promise<RtpPort> {
  const rtp = await bind(address, port)
  try {
    return pairOf(rtp, await bind(address, port + 1), { address, port })
  } catch (error) {
    rtp.close()
    throw error
  }
}

function pairOf(rtp: Socket, rtcp: Socket, { address, port }: MediaAddress): RtpPort {
  let isClosed = false
  const sockets = { rtp, rtcp }
  const isSix = isIPv6(address)
  // What the network says of single packets is no news: a call is judged by what comes.
  for (const socket of [rtp, rtcp]) socket.on('error', () => undefined)
  return {
    address,
    port,
    send(bytes, channel, to) {
      if (!isClosed && to.port > 0 && to.address.includes(':') === isSix) sockets[channel].send(bytes, to.port, to.address)
    },
    onDatagram(receive) {
      rtp.on('message', (bytes, from) => receive(bytes, 'rtp', from))
      rtcp.on('message', (bytes, from) => receive(bytes, 'rtcp', from))
    },
    close() {
      if (isClosed) return
      isClosed = true
      // What was sent just now is on its way only with the next turn of the loop.
      setImmediate(() => {
        rtp.close()
        rtcp.close()
      })
    },
  }
}

function bind(address: string, port: number): Promise<Socket> {
  const isSix = isIPv6(address)
  // Addresses are numbers: Node would look each packet's up, in a later turn of its loop.
  const lookup: SocketOptions['lookup'] = (name, _, tell) => tell(null, name, isSix ? 6 : 4)
  const socket = createSocket({ type: isSix ? 'udp6' : 'udp4', recvBufferSize: 256 << 10, lookup })
  return new Promise((resolve, reject) => {
    socket.once('error', error => {
      socket.close()
      reject(error)
    })
    socket.bind({ address, port, exclusive: true }, () => {
      socket.removeAllListeners('error')
      resolve(socket)
    })
  })
}
