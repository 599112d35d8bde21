import type { Secret } from '../domain/document.js'
import { addressesOf, type RunRequest, type WebsocketAddress } from '../domain/run-request.js'

/** The secrets of a request: its headers, and the parts of its address that identify the caller. */
export function secretsOf(request: Pick<RunRequest, 'reach'>): Secret[] {
  const addresses = addressesOf(request)
  return [...addresses.flatMap(secretHeaders), ...addresses.flatMap(({ url }) => (url === undefined ? [] : secretsInUrl(url)))]
}

function secretHeaders({ headers = {} }: WebsocketAddress): Secret[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}

/** The request field that holds the address. Messages and redacted text name its secrets by it. */
export const addressField = 'websocket_url'

/** A query holds `stage=production` as likely as a key. Shorter values are redacted only where they stand in the address. */
const shortestKey = 12

/** User, password and query: the query as a whole and its values, both encoded and decoded. */
function secretsInUrl(url: string): Secret[] {
  const [, userinfo = '', query = ''] = /^\w+:\/\/(?:([^/?#]*)@)?[^?#]*(?:\?([^#]*))?/.exec(url) ?? []
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(userinfo) ?? []
  const values = query.split('&').map(pair => pair.slice(pair.indexOf('=') + 1))
  const parts = [...(password === '' ? [user] : [password]), ...values.filter(value => value.length >= shortestKey)]
  const all = [userinfo, query, ...parts.flatMap(part => [part, decoded(part)])].filter(value => value !== '')
  return [...new Set(all)].map(value => ({ name: addressField, value }))
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return text
  }
}
