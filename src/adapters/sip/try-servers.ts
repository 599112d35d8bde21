import type { Authenticator } from './authenticator.js'
import { endOfFinal, type CallEnd } from './call-end.js'
import { isChallenge, type Final } from './core.js'
import type { Peer } from './network.js'
import { leastIn } from './session-interval.js'

export interface ServerTrial {
  /** Of a domain, the best first. */
  readonly peers: readonly Peer[]
  readonly authenticator: Authenticator
  /** Whether the server that is tried has said anything. */
  isHeardOf(): boolean
  isGivenUp(): boolean
  /** Asks for sessions of this length from now on. @returns Whether that is another one. */
  lengthen(seconds: number): boolean
  tryOne(peer: Peer): Promise<Final | 'answered'>
}

/**
 * Sends an INVITE until a server of a domain answers it: again with credentials, or with a longer session, where that is what it asks for.
 *
 * @returns How the call ended, unless it was answered.
 */
export async function tryServers({
  peers,
  authenticator,
  isHeardOf,
  isGivenUp,
  lengthen,
  tryOne,
}: ServerTrial): Promise<Omit<CallEnd, 'wasAnswered'> | undefined> {
  const tries = authenticator.newTries()
  let [at, reconnects, final] = [0, 0, { kind: 'lost', why: 'unreachable' } as Final]
  while (!isGivenUp()) {
    const peer = peers[at]
    if (!peer) break
    const answer = await tryOne(peer)
    if (answer === 'answered') return undefined
    final = answer
    if (isChallenge(final) && authenticator.takes(final, tries)) continue
    if (final.kind === 'response' && final.status === 422 && lengthen(leastIn(final.headers))) continue
    const isStaleConnection = final.kind === 'lost' && final.why === 'connection' && !isHeardOf()
    if (isStaleConnection && (reconnects += 1) === 1) continue
    // The next server of the same domain may do better (RFC 3263, 4.3).
    const mayGoOn = final.kind === 'lost' ? !isHeardOf() : final.status === 503 && !final.headers.get('Retry-After')
    if (!mayGoOn) break
    at += 1
  }
  return endOfFinal(final)
}
