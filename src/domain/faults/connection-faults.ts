import type { Place } from '../place.js'
import { endSentence } from '../excerpt.js'
import { faultOf, type Fault } from '../fault.js'
import { fixTls, tlsFailed, type TlsFailure } from './tls-words.js'

/** Where the fault occurred: an address without credentials and query, or the name of a program or module. */
export interface At {
  readonly place: Place
}

/** ... and what the other program reported. */
export interface Because extends At {
  readonly reason: string
}

/** Faults of the connection to an agent: it is never made, or it is lost. */
export const connectionFaults = {
  // never made
  refused: (p: At) => faultOf('refused', `Nothing listens at ${p.place.name} (ECONNREFUSED). Start the agent, or correct its address.`),
  noSuchHost: (p: At & { code: string }) =>
    faultOf('no_such_host', `The host of ${p.place.name} was not found (${p.code}). Correct the address, or check DNS.`),
  notAllowed: (p: Because) =>
    faultOf(
      'unreachable',
      `A request named ${p.place.name}, which this server does not connect to: ${p.reason}. Use a public address, or have the server allow its host.`,
    ),
  connectTimeout: (p: At) =>
    faultOf(
      'connect_timeout',
      `No connection to ${p.place.name} was made in time. Check that the agent runs, and that no firewall is in between.`,
    ),
  noFilesLeft: (p: At & { code: string }) =>
    faultOf(
      'unreachable',
      `This machine has no open file left to connect to ${p.place.name} (${p.code}). Raise \`ulimit -n\`, or lower the concurrency.`,
    ),
  tls: (p: TlsFailure) => faultOf('tls', `${tlsFailed(p)}. ${fixTls(p, 'the address')}`),
  unreachable: (p: Because) =>
    faultOf('unreachable', `${p.place.name} cannot be reached (${p.place.quote(p.reason, 200)}). Check the network in between.`),
  /** `reason` begins with the proxy's name. */
  proxyFailed: (p: Because) =>
    faultOf(
      'unreachable',
      `${p.place.name} was not reached, because the proxy ${p.place.quote(p.reason, 200)}. Check the proxy, or exempt the agent's host from it with NO_PROXY.`,
    ),
  proxyUnusable: (p: { variable: string }) =>
    faultOf('unreachable', `The address in ${p.variable} is not a proxy's. Use http://host:port or https://host:port.`, { isFinal: true }),
  requestInvalid: (p: Because) =>
    faultOf(
      'internal',
      `The request to ${p.place.name} cannot be made (${p.reason}). Correct the connection's headers, or the test profile's agent_variables.`,
    ),
  handshakeWrong: (p: Because) =>
    faultOf(
      'bad_frame',
      `${p.place.name} answered the handshake wrongly (${p.place.quote(p.reason, 100)}). Check that it speaks WebSocket.`,
    ),

  // refused by an HTTP status
  httpStatus: (p: At & { status: number; phrase: string; body: string; location: string; retryAfterMs: number | undefined }) => {
    const words = p.place.quote(p.body, 200)
    const answered = `${p.place.name} answered ${p.status} ${p.phrase}`.trimEnd() + (words && `, "${words}"`)
    return faultOf('http_status', `${endSentence(answered)} ${adviceOn(p.status, p.place.quote(p.location, 200))}`, p)
  },

  /** `refused`: its last answer. */
  rateLimited: ({ refused, longestMs }: { refused: Fault; longestMs: number }) =>
    faultOf(
      'rate_limited',
      `${refused.message} It asked to wait longer than the ${longestMs / 1000} s that Callsheet waits for one answer.`,
      refused,
    ),

  // lost
  reset: (p: At) =>
    faultOf('reset', `${p.place.name} reset the connection in the middle of the conversation. Look for a crash in the agent's log.`),
  closed: (p: Because) =>
    faultOf(
      'closed',
      `${p.place.name} closed the connection in the middle of an exchange (${p.place.quote(p.reason, 100)}). Look at the agent's log.`,
    ),
  /** The agent answered earlier in this conversation, so it has stopped since. */
  gone: (p: At) =>
    faultOf(
      'closed',
      `Nothing listens at ${p.place.name} any more, which answered earlier in this conversation. Look for a crash in the agent's log.`,
    ),
  closedWithCode: (p: Because & { code: number }) =>
    faultOf(
      'closed',
      `${p.place.name} closed with code ${p.code}${p.reason && `, "${p.place.quote(p.reason, 200)}"`}. Look at the agent's log.`,
      // 1001: going away, as a server that is being stopped.
      { status: p.code, cutOff: p.code === 1001 ? 'going_away' : undefined },
    ),
  closedWithoutFrame: (p: At) =>
    faultOf('closed', `${p.place.name} closed the connection without a close frame. Look for a crash in the agent's log.`),
  noPong: (p: At & { withinMs: number }) =>
    faultOf(
      'closed',
      `${p.place.name} answered no ping within ${p.withinMs / 1000} s. Check whether its process is stuck, or the connection is dead.`,
    ),
  inputClosed: (p: At) => faultOf('closed', `${p.place.name} closed its standard input. It must read until we hang up.`),

  // ours
  channelClosed: (p: At) => faultOf('interrupted', `The channel to ${p.place.name} was closed.`),
}

function adviceOn(status: number, location: string): string {
  if (status === 304 || status < 300) return 'The agent must answer with another status.'
  if (status < 400) return `Redirects are not followed. Put the final address (${location || 'not given'}) into the connection.`
  switch (status) {
    case 401:
    case 403:
      return "Check the connection's headers and keys."
    case 404:
    case 405:
      return "Check the connection's address and method."
    case 400:
    case 413:
    case 415:
    case 422:
      return 'Check what the connection sends.'
    case 429:
      return "Lower the agent's limits.concurrency or limits.starts_per_second."
    default:
      return status < 500 ? 'Check what the connection sends.' : "Look at the agent's log."
  }
}
