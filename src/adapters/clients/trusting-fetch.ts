import type { Network } from '../../ports/network.js'

/** Node's `fetch`; with certificates of our own, one that trusts them, because Node's takes none. */
export async function trustingFetch(to: URL, network: Pick<Network, 'ca'>): Promise<typeof fetch> {
  const ca = to.protocol === 'https:' ? network.ca : undefined
  if (!ca) return fetch
  const undici = await import('undici')
  const dispatcher = new undici.Agent({ connect: { ca: [...ca] } })
  const send = (url: string, init: object): unknown => undici.fetch(url, { ...init, dispatcher })
  return send as typeof fetch
}
