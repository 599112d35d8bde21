import { Socket } from 'node:net'
import type { buildConnector as BuildConnector } from 'undici'
import buildConnector from 'undici/lib/core/connect.js'
import { networkErrorOf } from '../../../domain/network-error.js'
import { plainHost, portOf, type Proxy } from '../../../domain/proxy.js'
import { openTunnel } from '../proxy/open-tunnel.js'
import { ProxyError } from '../proxy/proxy-error.js'
import { skipInformational } from './skip-informational.js'
import type { Route } from '../proxy/route.js'

const connectTimeoutMs = 10_000

/** Connects as undici does, directly or through a proxy, so that a pending connection can be cancelled. */
export interface Dialler {
  readonly connect: BuildConnector.connector
  /** Cancels the connection begun last; `undefined` if there was none since it was last asked. */
  takeLast(): ((reason: Error) => void) | undefined
  cancelAll(reason: Error): void
}

export function createDialler({ proxy, isForwarded, lookup, secureContext }: Route): Dialler {
  const trust = secureContext && { secureContext }
  const toAgent = buildConnector({ timeout: connectTimeoutMs, ...(lookup && !proxy && { lookup }), ...trust })
  const pending = new Set<(reason: Error) => void>()
  let last: ((reason: Error) => void) | undefined

  return {
    connect(options, callback) {
      let cancel: ((reason: Error) => void) | undefined
      const stop = (reason: Error): void => cancel?.(reason)
      pending.add(stop)
      last = stop
      const settle: BuildConnector.Callback = (...[error, socket]) => {
        pending.delete(stop)
        if (error) callback(error, null)
        else callback(null, skipInformational(socket))
      }
      if (!proxy) cancel = dial(options, settle)
      else if (isForwarded) cancel = dial(toProxy(options, proxy), orProxyError(proxy, settle))
      else cancel = tunnel(proxy, options, settle, next => (cancel = next))
    },
    takeLast() {
      const taken = last
      last = undefined
      return taken
    },
    cancelAll(reason) {
      for (const stop of pending) stop(reason)
    },
  }

  function dial(options: BuildConnector.Options, callback: BuildConnector.Callback): (reason: Error) => void {
    const socket: unknown = toAgent(options, callback)
    if (!(socket instanceof Socket)) return () => undefined
    // An agent that refuses our certificate says so and closes. Left alone, undici reports only the close.
    socket.once('error', error => socket.destroy(error))
    return reason => void socket.destroy(reason)
  }

  function tunnel(
    through: Proxy,
    options: BuildConnector.Options,
    callback: BuildConnector.Callback,
    onCancel: (cancel: (reason: Error) => void) => void,
  ): (reason: Error) => void {
    const host = plainHost(options.hostname)
    const port = Number(options.port) || (options.protocol === 'https:' ? 443 : 80)
    const cancel = openTunnel({ proxy: through, host, port, lookup, secureContext }, (error, socket) => {
      if (error || !socket) callback(error ?? new Error('There is no tunnel.'), null)
      else if (options.protocol === 'https:') onCancel(dial({ ...options, httpSocket: socket }, callback))
      else callback(null, socket)
    })
    return reason => {
      cancel()
      callback(reason, null)
    }
  }
}

/** Dials the proxy in place of the agent. */
function toProxy(options: BuildConnector.Options, { url }: Proxy): BuildConnector.Options {
  const { servername: _, ...rest } = options
  return { ...rest, protocol: url.protocol, hostname: plainHost(url.hostname), host: url.host, port: String(portOf(url)) }
}

function orProxyError(proxy: Proxy, callback: BuildConnector.Callback): BuildConnector.Callback {
  return (...[error, socket]) => {
    if (error) callback(new ProxyError(proxy, `failed: ${networkErrorOf(error).message}`), null)
    else callback(null, socket)
  }
}
