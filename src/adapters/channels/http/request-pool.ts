import type { Place } from '../../../domain/place.js'
import { Socket } from 'node:net'
import type { buildConnector as BuildConnector, Dispatcher } from 'undici'
// Only the parts in use: the whole package takes three times as long to load.
import buildConnector from 'undici/lib/core/connect.js'
import Pool from 'undici/lib/dispatcher/pool.js'
import type { Fault } from '../../../domain/fault.js'
import type { Lookup } from '../../../ports/channel.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import { replyFaults } from '../../../domain/faults/reply-faults.js'
import { connectFault, lostFault, maxAnswerBytes } from '../faults.js'
import type { StatusLine } from '../status-fault.js'

const connectTimeoutMs = 10_000

/**
 * How long an idle connection can be reused. Many servers close a connection after some idle seconds. A request that
 * meets such a close would look like an agent that hung up, and must not be sent again, because the agent may have
 * acted on it. So we close first. (undici also checks for a pending close before it writes.)
 */
const keepAliveMs = 1_000

/** How much of a refusal's body to read. The message quotes its start. */
const maxRefusalBytes = 4_096

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** Path and query. */
  readonly path: string
  /** Names and values, alternating. */
  readonly headers: string[]
  readonly body: string | null
}

/** A whole answer. If its status is outside 200..299, the body may be only the beginning. */
export interface HttpAnswer extends StatusLine {
  readonly body: Buffer
}

/** The connections to one agent. Disposing it closes them all at once. */
export interface RequestPool extends AsyncDisposable {
  /**
   * Sends a request, and calls `answered` or `failed` once, later, unless it is cancelled first.
   *
   * @returns A function that cancels the request, and closes its connection if the request is in progress.
   */
  send(request: Request, answered: (answer: HttpAnswer) => void, failed: (fault: Fault) => void): () => void
}

/**
 * @param origin  `http://127.0.0.1:8800`
 * @param connections  The maximum at once.
 * @param place  The agent's address, for messages.
 * @param lookup  Looks the host up, instead of Node's lookup.
 */
export function openRequestPool(origin: string, connections: number, place: Place, lookup?: Lookup): RequestPool {
  const connector = buildConnector({ timeout: connectTimeoutMs, ...(lookup && { lookup }) })
  const dialling = new Set<Socket>()
  let dialled: Socket | undefined

  const pool = new Pool(origin, {
    connections,
    connect: dial,
    keepAliveTimeout: keepAliveMs,
    keepAliveMaxTimeout: keepAliveMs,
    keepAliveTimeoutThreshold: keepAliveMs / 2,
    // The run stage bounds the silence.
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return {
    send,
    [Symbol.asyncDispose]: async () => {
      for (const socket of dialling) socket.destroy(cancelled)
      await pool.destroy()
    },
  }

  function send(request: Request, answered: (answer: HttpAnswer) => void, failed: (fault: Fault) => void): () => void {
    let control: Dispatcher.DispatchController | undefined
    let settled = false
    let line: StatusLine = { status: 0, headers: {} }
    const chunks: Buffer[] = []
    let bytes = 0

    dialled = undefined
    pool.dispatch(request, {
      onRequestStart(controller) {
        control = controller
        if (settled) controller.abort(cancelled)
      },
      onResponseStart(_controller, status, headers) {
        line = { status, headers }
      },
      onResponseData(controller, chunk) {
        chunks.push(chunk)
        bytes += chunk.length
        const refused = isRefusal(line.status)
        if (bytes <= (refused ? maxRefusalBytes : maxAnswerBytes)) return
        settle(() => (refused ? answered({ ...line, body: Buffer.concat(chunks) }) : failed(replyFaults.tooLarge({ place }))))
        controller.abort(cancelled)
      },
      onResponseEnd() {
        const [first] = chunks
        settle(() => answered({ ...line, body: first && chunks.length === 1 ? first : Buffer.concat(chunks) }))
      },
      onResponseError(_controller, error) {
        settle(() => failed(faultOf(error, control !== undefined, place)))
      },
    })
    const socket = dialled as Socket | undefined
    return () => {
      settled = true
      if (control) control.abort(cancelled)
      else socket?.destroy(cancelled)
    }

    function settle(tell: () => void): void {
      if (settled) return
      settled = true
      tell()
    }
  }

  /** Connects as undici does, and keeps the socket, so that a pending connection can be cancelled too. */
  function dial(options: BuildConnector.Options, callback: BuildConnector.Callback): void {
    const socket: unknown = connector(options, (...result) => {
      if (socket instanceof Socket) dialling.delete(socket)
      callback(...result)
    })
    if (!(socket instanceof Socket)) return
    dialling.add(socket)
    // An agent that refuses our certificate says so and closes. Left alone, undici reports only the close.
    socket.once('error', error => socket.destroy(error))
    // undici dials while it dispatches; `send` takes the socket from here.
    dialled = socket
  }
}

const cancelled = new Error('Cancelled')

export function isRefusal(status: number): boolean {
  return status < 200 || status > 299
}

/** @param started  Whether sending the request had begun. */
function faultOf(error: Error, started: boolean, place: Place): Fault {
  if ('code' in error && error.code === 'UND_ERR_INVALID_ARG') {
    return connectionFaults.requestInvalid({ place, reason: error.message })
  }
  return started ? lostFault(error, place) : connectFault(error, place)
}
