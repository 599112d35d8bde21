import type { Environment } from '../domain/environment.js'
import type { Proxy } from '../domain/proxy.js'

/** How this machine reaches others. */
export interface Network {
  /** The environment variables that say so, to open it again on another thread. */
  readonly variables: Environment
  /** @throws {FaultError} when the variable that names the proxy is not usable. */
  proxyFor(to: URL): Proxy | undefined
  /** All certificates to trust, in PEM; absent if Node's own are all. */
  readonly ca?: readonly string[] | undefined
}
