import type { Network } from '../../ports/network.js'
import { openRoute, wayTo } from '../network/dispatcher.js'

/**
 * Node's `fetch`; where there is a proxy, or certificates of our own, one that uses them, because Node's does not.
 *
 * @throws {FaultError} when the variable that names the proxy is not usable.
 */
export async function routedFetch(to: URL, network: Partial<Network>): Promise<typeof fetch> {
  const way = wayTo(to, network)
  if (!way.proxy && !(way.trust && to.protocol === 'https:')) return fetch
  const [undici, { dispatcher, explain }] = await Promise.all([import('undici'), openRoute(to, way)])
  const send = async (url: string, init: object): Promise<unknown> => {
    try {
      return await undici.fetch(url, { ...init, dispatcher })
    } catch (cause) {
      throw explain(cause)
    }
  }
  return send as typeof fetch
}
