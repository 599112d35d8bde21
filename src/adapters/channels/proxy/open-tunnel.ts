import { request as plainRequest, STATUS_CODES } from 'node:http'
import { request as secureRequest } from 'node:https'
import type { Socket } from 'node:net'
import type { SecureContext } from 'node:tls'
import { networkErrorOf } from '../../../domain/network-error.js'
import { plainHost, portOf, type Proxy } from '../../../domain/proxy.js'
import type { Lookup } from '../../../ports/channel.js'
import { ProxyError, proxyAuthorization } from './proxy-error.js'

const withinMs = 10_000

/** A tunnel to open through a proxy. */
export interface Tunnel {
  readonly proxy: Proxy
  readonly host: string
  readonly port: number
  /**
   * Looks the host up here instead of at the proxy, and the tunnel leads to that address: an address that may not be reached
   * directly may not be reached through the proxy either.
   */
  readonly lookup: Lookup | undefined
  readonly secureContext: SecureContext | undefined
}

/**
 * Opens a tunnel to a host through a proxy (CONNECT), and calls `done` once, later, unless it is cancelled first.
 *
 * @returns A function that cancels it.
 */
export function openTunnel({ proxy, host, port, lookup, secureContext }: Tunnel, done: TunnelDone): () => void {
  let isOver = false
  let cancel: (() => void) | undefined
  const finish: TunnelDone = (error, socket) => {
    if (isOver) return void socket?.destroy()
    isOver = true
    clearTimeout(timer)
    done(error, socket)
  }
  const fail = (what: string): void => finish(new ProxyError(proxy, what), null)
  const timer = setTimeout(() => {
    fail(`did not connect within ${withinMs / 1000} s`)
    cancel?.()
  }, withinMs)

  if (!lookup) connectTo(host)
  else
    lookup(host, {}, (error, address) => {
      if (error) finish(error, null)
      else if (!isOver) connectTo(typeof address === 'string' ? address : (address[0]?.address ?? host))
    })
  return () => {
    isOver = true
    clearTimeout(timer)
    cancel?.()
  }

  function connectTo(target: string): void {
    const authority = `${target.includes(':') ? `[${target}]` : target}:${port}`
    const request = (proxy.url.protocol === 'https:' ? secureRequest : plainRequest)({
      method: 'CONNECT',
      host: plainHost(proxy.url.hostname),
      port: portOf(proxy.url),
      path: authority,
      headers: { host: authority, ...proxyAuthorization(proxy) },
      agent: false,
      ...(secureContext && { secureContext }),
    })
    cancel = () => request.destroy()
    request
      .once('connect', ({ statusCode = 0 }, socket: Socket, head) => {
        if (statusCode < 200 || statusCode > 299) {
          socket.destroy()
          return fail(`answered ${statusCode} ${STATUS_CODES[statusCode] ?? ''}`.trimEnd())
        }
        cancel = () => socket.destroy()
        if (head.length > 0) socket.unshift(head)
        finish(null, socket.setNoDelay(true))
      })
      .on('error', error => fail(`failed: ${networkErrorOf(error).message}`))
      .end()
  }
}

export type TunnelDone = (error: Error | null, socket: Socket | null) => void
