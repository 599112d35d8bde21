import type { Place } from '../../../domain/place.js'
import { STATUS_CODES } from 'node:http'
import type { Dispatcher } from 'undici'
// Only the part in use: the whole package takes three times as long to load.
import Pool from 'undici/lib/dispatcher/pool.js'
import { FaultError, type Fault } from '../../../domain/fault.js'
import type { Proxy } from '../../../domain/proxy.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import { connectFault, lostFault } from '../faults.js'
import { isOfProxy, ProxyError, proxyAuthorization } from '../proxy/proxy-error.js'
import type { Route } from '../proxy/route.js'
import { isRefusal, receiveBody, type HttpAnswer, type Receiver } from '../receive-body.js'
import type { StatusLine } from '../status-fault.js'
import { createDialler } from './dial.js'

/**
 * How long an idle connection can be reused. Many servers close a connection after some idle seconds. A request that
 * meets such a close would look like an agent that hung up, and must not be sent again, because the agent may have
 * acted on it. So we close first. (undici also checks for a pending close before it writes.)
 */
const keepAliveMs = 1_000

export interface Request {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH'
  /** Path and query. */
  readonly path: string
  /** Names and values, alternating. */
  readonly headers: string[]
  readonly body: string | null
}

export type Begins = (line: StatusLine) => ((chunk: Buffer) => void) | undefined

/** The connections to one agent. Disposing it closes them all at once. */
export interface RequestPool extends AsyncDisposable {
  /**
   * Sends a request, and calls `answered` or `failed` once, later, unless it is cancelled first.
   *
   * @param begins  Called when an answer begins that is no refusal. What it returns takes the body as it comes, which is then
   *   left out of the answer. Both may throw a {FaultError}, which ends the request.
   * @returns A function that cancels the request, and closes its connection if the request is in progress.
   */
  send(request: Request, answered: (answer: HttpAnswer) => void, failed: (fault: Fault) => void, begins: Begins): () => void
}

/**
 * @param origin  `http://127.0.0.1:8800`
 * @param connections  The maximum at once.
 * @param place  The agent's address, for messages.
 */
export function openRequestPool(origin: string, connections: number, place: Place, route: Route): RequestPool {
  const dialler = createDialler(route)
  /** The proxy that gets the requests instead of the agent. */
  const forwarding = route.isForwarded ? route.proxy : undefined
  const pool = new Pool(origin, {
    connections,
    connect: dialler.connect,
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
      dialler.cancelAll(cancelled)
      await pool.destroy()
    },
  }

  function send(request: Request, answered: (answer: HttpAnswer) => void, failed: (fault: Fault) => void, begins: Begins): () => void {
    let control: Dispatcher.DispatchController | undefined
    let settled = false
    let isComplete = false
    let receiver: Receiver | undefined

    dialler.takeLast()
    pool.dispatch(forwarding ? forwarded(request, origin, forwarding) : request, {
      onRequestStart(controller) {
        control = controller
        if (settled) controller.abort(cancelled)
      },
      onResponseStart(controller, status, headers) {
        if (status < 200) return
        const line = { status, headers }
        const end = (tell: () => void): void => {
          settle(tell)
          if (!isComplete) controller.abort(cancelled)
        }
        if (forwarding && isOfProxy(line)) {
          const error = new ProxyError(forwarding, `answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd())
          return end(() => failed(connectFault(error, place)))
        }
        try {
          receiver = receiveBody(line, place, {
            answered: answer => end(() => answered(answer)),
            failed: fault => end(() => failed(fault)),
            pass: isRefusal(status) ? undefined : begins(line),
          })
        } catch (error) {
          if (!(error instanceof FaultError)) throw error
          end(() => failed(error.fault))
        }
      },
      onResponseData(_controller, chunk) {
        receiver?.data(chunk)
      },
      onResponseEnd() {
        isComplete = true
        receiver?.end()
      },
      onResponseError(_controller, error) {
        settle(() => failed(faultOf(error, control !== undefined, place)))
      },
    })
    // undici dials while it dispatches.
    const stopDialling = dialler.takeLast()
    return () => {
      settled = true
      receiver?.stop()
      if (control) control.abort(cancelled)
      else stopDialling?.(cancelled)
    }

    function settle(tell: () => void): void {
      if (settled) return
      settled = true
      tell()
    }
  }
}

const cancelled = new Error('Cancelled')

/** A request as a proxy gets it. */
function forwarded(request: Request, origin: string, proxy: Proxy): Request {
  return { ...request, path: origin + request.path, headers: [...request.headers, ...Object.entries(proxyAuthorization(proxy)).flat()] }
}

/** @param started  Whether sending the request had begun. */
function faultOf(error: Error, started: boolean, place: Place): Fault {
  if ('code' in error && error.code === 'UND_ERR_INVALID_ARG') {
    return connectionFaults.requestInvalid({ place, reason: error.message })
  }
  return started ? lostFault(error, place) : connectFault(error, place)
}
