import type { Fault, FaultCode } from '../../domain/outcome.js'

/** The most that an agent may answer in one piece: a body, a frame, a line. */
export const maxAnswerBytes = 1 << 20

/** An address fit for messages: no credentials, no query. */
export function placeOf(url: URL): string {
  return `${url.protocol}//${url.host}${url.pathname}`
}

/** Text that another program wrote, on one line and cut to length, to be quoted in a message. */
export function quote(text: string, most: number): string {
  const line = text
    .slice(0, most * 2)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
  return line.length > most || text.length > most * 2 ? `${line.slice(0, most)}...` : line
}

/** The agent erred. */
export function agentFault(code: FaultCode, message: string): Fault {
  return { by: 'agent', code, message }
}

/** It was not the agent, or cannot be told. */
export function infraFault(code: FaultCode, message: string): Fault {
  return { by: 'infra', code, message }
}

/** A connection that could not be made: the agent was never reached. */
export function connectFault(error: unknown, place: string): Fault {
  const { code, message } = reasonOf(error)
  switch (code) {
    case 'ECONNREFUSED':
      return infraFault('refused', `Nothing listens at ${place} (ECONNREFUSED): start the agent, or correct its address.`)
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return infraFault('no_such_host', `The host of ${place} is not known (${code}): correct the address, or look at DNS.`)
    case 'EGRESS_REFUSED':
      return infraFault(
        'unreachable',
        `${place} came with a request, and may not be called: ${message} (allow its host with --allow-host, if it is meant).`,
      )
    case 'UND_ERR_CONNECT_TIMEOUT':
    case 'ETIMEDOUT':
      return connectTimeout(place)
    case 'EMFILE':
    case 'ENFILE':
      return infraFault(
        'unreachable',
        `This machine has no open file left to connect to ${place} (${code}): raise \`ulimit -n\`, or lower the concurrency.`,
      )
  }
  if (isTlsError(code, message)) {
    return infraFault(
      'tls',
      `TLS with ${place} failed (${quote(message, 200)}): trust its certificate with NODE_EXTRA_CA_CERTS, or correct the address.`,
    )
  }
  return infraFault('unreachable', `${place} cannot be reached (${quote(message, 200)}): look at the network in between.`)
}

export function connectTimeout(place: string): Fault {
  return infraFault('connect_timeout', `No connection to ${place} in time: see that the agent runs and that no firewall is in between.`)
}

/** A connection that was lost, or spoke nonsense, in the middle of an exchange: the agent's doing. */
export function lostFault(error: unknown, place: string): Fault {
  const { code, message } = reasonOf(error)
  if ((code === 'ECONNRESET' && message !== 'socket hang up') || code === 'EPIPE') {
    return resetFault(place)
  }
  if (code === 'UND_ERR_HEADERS_OVERFLOW') {
    return agentFault('too_large', `The headers of ${place}'s answer are too large: the agent must send less.`)
  }
  if (isParserError(code) && !message.includes('EOF')) {
    return agentFault(
      'bad_frame',
      `${place} answered something that is not HTTP (${quote(message, 100)}): correct the address, or http to https.`,
    )
  }
  return agentFault(
    'closed',
    `${place} closed the connection in the middle of an exchange (${quote(message, 100)}): look at the agent's log.`,
  )
}

export function resetFault(place: string): Fault {
  return agentFault('reset', `${place} reset the connection in the middle of the conversation: look for a crash in the agent's log.`)
}

/** It had answered before in this conversation, and now nothing listens: it went away under us. */
export function goneFault(place: string): Fault {
  return agentFault(
    'closed',
    `Nothing listens at ${place} any more, which answered earlier in this conversation: look for a crash in the agent's log.`,
  )
}

export function tooLarge(place: string): Fault {
  return agentFault('too_large', `${place} answered more than 1 MiB in one piece: the agent must send less.`)
}

export function invalidUtf8(place: string): Fault {
  return agentFault('invalid_utf8', `${place} answered something that is not UTF-8: the agent must send UTF-8, uncompressed.`)
}

export function notJson(place: string, text: string): Fault {
  return agentFault('not_json', `${place} answered something that is not JSON: "${quote(text, 80)}".`)
}

/** The code (or else the name) and the words of an error; of several (one for each address of a host) the first. */
function reasonOf(error: unknown): { code: string; message: string } {
  const first: unknown = error instanceof AggregateError ? error.errors[0] : error
  if (!(first instanceof Error)) return { code: '', message: String(first) }
  return { code: 'code' in first && typeof first.code === 'string' ? first.code : first.name, message: first.message }
}

/** Of Node's parser, or undici's, whose errors have no code. */
function isParserError(code: string): boolean {
  return code.startsWith('HPE_') || code === 'HTTPParserError'
}

function isTlsError(code: string, message: string): boolean {
  return (
    /^(ERR_TLS|ERR_SSL|CERT_|CRL_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME_MISMATCH|INVALID_CA|EPROTO)/.test(code) ||
    message.includes('before secure TLS connection')
  )
}
