import type { Proxy } from '../domain/proxy.js'

/** How this machine reaches others. */
export interface Network {
  /** @throws {FaultError} when the variable that names the proxy is not usable. */
  proxyFor(to: URL): Proxy | undefined
  /** All certificates to trust, in PEM; absent if Node's own are all. */
  readonly ca?: readonly string[] | undefined
}
