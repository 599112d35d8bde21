import type { Environment } from './environment.js'
import { FaultError } from './fault.js'
import { connectionFaults } from './faults/connection-faults.js'

/** A proxy that an environment variable names. */
export interface Proxy {
  /** `http:` or `https:`; its user and password are for the proxy. */
  readonly url: URL
  /** For messages: the address without credentials, and the variable. */
  readonly name: string
}

/** The variables that may name a proxy. */
export const proxyVariables = ['http_proxy', 'HTTP_PROXY', 'https_proxy', 'HTTPS_PROXY'] as const

/**
 * The proxy to reach a URL through; `undefined` for a direct connection. A variable in lower case wins over one in upper case.
 * Without HTTPS_PROXY, HTTP_PROXY serves https and wss too. Loopback addresses are always reached directly.
 *
 * @throws {FaultError} when the variable has no usable address.
 */
export function proxyFor(to: URL, environment: Environment): Proxy | undefined {
  const host = plainHost(to.hostname)
  if (isLoopback(host) || isExempt(host, portOf(to), environment['no_proxy'] ?? environment['NO_PROXY'] ?? '')) return undefined
  const isSecure = to.protocol === 'https:' || to.protocol === 'wss:'
  return (isSecure && readProxy('https', environment)) || readProxy('http', environment)
}

/** The port of a URL, also if it is the scheme's own. */
export function portOf({ port, protocol }: URL): number {
  if (port !== '') return Number(port)
  return protocol === 'https:' || protocol === 'wss:' ? 443 : 80
}

/** A URL's host without the brackets of an IPv6 address and without a final dot. */
export function plainHost(hostname: string): string {
  return hostname.replace(/^\[(.*)\]$/, '$1').replace(/\.$/, '')
}

function readProxy(scheme: 'http' | 'https', environment: Environment): Proxy | undefined {
  const variable = environment[`${scheme}_proxy`] === undefined ? `${scheme.toUpperCase()}_PROXY` : `${scheme}_proxy`
  const value = environment[variable]?.trim()
  if (!value) return undefined
  const text = value.includes('://') ? value : `http://${value}`
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url?.protocol !== 'http:' && url?.protocol !== 'https:') throw new FaultError(connectionFaults.proxyUnusable({ variable }))
  return { url, name: `${url.protocol}//${url.host} (${variable})` }
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || /^127\.[\d.]+$/.test(host) || host === '::1' || host === '0.0.0.0'
}

/**
 * Whether NO_PROXY exempts a host, as curl reads it: `*`, or names apart by commas or spaces, each with the names below it, with
 * or without a leading dot and a port. An address stands for itself only.
 */
function isExempt(host: string, port: number, noProxy: string): boolean {
  return noProxy
    .toLowerCase()
    .split(/[\s,]+/)
    .some(entry => {
      if (entry === '') return false
      if (entry === '*') return true
      const [, bracketed, name = bracketed, ownPort] = /^(?:\[(.*)\]|([^:]+))(?::(\d+))?$/.exec(entry) ?? [entry, entry]
      if (ownPort !== undefined && Number(ownPort) !== port) return false
      const exempt = plainHost(name ?? '').replace(/^\*?\./, '')
      return host === exempt || (!isAddress(host) && host.endsWith(`.${exempt}`))
    })
}

function isAddress(host: string): boolean {
  return host.includes(':') || /^[\d.]+$/.test(host)
}
