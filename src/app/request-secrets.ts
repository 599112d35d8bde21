import type { Secret } from '../domain/document.js'
import { addressesOf, type RunRequest, type WebsocketAddress } from '../domain/run-request.js'

/** What a request brings for an agent in confidence: headers, and of an address what tells who calls. */
export function secretsOf(request: Pick<RunRequest, 'reach'>): Secret[] {
  const addresses = addressesOf(request)
  return [...addresses.flatMap(secretHeaders), ...addresses.flatMap(({ url }) => (url === undefined ? [] : secretsInUrl(url)))]
}

function secretHeaders({ headers = {} }: WebsocketAddress): Secret[] {
  return Object.entries(headers).map(([name, value]) => ({ name, value }))
}

/** The field of a request that an address comes in: what messages and redacted text call the secrets in it. */
export const addressField = 'websocket_url'

/** In a query `stage=production` is as likely as a key: what is shorter is hidden where it stands, and not wherever it is said. */
const shortestKey = 12

/** User and password, and the query: as a whole, and what is in them, as it is written and as it is meant. */
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
