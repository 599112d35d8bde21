import { secretsInUrl } from '../domain/secret-in-url.js'
import type { Secret } from '../domain/secret.js'
import { addressesOf, type RunRequest, type WebsocketAddress } from '../domain/run-request.js'

/** The secrets of a request: its headers, and the parts of its address that identify the caller. */
export function secretsOf(request: Pick<RunRequest, 'reach'>): Secret[] {
  const addresses = addressesOf(request)
  return [
    ...addresses.flatMap(secretHeaders),
    ...addresses.flatMap(({ url }) => (url === undefined ? [] : secretsInUrl(url).map(value => ({ name: addressField, value })))),
  ]
}

function secretHeaders({ headers = {} }: WebsocketAddress): Secret[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}

/** The request field that holds the address. Messages and redacted text name its secrets by it. */
export const addressField = 'websocket_url'
