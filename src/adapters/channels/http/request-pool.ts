import type { Place } from '../../../domain/place.js'
import { STATUS_CODES } from 'node:http'
import type { Dispatcher } from 'undici'
// Only the part in use: the whole package takes three times as long to load.
import Pool from 'undici/lib/dispatcher/pool.js'
import { FaultError, type Fault } from '../../../domain/fault.js'
import type { Proxy } from '../../../domain/proxy.js'
import { connectionFaults } from '../../../domain/faults/connection-faults.js'
import { networkErrorOf } from '../../../domain/network-error.js'
import { connectFault, lostFault } from '../faults.js'
import { isOfProxy, ProxyError, proxyAuthorization } from '../proxy/proxy-error.js'
import type { Route } from '../proxy/route.js'
import { isRefusal, receiveBody, type BodyUse, type HttpAnswer, type Receiver } from '../receive-body.js'
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

/** Learns what becomes of a request: exactly one of `answered` and `failed` is called, later, unless it is cancelled first. */
export interface Requester {
  answered(answer: HttpAnswer): void
  failed(fault: Fault): void
  /**
   * An answer begins that is no refusal. What this returns takes the body as it comes, which is then left out of the answer.
   * Both may throw a {FaultError}, which ends the request.
   */
  begins(line: StatusLine): ((chunk: Buffer) => void) | undefined
}

/** A request on its way. */
export interface SentRequest {
  /** Whether a connection for it is made. */
  readonly isConnected: boolean
  /** Cancels it, and closes its connection if it is in progress. */
  cancel(): void
}

/** The connections to one agent. Disposing it closes them all at once. */
export interface RequestPool extends AsyncDisposable {
  send(request: Request, requester: Requester): SentRequest
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
    send(request, requester) {
      const exchange = new DispatchedRequest(requester, place, forwarding)
      dialler.takeLast()
      pool.dispatch(forwarding ? forwarded(request, origin, forwarding) : request, exchange)
      // undici dials while it dispatches.
      exchange.stopDialling = dialler.takeLast()
      return exchange
    },
    [Symbol.asyncDispose]: async () => {
      dialler.cancelAll(cancelled)
      await pool.destroy()
    },
  }
}

/** One request and its answer. */
class DispatchedRequest implements Dispatcher.DispatchHandler, BodyUse, SentRequest {
  pass: BodyUse['pass']
  /** Stops dialling the connection that the request waits for. */
  stopDialling: ((cause: Error) => void) | undefined
  readonly #requester: Requester
  readonly #place: Place
  readonly #forwarding: Proxy | undefined
  #control: Dispatcher.DispatchController | undefined
  #isSettled = false
  #isComplete = false
  #receiver: Receiver | undefined

  constructor(requester: Requester, place: Place, forwarding: Proxy | undefined) {
    this.#requester = requester
    this.#place = place
    this.#forwarding = forwarding
  }

  get isConnected(): boolean {
    return this.#control !== undefined
  }

  onRequestStart(controller: Dispatcher.DispatchController): void {
    this.#control = controller
    if (this.#isSettled) controller.abort(cancelled)
  }

  onResponseStart(_controller: Dispatcher.DispatchController, status: number, headers: StatusLine['headers']): void {
    if (status < 200) return
    const line = { status, headers }
    if (this.#forwarding && isOfProxy(line)) {
      const error = new ProxyError(this.#forwarding, `answered ${status} ${STATUS_CODES[status] ?? ''}`.trimEnd())
      return this.failed(connectFault(error, this.#place))
    }
    try {
      if (!isRefusal(status)) this.pass = this.#requester.begins(line)
      this.#receiver = receiveBody(line, this.#place, this)
    } catch (error) {
      if (!(error instanceof FaultError)) throw error
      this.failed(error.fault)
    }
  }

  onResponseData(_controller: Dispatcher.DispatchController, chunk: Buffer): void {
    this.#receiver?.data(chunk)
  }

  onResponseEnd(): void {
    this.#isComplete = true
    this.#receiver?.end()
  }

  onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
    if (this.#settle()) this.#requester.failed(this.#faultOf(error))
  }

  answered(answer: HttpAnswer): void {
    if (this.#settle()) this.#requester.answered(answer)
    this.#leave()
  }

  failed(fault: Fault): void {
    if (this.#settle()) this.#requester.failed(fault)
    this.#leave()
  }

  cancel(): void {
    this.#isSettled = true
    this.#receiver?.stop()
    if (this.#control) this.#control.abort(cancelled)
    else this.stopDialling?.(cancelled)
  }

  #faultOf(error: Error): Fault {
    if ('code' in error && error.code === 'UND_ERR_INVALID_ARG') {
      return connectionFaults.requestInvalid({ place: this.#place, reason: error.message })
    }
    if (!this.#control) return connectFault(error, this.#place)
    // Before an answer begins, only the proxy is known to be there: one that cannot reach the agent says so.
    if (!this.#forwarding || this.#receiver) return lostFault(error, this.#place)
    return connectFault(new ProxyError(this.#forwarding, `failed: ${networkErrorOf(error).message}`), this.#place)
  }

  /** @returns Whether it was still open. */
  #settle(): boolean {
    if (this.#isSettled) return false
    this.#isSettled = true
    return true
  }

  /** Nobody wants the rest of a body that has not come whole. */
  #leave(): void {
    if (!this.#isComplete) this.#control?.abort(cancelled)
  }
}

const cancelled = new Error('Cancelled')

/** A request as a proxy gets it. */
function forwarded(request: Request, origin: string, proxy: Proxy): Request {
  return { ...request, path: origin + request.path, headers: [...request.headers, ...Object.entries(proxyAuthorization(proxy)).flat()] }
}
