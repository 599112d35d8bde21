import { Place } from '../../domain/place.js'
import type { Mask } from '../../domain/mask.js'
import { connectionFaults } from '../../domain/faults/connection-faults.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import { networkErrorOf, tlsProblemOf, type NetworkError } from '../../domain/network-error.js'
import type { Fault } from '../../domain/fault.js'

/** The limit for one piece of an agent's answer: a body, a frame or a line. */
export const maxAnswerBytes = 1 << 20

/** An address for messages: without credentials and query. */
export function placeOf(url: URL, mask: Mask | undefined): Place {
  return new Place(`${url.protocol}//${url.host}${url.pathname}`, mask)
}

/** The fault for a connection that was never made. */
export function connectFault(cause: unknown, place: Place): Fault {
  const error = networkErrorOf(cause)
  const { code, message: reason } = error
  switch (code) {
    case 'ECONNREFUSED':
      return connectionFaults.refused({ place })
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return connectionFaults.noSuchHost({ place, code })
    case 'EGRESS_REFUSED':
      return connectionFaults.notAllowed({ place, reason })
    case 'PROXY_FAILED':
      return connectionFaults.proxyFailed({ place, reason })
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return connectionFaults.connectTimeout({ place })
    case 'EMFILE':
    case 'ENFILE':
      return connectionFaults.noFilesLeft({ place, code })
  }
  const problem = tlsProblemOf(error)
  return problem ? connectionFaults.tls({ place, reason, problem }) : connectionFaults.unreachable({ place, reason })
}

/**
 * The fault for a connection that broke or sent invalid data during an exchange. It is the agent's fault, except for
 * TLS: an agent that refuses our certificate says so only after the handshake.
 */
export function lostFault(cause: unknown, place: Place): Fault {
  const error = networkErrorOf(cause)
  const { code, message: reason } = error
  const problem = tlsProblemOf(error)
  if (problem) return connectionFaults.tls({ place, reason, problem })
  // Node reports an orderly but early close with the code of a reset.
  if ((code === 'ECONNRESET' && reason !== 'socket hang up') || code === 'EPIPE') return connectionFaults.reset({ place })
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return replyFaults.headersTooLarge({ place })
  if (isParserError(error) && !reason.includes('EOF')) return replyFaults.notHttp({ place, reason })
  return connectionFaults.closed({ place, reason })
}

/** Whether the error comes from Node's HTTP parser, or from undici's, whose errors have no code. */
function isParserError({ code, name }: NetworkError): boolean {
  return code.startsWith('HPE_') || name === 'HTTPParserError'
}
