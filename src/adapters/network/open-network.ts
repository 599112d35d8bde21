import { readFileSync } from 'node:fs'
import type { Environment } from '../../domain/environment.js'
import { proxyFor } from '../../domain/proxy.js'
import type { Network } from '../../ports/network.js'

/**
 * The network as the environment's variables say. Node reads NODE_EXTRA_CA_CERTS only when it starts, so a variable from an
 * `--env-file` would come too late: its certificates are given to each connection instead, beside the process's own.
 */
export function openNetwork(environment: Environment): Network {
  let ca: readonly string[] | undefined
  return {
    variables: namedIn(environment),
    proxyFor: to => proxyFor(to, environment),
    get ca() {
      const files = [environment['NODE_EXTRA_CA_CERTS'], process.env['NODE_EXTRA_CA_CERTS']].filter(file => file)
      return files.length > 0 ? (ca ??= [...rootCertificates(), ...[...new Set(files)].map(readCertificates)]) : undefined
    },
  }
}

function namedIn(environment: Environment): Environment {
  return Object.fromEntries(Object.entries(environment).filter(([name]) => /^(?:(?:https?|all|no)_proxy|node_extra_ca_certs)$/i.test(name)))
}

/** As Node does, takes a file that cannot be read for an empty one. */
function readCertificates(file = ''): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** What Node trusts already; from Node 22 on, the system's certificates too, if it was started so. */
function rootCertificates(): readonly string[] {
  // Loaded here, because most commands connect to nothing.
  const tls = process.getBuiltinModule('node:tls')
  const { getCACertificates } = tls as { getCACertificates?: (type: 'default') => readonly string[] }
  return getCACertificates?.('default') ?? tls.rootCertificates
}
