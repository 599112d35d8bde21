import { authorizationIn } from '../headers.js'
import type { Proxy } from '../../../domain/proxy.js'
import type { StatusLine } from '../status-fault.js'

/** It was the proxy that failed, not what is behind it. The message begins with the proxy's name. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError'
  readonly code = 'PROXY_FAILED'
  constructor(proxy: Proxy, what: string) {
    super(`${proxy.name} ${what}`)
  }
}

/** The header that gives the proxy its user and password. */
export function proxyAuthorization({ url }: Proxy): { 'proxy-authorization'?: string } {
  const { authorization } = authorizationIn(url)
  return authorization === undefined ? {} : { 'proxy-authorization': authorization }
}

/**
 * Whether an answer to a forwarded request is the proxy's own: it wants a password or did not reach the agent. A proxy says so
 * with 407, 502 or 504, or with a header of its own.
 */
export function isOfProxy({ status, headers }: StatusLine): boolean {
  if (status === 407 || status === 502 || status === 504) return true
  return status >= 400 && (headers['x-squid-error'] !== undefined || /;\s*error=/.test(String(headers['proxy-status'])))
}
