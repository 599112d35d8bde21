import type { Socket } from 'node:net'
import type { HostAddress, Flow } from './network.js'
import { MessageFraming } from './message-framing.js'

/** A peer that does not read is not sent more than that. */
const mostUnsent = 1 << 20

const ping = Buffer.from('\r\n\r\n')
const pong = Buffer.from('\r\n')
const pingEveryMs = 25_000

/** A connection over TCP or TLS. */
export class StreamFlow implements Flow {
  readonly peer: HostAddress
  #isOpen = true
  readonly #waiting = new Set<() => void>()

  /** @param local  Where the peer reaches us: the port that we listen on, or this connection's own. */
  constructor(
    readonly protocol: 'tcp' | 'tls',
    private readonly socket: Socket,
    readonly local: HostAddress,
    receive: (bytes: Buffer, flow: Flow) => void,
  ) {
    this.peer = { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 }
    socket.setNoDelay(true)
    const framing = new MessageFraming()
    socket.on('data', chunk => {
      const { messages, pings, isBroken } = framing.push(chunk)
      for (let i = 0; i < pings; i += 1) this.send(pong)
      for (const bytes of messages) receive(bytes, this)
      if (isBroken) socket.destroy()
    })
    // An error is followed by a close.
    socket.on('error', () => {})
    const pinging = setInterval(() => this.send(ping), pingEveryMs).unref()
    socket.on('close', () => {
      clearInterval(pinging)
      this.#isOpen = false
      for (const then of this.#waiting) then()
      this.#waiting.clear()
    })
  }

  get isOpen(): boolean {
    return this.#isOpen
  }

  send(bytes: Buffer): void {
    if (!this.#isOpen) return
    this.socket.write(bytes)
    if (this.socket.writableLength > mostUnsent) this.socket.destroy()
  }

  toPort(): Flow {
    return this
  }

  whenLost(then: () => void): () => void {
    this.#waiting.add(then)
    return () => this.#waiting.delete(then)
  }

  /** Lets what was written go out first. */
  close(): void {
    this.socket.end()
    setTimeout(() => this.socket.destroy(), 200).unref()
  }
}

/** An IPv4 address as such, where an IPv6 socket shows it as one of its own. */
export function plainAddress(address: string): string {
  return address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
}
