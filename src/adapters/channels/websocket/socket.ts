import type { IncomingMessage } from 'node:http'
import type { Place } from '../../../domain/place.js'
import { WebSocket, type RawData } from 'ws'
import type { Fault } from '../../../domain/fault.js'
import type { Clock } from '../../../ports/clock.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { connectFault, lostFault } from '../faults.js'
import { receiveBody } from '../receive-body.js'
import { statusFault } from '../status-fault.js'
import { connectWebSocket, type SocketAddress } from './connect.js'
import type { Transport, TransportEvents } from '../framed/transport.js'
import { Valve } from '../framed/valve.js'

const handshakeMs = 10_000
const pingEveryMs = 30_000
const pongWithinMs = 10_000
const closeWithinMs = 1_000

/** How many bytes may wait for the agent to read them, besides what is said to it. */
const mostUnread = 1 << 16

/** How long a refusal's body may take. */
const refusalBodyMs = 1_000

/** A message as it came. */
export interface SocketMessage {
  /** Of a text message, its UTF-8. */
  readonly bytes: Buffer
  readonly isBinary: boolean
}

/** A WebSocket to the agent. */
export interface SocketTransport extends Transport<string | Uint8Array> {
  /** How many bytes wait here for the agent to read them. */
  unread(): number
}

/**
 * A WebSocket to the agent. A close with 1000 or no code is orderly; any other close is a fault.
 *
 * @throws {FaultError} when the handshake cannot even be sent.
 */
export function openSocket(address: SocketAddress, clock: Clock, on: TransportEvents<SocketMessage>): SocketTransport {
  const { place } = address
  let isConnected = false
  const { socket, cancel: cancelTunnel } = connectWebSocket(address, () => (isConnected = true))
  const valve = new Valve(socket)
  let hasOpened = false
  let isPinged = false
  let broken: Error | undefined
  let cancelTimer = clock.after(handshakeMs, () => on.failed(connectionFaults.connectTimeout({ place })))

  socket
    .on('upgrade', response => {
      response.socket.once('error', error => (broken = error))
      address.onHeaders?.(response.headers)
      // Not before: the package has yet to listen for what came with the handshake.
      socket.once('open', () => response.socket.on('data', valve.took))
    })
    .on('unexpected-response', (_request, response) => onRefusal(response))
    .on('open', () => {
      hasOpened = true
      awaitNextPing()
      on.opened()
    })
    .on('message', (data, isBinary) => on.received({ bytes: bytesOf(data), isBinary }))
    .on('ping', answererOf(socket))
    // Of those that nobody asked for, thousands can come at once.
    .on('pong', () => {
      if (isPinged) awaitNextPing()
    })
    .on('error', error => on.failed(hasOpened ? frameFault(error, place) : openingFault(error, isConnected, place)))
    .on('close', (code, reason) => {
      cancelTimer()
      on.closed(isOrderly(code) ? undefined : closeFault(code, reason.toString(), broken, place))
    })

  return {
    send: frame => socket.send(frame, ignoreError),
    unread: () => socket.bufferedAmount,
    hold: () => valve.hold(),
    finish: () => cancelTimer(),
    close() {
      cancelTimer()
      cancelTimer = clock.after(closeWithinMs, () => socket.terminate())
      socket.close(1000)
      return gone()
    },
    drop() {
      cancelTimer()
      cancelTunnel()
      socket.terminate()
      return gone()
    },
  }

  function gone(): Promise<void> {
    return new Promise(resolve => (socket.readyState === WebSocket.CLOSED ? resolve() : void socket.once('close', () => resolve())))
  }

  function awaitNextPing(): void {
    if (socket.readyState !== WebSocket.OPEN) return
    isPinged = false
    cancelTimer()
    cancelTimer = clock.after(pingEveryMs, () => {
      isPinged = true
      socket.ping()
      cancelTimer = clock.after(pongWithinMs, () => {
        // What is not read cannot be heard to answer.
        if (valve.isHeld) awaitNextPing()
        else on.failed(connectionFaults.noPong({ place, withinMs: pongWithinMs }))
      })
    })
  }

  /** The status is the news; the body is quoted as far as it comes in time. */
  function onRefusal(response: IncomingMessage): void {
    const line = { status: response.statusCode ?? 0, headers: response.headers }
    const refuse = ({ body }: { readonly body: Buffer }): void => {
      cancelTimer()
      response.destroy()
      on.failed(statusFault(line, body.toString(), place, clock.date()))
    }
    // A success is a refusal too: it is not an upgrade.
    const receiver = receiveBody({ ...line, status: 400 }, place, { answered: refuse, failed: on.failed })
    cancelTimer()
    cancelTimer = clock.after(refusalBodyMs, () => receiver.cut())
    response
      .on('data', (chunk: Buffer) => receiver.data(chunk))
      .once('end', () => receiver.end())
      .once('error', () => receiver.cut())
  }
}

/** Answers the last of the pings that came together (RFC 6455, 5.5.3), unless the agent reads nothing: pongs would gather here. */
function answererOf(socket: WebSocket): (data: Buffer) => void {
  let last: Buffer | undefined
  return data => {
    if (last === undefined) setImmediate(answer)
    last = data
  }

  function answer(): void {
    if (last !== undefined && socket.bufferedAmount < mostUnread) socket.pong(last, undefined, ignoreError)
    last = undefined
  }
}

function isOrderly(code: number): boolean {
  // 1001 says that the agent goes away, as a server does that is being stopped: that is no hang-up.
  return code === 1000 || code === 1005
}

/** The close that follows reports a frame that could not be sent. */
function ignoreError(): void {}

/** The fault for a connection that did not become a WebSocket: it was never made, or the agent broke off the handshake. */
function openingFault(error: Error, isConnected: boolean, place: Place): Fault {
  // The package's errors about a wrong answer have no code.
  if (error.message.startsWith('Invalid ') || error.message.startsWith('Server sent')) {
    return connectionFaults.handshakeWrong({ place, reason: error.message })
  }
  return isConnected ? lostFault(error, place) : connectFault(error, place)
}

/** The fault for data that violates the protocol. */
function frameFault(error: Error, place: Place): Fault {
  switch (codeOf(error)) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH':
      return replyFaults.tooLarge({ place })
    case 'WS_ERR_INVALID_UTF8':
      return replyFaults.invalidUtf8({ place })
    default:
      return replyFaults.protocolBroken({ place, reason: error.message })
  }
}

/** @param broken  How the connection below broke, if it did. */
function closeFault(code: number, reason: string, broken: Error | undefined, place: Place): Fault {
  if (broken) return lostFault(broken, place)
  return code === 1006 ? connectionFaults.closedWithoutFrame({ place }) : connectionFaults.closedWithCode({ place, code, reason })
}

function bytesOf(data: RawData): Buffer {
  if (Array.isArray(data)) return Buffer.concat(data)
  return data instanceof ArrayBuffer ? Buffer.from(data) : data
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
