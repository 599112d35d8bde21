import { parseParams, writeParams, type Params } from './params.js'
import { hostAndPort } from './uri.js'

/** One hop that a request took (RFC 3261, 20.42). */
export interface Via {
  /** `UDP`, `TCP`, `TLS`, or what else stands there. */
  readonly transport: string
  /** An IPv6 address without brackets. */
  readonly host: string
  readonly port: number | undefined
  readonly params: Params
}

const form = /^SIP\s*\/\s*2\.0\s*\/\s*([\w.!%*+'`~-]+)\s+(\[[\da-f:.%]+\]|[\w.-]+)(?:\s*:\s*(\d{1,5}))?\s*(;.*)?$/is

/** @returns `undefined` if it is not one. */
export function parseVia(value: string): Via | undefined {
  const found = form.exec(value)
  if (!found) return undefined
  const [, transport = '', host = '', port, rest = ''] = found
  const params = parseParams(rest)
  if (!params) return undefined
  const bare = host.startsWith('[') ? host.slice(1, -1) : host
  return { transport: transport.toUpperCase(), host: bare, port: port === undefined ? undefined : Number(port), params }
}

export function writeVia({ transport, host, port, params }: Via): string {
  return `SIP/2.0/${transport} ${hostAndPort(host, port)}${writeParams(params)}`
}
