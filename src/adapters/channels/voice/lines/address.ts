import { refuseForbidden } from '../../egress.js'
import { placeOf } from '../../faults.js'
import { callHeaders, checkHeaderNames, headerValue, mergeHeaders, variableHeaders, type CallNames } from '../../headers.js'
import { routeTo } from '../../proxy/route.js'
import type { SocketAddress } from '../../websocket/connect.js'
import type { LineUse } from './line-use.js'

type Headers = Readonly<Record<string, string>>

/**
 * The address of a socket, and the way there.
 *
 * @param more  Headers and subprotocols.
 * @throws {FaultError} when it may not be reached.
 */
export function socketAddress(
  url: URL,
  more: { headers: Headers; protocols?: readonly string[] | undefined },
  use: LineUse,
): SocketAddress {
  const place = placeOf(url, use.mask)
  refuseForbidden(url, use.egress, place)
  return { url, headers: { ...more.headers }, protocols: more.protocols ?? [], place, route: routeTo(url, use) }
}

/**
 * The headers of a call: those that name it, of the transport, of the suite, and of the test profile. Later ones win.
 *
 * @throws {Error} when a name of the suite's is not valid.
 */
export function headersOf(call: CallNames, transport: Headers, suite: Headers = {}): Record<string, string> {
  checkHeaderNames(suite)
  const values = Object.fromEntries(Object.entries(suite).map(([name, value]) => [name, headerValue(value)]))
  return Object.fromEntries(mergeHeaders(callHeaders(call), transport, values, variableHeaders(call)))
}
