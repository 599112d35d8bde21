import { decoded } from './url-credentials.js'

/**
 * The secret parts of a URL: user, password and query. The query stands there as a whole and by its values, and every part both
 * as written and decoded.
 */
export function secretsInUrl(url: string): string[] {
  const [, userinfo = '', query = ''] = /^[\w+.-]+:\/\/(?:([^/?#]*)@)?[^?#]*(?:\?([^#]*))?/.exec(url) ?? []
  const [, user = '', password = ''] = /^([^:]*):?(.*)$/s.exec(userinfo) ?? []
  const values = query.split('&').map(pair => pair.slice(pair.indexOf('=') + 1))
  const all = [userinfo, query, ...[user, password, ...values].flatMap(part => [part, decoded(part), decoded(part.replaceAll('+', ' '))])]
  return [...new Set(all)].filter(part => part !== '')
}
