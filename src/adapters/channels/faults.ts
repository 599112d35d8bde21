import { connectionFaults } from '../../domain/faults/connection-faults.js'
import { replyFaults } from '../../domain/faults/reply-faults.js'
import { isTlsError, networkErrorOf, type NetworkError } from '../../domain/network-error.js'
import type { Fault } from '../../domain/fault.js'

/** The most that an agent may answer in one piece: a body, a frame, a line. */
export const maxAnswerBytes = 1 << 20

/** An address fit for messages: no credentials, no query. */
export function placeOf(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

/** A connection that could not be made: the agent was never reached. */
export function connectFault(cause: unknown, place: string): Fault {
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
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return connectionFaults.connectTimeout({ place })
    case 'EMFILE':
    case 'ENFILE':
      return connectionFaults.noFilesLeft({ place, code })
  }
  return isTlsError(error) ? connectionFaults.tls({ place, reason }) : connectionFaults.unreachable({ place, reason })
}

/**
 * A connection that was lost, or spoke nonsense, in the middle of an exchange: the agent's doing; but for TLS, which may fail as
 * late as that: where the agent refuses our certificate, it says so after the handshake.
 */
export function lostFault(cause: unknown, place: string): Fault {
  const error = networkErrorOf(cause)
  const { code, message: reason } = error
  if (isTlsError(error)) return connectionFaults.tls({ place, reason })
  // Node gives a connection that was closed in good order, too early, the code of a reset.
  if ((code === 'ECONNRESET' && reason !== 'socket hang up') || code === 'EPIPE') return connectionFaults.reset({ place })
  if (code === 'UND_ERR_HEADERS_OVERFLOW') return replyFaults.headersTooLarge({ place })
  if (isParserError(error) && !reason.includes('EOF')) return replyFaults.notHttp({ place, reason })
  return connectionFaults.closed({ place, reason })
}

/** Of Node's parser, or undici's, whose errors have no code. */
function isParserError({ code, name }: NetworkError): boolean {
  return code.startsWith('HPE_') || name === 'HTTPParserError'
}
