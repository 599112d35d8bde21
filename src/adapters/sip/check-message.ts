import { sequenceOf, type SipMessage } from './message.js'
import { parseNameAddr } from './name-addr.js'
import { parseVia } from './via.js'

/** The headers that every message has exactly once (RFC 3261, 8.1.1). */
const single = ['From', 'To', 'Call-ID', 'CSeq'] as const

/**
 * What makes a message that could be read unfit to be worked with.
 *
 * @returns A clause, or `undefined`.
 */
export function unfitness(message: SipMessage): string | undefined {
  const { headers } = message
  for (const name of single) {
    const count = headers.all(name).length
    if (count !== 1) return count === 0 ? `it has no ${name}` : `it has ${count} headers named ${name}`
  }
  if (!parseNameAddr(headers.get('From') ?? '')) return 'its From is no address'
  if (!parseNameAddr(headers.get('To') ?? '')) return 'its To is no address'
  if (!parseVia(headers.listed('Via')[0] ?? '')) return 'its Via is no hop'
  if (!headers.listed('Contact').every(contact => contact === '*' || parseNameAddr(contact))) return 'its Contact is no address'
  if (!/^\d{1,10}\s+\S+$/.test(headers.get('CSeq') ?? '')) return 'its CSeq is not a number and a method'
  const { number, method } = sequenceOf(message)
  if (number >= 2 ** 31) return 'its CSeq is too large'
  if (message.kind === 'response') return undefined
  if (method !== message.method) return 'its CSeq names another method'
  if (!/^[a-z][a-z\d+.-]*:[^\s<>]+$/i.test(message.uri)) return 'its Request-URI is no URI'
  // A user may have a question mark in it.
  if (/^sips?:[^?]*\?/i.test(message.uri.replace(/:[^@]*@/, ':'))) return 'its Request-URI has headers'
  const hops = headers.get('Max-Forwards')
  return hops === undefined || (/^\d{1,9}$/.test(hops) && Number(hops) < 256) ? undefined : 'its Max-Forwards is not between 0 and 255'
}
