export type Protocol = 'udp' | 'tcp' | 'tls'

/** An address on the network. */
export interface HostAddress {
  /** A number, IPv4 or IPv6 without brackets. */
  readonly address: string
  readonly port: number
}

/** Where messages are sent to. */
export interface Peer extends HostAddress {
  readonly protocol: Protocol
  /** The name that its certificate must have, if it was found by name. */
  readonly host?: string | undefined
}

/** A way to a peer: a connection, or for UDP a pair of addresses. */
export interface Flow {
  readonly protocol: Protocol
  readonly peer: HostAddress
  /** Where the peer reaches us, as Via and Contact name it. */
  readonly local: HostAddress
  /** False once a connection is lost. */
  readonly isOpen: boolean
  send(bytes: Buffer): void
  /** The way to another port of the same peer, where answers belong that ask for it. A connection is its own. */
  toPort(port: number): Flow
  /** Calls back once, when the connection is lost. UDP never is. @returns Stops waiting. */
  whenLost(then: () => void): () => void
}

/** The sockets of a user agent. */
export interface Network {
  /**
   * A flow to a peer: an open connection, or a new one.
   *
   * @throws A network error if no connection is made.
   */
  reach(peer: Peer): Promise<Flow>
  /** Sets who gets what comes in: datagrams, and messages cut out of streams. */
  onMessage(receive: (bytes: Buffer, flow: Flow) => void): void
  /** Also of connections that others make: a TCP or TLS connection from one who is not allowed is closed unread. */
  onStranger(isWelcome: (from: HostAddress) => boolean): void
  /** Makes what sends to an address use a connection that its owner made to us (RFC 5923). */
  alias(flow: Flow, port: number): void
  close(): Promise<void>
}
