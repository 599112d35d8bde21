import { networkErrorOf, wasNeverConnected } from '../../domain/network-error.js'
import type { Proxy } from '../../domain/proxy.js'
import { basicAuthorization } from '../../domain/url-credentials.js'
import type { Network } from '../../ports/network.js'
import type { Dispatcher } from 'undici'

/** How requests reach one address: through a proxy, or with certificates of our own. */
export interface OpenRoute {
  readonly dispatcher: Dispatcher
  /** The error to show for one of a request: with the proxy's name, if it is the proxy that failed. */
  explain(cause: unknown): unknown
}

/** Where a route is needed, and what it leads through. */
export interface Way {
  readonly proxy: Proxy | undefined
  readonly trust: { readonly ca: string[] } | undefined
}

/** @throws {FaultError} when the variable that names the proxy is not usable. */
export function wayTo(to: URL, network: Partial<Network>): Way {
  return { proxy: network.proxyFor?.(to), trust: network.ca && { ca: [...network.ca] } }
}

/** @param connections  At once; default: as many as there are requests. */
export async function openRoute(to: URL, { proxy, trust }: Way, connections?: number): Promise<OpenRoute> {
  const undici = await import('undici')
  const most = connections === undefined ? {} : { connections }
  if (!proxy) return { dispatcher: new undici.Agent({ ...most, connect: trust ?? {} }), explain: cause => cause }
  const token = basicAuthorization(proxy.url)
  const dispatcher = new undici.ProxyAgent({
    ...most,
    uri: proxy.url.origin,
    // Few proxies open tunnels for plain requests; they forward those.
    proxyTunnel: to.protocol === 'https:',
    ...(token !== undefined && { token }),
    ...(trust && { requestTls: trust, proxyTls: trust }),
  })
  return { dispatcher, explain: cause => ofProxy(proxy, cause) ?? cause }
}

/**
 * As {@link openRoute}, for requests that all go to one origin: without a proxy, with half the layers, and half of undici to load.
 *
 * @param connections  At once.
 */
export async function openRouteToOrigin(to: URL, way: Way, connections: number): Promise<OpenRoute> {
  if (way.proxy) return openRoute(to, way, connections)
  const { default: Pool } = await import('undici/lib/dispatcher/pool.js')
  return { dispatcher: new Pool(to.origin, { connections, connect: way.trust ?? {} }), explain: cause => cause }
}

/** The error with the proxy's name, if it is the proxy that could not be reached or does not open a tunnel. */
function ofProxy({ name }: Proxy, cause: unknown): Error | undefined {
  const error = networkErrorOf(cause)
  if (!wasNeverConnected(error) && !error.message.startsWith('Proxy response')) return undefined
  return Object.assign(new Error(`the proxy ${name}: ${error.message}`), { code: 'PROXY_FAILED' })
}
