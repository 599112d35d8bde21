import type { ClientRequest, IncomingHttpHeaders } from 'node:http'
import { isIP, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'
import { WebSocket, type ClientOptions } from 'ws'
import { FaultError } from '../../../domain/fault.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import type { Place } from '../../../domain/place.js'
import { plainHost, portOf } from '../../../domain/proxy.js'
import { maxAnswerBytes } from '../faults.js'
import { openTunnel } from '../proxy/open-tunnel.js'
import type { Route } from '../proxy/route.js'

export interface SocketAddress {
  readonly url: URL
  readonly headers: Record<string, string>
  /** The address, for messages. */
  readonly place: Place
  readonly route: Route
  /** Is given the headers of the answer to the handshake. */
  readonly onHeaders?: (headers: IncomingHttpHeaders) => void
  /** Subprotocols to offer. */
  readonly protocols: readonly string[]
}

/** A WebSocket in its handshake. */
export interface Connecting {
  readonly socket: WebSocket
  /** Stops a tunnel that is being opened through a proxy. */
  cancel(): void
}

/**
 * Begins a WebSocket's handshake, directly or through a proxy's tunnel.
 *
 * @param onConnected  Called once the agent can be sent something, over TLS if it is meant to be.
 * @throws {FaultError} when the handshake cannot be sent.
 */
export function connectWebSocket({ url, headers, place, route, protocols }: SocketAddress, onConnected: () => void): Connecting {
  const { proxy, lookup, secureContext } = route
  const isSecure = url.protocol === 'wss:'
  let cancel: (() => void) | undefined
  const finishRequest = (request: ClientRequest): void => {
    request.once('socket', socket => {
      if (!isSecure && !socket.connecting) onConnected()
      else socket.once(isSecure ? 'secureConnect' : 'connect', onConnected)
    })
    request.end()
  }
  /** Node waits for the callback, although its types want the socket at once. */
  const throughProxy = (_options: unknown, callback: (error: Error | null, socket?: Socket) => void): void => {
    if (!proxy) return
    const host = plainHost(url.hostname)
    cancel = openTunnel({ proxy, host, port: portOf(url), lookup, secureContext }, (error, socket) => {
      if (error || !socket) return callback(error)
      if (!isSecure) return callback(null, socket)
      const trust = secureContext && { secureContext }
      callback(null, connectTls({ socket, servername: isIP(host) ? '' : host, host, ALPNProtocols: ['http/1.1'], ...trust }))
    })
  }
  const options: ClientOptions = {
    headers,
    perMessageDeflate: false,
    autoPong: false,
    maxPayload: maxAnswerBytes,
    finishRequest,
    ...(lookup && { lookup }),
    ...(secureContext && { secureContext }),
    ...(proxy && { createConnection: throughProxy as unknown as NonNullable<ClientOptions['createConnection']> }),
  }
  try {
    return { socket: new WebSocket(url, [...protocols], options), cancel: () => cancel?.() }
  } catch (error) {
    throw new FaultError(connectionFaults.requestInvalid({ place, reason: String(error) }))
  }
}
