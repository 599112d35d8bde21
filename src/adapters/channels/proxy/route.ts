import { createSecureContext, type SecureContext } from 'node:tls'
import type { Proxy } from '../../../domain/proxy.js'
import type { ChannelUse, Lookup } from '../../../ports/channel.js'

/** How connections to an agent are made. */
export interface Route {
  readonly proxy: Proxy | undefined
  /** Whether the proxy gets each request and sends it on, as for plain HTTP; else it opens tunnels. */
  readonly isForwarded: boolean
  readonly lookup: Lookup | undefined
  /** The certificates to trust; absent for Node's own. */
  readonly secureContext: SecureContext | undefined
}

/**
 * The route to an agent. Where a request named the agent, a proxy is never asked to look its host up: it opens tunnels to the
 * address that was checked here.
 *
 * @throws {FaultError} when the variable that names the proxy is not usable.
 */
export function routeTo(url: URL, { egress, network }: Pick<ChannelUse, 'egress' | 'network'>): Route {
  const proxy = network?.proxyFor(url)
  const isSecure = /^(https|wss):$/.test(url.protocol) || proxy?.url.protocol === 'https:'
  const ca = isSecure ? network?.ca : undefined
  return {
    proxy,
    isForwarded: proxy !== undefined && url.protocol === 'http:' && !egress,
    lookup: egress?.lookup,
    secureContext: ca && createSecureContext({ ca: [...ca] }),
  }
}
