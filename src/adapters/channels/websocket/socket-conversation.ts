import type { IncomingMessage } from 'node:http'
import { WebSocket, type RawData } from 'ws'
import { FaultError, type Fault } from '../../../domain/outcome.js'
import type { Call, Conversation, Hear, Lookup, Said } from '../../../ports/channel.js'
import type { Clock } from '../../../ports/clock.js'
import {
  agentFault,
  connectFault,
  connectTimeout,
  infraFault,
  invalidUtf8,
  lostFault,
  maxAnswerBytes,
  quote,
  resetFault,
  tooLarge,
} from '../faults.js'
import { endFrame, eventsOfFrame, frameOf } from '../frames.js'
import { broke } from '../reply.js'
import { statusFault } from '../status-fault.js'
import { startParting, type Parting } from './parting.js'

const handshakeMs = 10_000
const pingEveryMs = 30_000
const pongWithinMs = 10_000
const closeWithinMs = 1_000

/** How much of a refusal's body is read; its start goes into the message. */
const maxRefusalCharacters = 4_096

interface SocketCall {
  readonly url: URL
  readonly headers: Record<string, string>
  readonly place: string
  readonly call: Call
  readonly hear: Hear
  readonly signal: AbortSignal
  readonly clock: Clock
  /** The conversations under way: what drops each, at once. */
  readonly live: Set<(reason: unknown) => void>
  readonly lookup: Lookup | undefined
}

/**
 * Opens a WebSocket to the agent and holds a conversation on it. The agent hangs up by an `end_call` frame, or by closing
 * with 1000, 1001 or no code; any other close is a fault. Once the caller has hung up, nothing is.
 *
 * @throws {FaultError} when it cannot be reached, or refuses. When `signal` aborted, the abort's reason.
 */
export function openSocketConversation(use: SocketCall): Promise<Conversation> {
  const { place, call, hear, signal, clock, live } = use
  return new Promise((resolve, reject) => {
    signal.throwIfAborted()
    const socket = connect(use)
    let state: 'opening' | 'open' | 'parting' | 'over' = 'opening'
    let wasReset = false
    let parting: Parting | undefined
    let closing: Promise<void> | undefined
    let cancelTimer = clock.after(handshakeMs, () => fail(connectTimeout(place)))

    live.add(drop)
    signal.addEventListener('abort', onAbort)
    socket
      .on('upgrade', response => response.socket.once('error', () => (wasReset = true)))
      .on('unexpected-response', (_request, response) => void onRefusal(response))
      .on('open', onOpen)
      .on('message', onMessage)
      .on('pong', awaitNextPing)
      .on('error', onError)
      .on('close', onClose)

    function onOpen(): void {
      state = 'open'
      awaitNextPing()
      resolve({
        turns: 'free',
        say,
        end: hangUp,
        [Symbol.asyncDispose]: dispose,
      })
    }

    function onMessage(data: RawData, isBinary: boolean): void {
      if (state === 'parting') parting?.heard()
      const events = isBinary ? [broke(binaryFault(place))] : eventsOfFrame(textOf(data), place, call.elapsedS())
      for (const event of events) {
        if (state === 'over') return
        if (event.type === 'broke') return fail(event.fault)
        const weHungUp = state === 'parting'
        if (event.type === 'ended') close()
        if (event.type !== 'ended' || !weHungUp) hear(event)
      }
    }

    function onClose(code: number, reason: Buffer): void {
      live.delete(drop)
      signal.removeEventListener('abort', onAbort)
      if (state === 'parting') settle()
      if (state === 'over') return
      if (![1000, 1001, 1005].includes(code)) return fail(closeFault(code, reason.toString(), wasReset, place))
      settle()
      hear({ type: 'ended', afterWords: false, atS: call.elapsedS() })
    }

    function onError(error: Error): void {
      fail(state === 'opening' ? openingFault(error, place) : frameFault(error, place))
    }

    async function onRefusal(response: IncomingMessage): Promise<void> {
      let body = ''
      try {
        for await (const chunk of response) {
          body += String(chunk)
          if (body.length > maxRefusalCharacters) break
        }
      } catch {
        // What came of it has to do.
      }
      fail(statusFault({ status: response.statusCode ?? 0, headers: response.headers }, body, place, clock.date()))
    }

    function awaitNextPing(): void {
      if (state !== 'open') return
      cancelTimer()
      cancelTimer = clock.after(pingEveryMs, () => {
        socket.ping()
        cancelTimer = clock.after(pongWithinMs, () => fail(pingFault(place)))
      })
    }

    function say(part: Said): Promise<void> {
      if (state !== 'open') return Promise.resolve()
      return new Promise(done => socket.send(frameOf(part), () => done()))
    }

    async function hangUp(lastWords: string): Promise<void> {
      if (state === 'open') {
        socket.send(endFrame(lastWords))
        state = 'parting'
        cancelTimer()
        parting = startParting(clock, close)
      }
      await parting?.stopped
      await closing
    }

    async function dispose(): Promise<void> {
      if (state === 'open') socket.send(endFrame(''))
      if (state !== 'over') close()
      await closing
    }

    /** Closes in good order, within a second. */
    function close(): void {
      settle()
      closing = new Promise<void>(closed => {
        const giveUp = clock.after(closeWithinMs, () => socket.terminate())
        socket.once('close', () => {
          giveUp()
          closed()
        })
      })
      socket.close(1000)
    }

    function fail(fault: Fault): void {
      if (state === 'parting' || state === 'over') return
      const wasOpen = state === 'open'
      settle()
      socket.terminate()
      if (wasOpen) hear({ type: 'broke', fault })
      else reject(new FaultError(fault))
    }

    function onAbort(): void {
      drop(signal.reason)
    }

    function drop(reason: unknown): void {
      settle()
      socket.terminate()
      reject(reason)
    }

    function settle(): void {
      state = 'over'
      cancelTimer()
      parting?.stop()
    }
  })
}

function connect({ url, headers, place, lookup }: SocketCall): WebSocket {
  try {
    return new WebSocket(url, { headers, perMessageDeflate: false, maxPayload: maxAnswerBytes, ...(lookup && { lookup }) })
  } catch (error) {
    throw new FaultError(
      infraFault(
        'internal',
        `The request to ${place} cannot be made (${String(error)}): correct the connection's headers, or the test profile's agent_variables.`,
      ),
    )
  }
}

/** What kept a connection from becoming a WebSocket: it was never made, or the agent broke off the handshake. */
function openingFault(error: Error, place: string): Fault {
  const code = codeOf(error)
  if (error.message.startsWith('Invalid ') || error.message.startsWith('Server sent')) {
    return agentFault('bad_frame', `${place} answered the handshake wrongly (${quote(error.message, 100)}): see that it speaks WebSocket.`)
  }
  const wasBroken = /^(ECONNRESET|EPIPE|HPE_)/.test(code) && !error.message.includes('TLS')
  return wasBroken ? lostFault(error, place) : connectFault(error, place)
}

/** What the agent sent was against the protocol. */
function frameFault(error: Error, place: string): Fault {
  switch (codeOf(error)) {
    case 'WS_ERR_UNSUPPORTED_MESSAGE_LENGTH':
    case 'WS_ERR_UNSUPPORTED_DATA_PAYLOAD_LENGTH':
      return tooLarge(place)
    case 'WS_ERR_INVALID_UTF8':
      return invalidUtf8(place)
    default:
      return agentFault('bad_frame', `${place} broke the WebSocket protocol (${quote(error.message, 100)}): look at its WebSocket library.`)
  }
}

function closeFault(code: number, reason: string, wasReset: boolean, place: string): Fault {
  if (wasReset) return resetFault(place)
  if (code === 1006)
    return agentFault('closed', `${place} closed the connection without a close frame: look for a crash in the agent's log.`)
  const why = reason && `, "${quote(reason, 200)}"`
  return { ...agentFault('closed', `${place} closed with code ${code}${why}: look at the agent's log.`), status: code }
}

function binaryFault(place: string): Fault {
  return agentFault('bad_frame', `${place} sent a binary frame: it must send JSON as text.`)
}

function textOf(data: RawData): string {
  if (Array.isArray(data)) return Buffer.concat(data).toString()
  return (data instanceof ArrayBuffer ? Buffer.from(data) : data).toString()
}

function pingFault(place: string): Fault {
  return agentFault('closed', `${place} answered no ping for ${pongWithinMs / 1000} s: its process is stuck, or the connection dead.`)
}

function codeOf(error: Error): string {
  return 'code' in error && typeof error.code === 'string' ? error.code : ''
}
