import { networkErrorOf, wasNeverConnected } from '../../domain/network-error.js'
import type { Proxy } from '../../domain/proxy.js'
import { basicAuthorization } from '../../domain/url-credentials.js'
import type { Network } from '../../ports/network.js'

/**
 * Node's `fetch`; where there is a proxy, or certificates of our own, one that uses them, because Node's does not.
 *
 * @throws {FaultError} when the variable that names the proxy is not usable.
 */
export async function routedFetch(to: URL, network: Partial<Network>): Promise<typeof fetch> {
  const proxy = network.proxyFor?.(to)
  const trust = network.ca && { ca: [...network.ca] }
  if (!proxy && !(trust && to.protocol === 'https:')) return fetch
  const undici = await import('undici')
  const dispatcher = proxy ? new undici.ProxyAgent(proxyOptions(proxy, to, trust)) : new undici.Agent({ connect: trust ?? {} })
  const send = async (url: string, init: object): Promise<unknown> => {
    try {
      return await undici.fetch(url, { ...init, dispatcher })
    } catch (cause) {
      throw (proxy && ofProxy(proxy, cause)) ?? cause
    }
  }
  return send as typeof fetch
}

/** Tunnels for https; plain requests are forwarded, as few proxies open tunnels for them. */
function proxyOptions({ url }: Proxy, to: URL, trust: { readonly ca: string[] } | undefined) {
  const token = basicAuthorization(url)
  return {
    uri: url.origin,
    proxyTunnel: to.protocol === 'https:',
    ...(token !== undefined && { token }),
    ...(trust && { requestTls: trust, proxyTls: trust }),
  }
}

/** The error with the proxy's name, if it is the proxy that could not be reached or does not open a tunnel. */
function ofProxy({ name }: Proxy, cause: unknown): Error | undefined {
  const error = networkErrorOf(cause)
  if (!wasNeverConnected(error) && !error.message.startsWith('Proxy response')) return undefined
  return Object.assign(new Error(`the proxy ${name}: ${error.message}`), { code: 'PROXY_FAILED' })
}
