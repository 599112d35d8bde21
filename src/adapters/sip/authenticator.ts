import { parseChallenge, type Challenge } from './challenge.js'
import { answerTo, type Challenged, type Credentials } from './digest.js'
import type { SipResponse } from './message.js'

/** A challenge that was answered, by whom it came from. */
interface Standing {
  readonly challenge: Challenge
  readonly header: 'Authorization' | 'Proxy-Authorization'
  /** The same for all of them, as -sess wants it. */
  readonly cnonce: string
  /** How many requests used its nonce. */
  count: number
}

/** What one request has tried so far. */
export interface Tries {
  /** Realms whose newest challenge was answered with the password. */
  readonly answered: Set<string>
  /** Nonces that were too old. */
  stale: number
}

/** A server that keeps calling its own nonces too old is not asked for ever. */
const mostStale = 3

/** Answers challenges for one set of credentials, and uses what it was given again, so that most requests need no second try. */
export class Authenticator {
  readonly #standing = new Map<string, Standing>()

  /** @param newCnonce  Makes a nonce of ours. */
  constructor(
    private readonly credentials: Credentials | undefined,
    private readonly newCnonce: () => string,
  ) {}

  newTries(): Tries {
    return { answered: new Set(), stale: 0 }
  }

  /** The headers that authorize a request. */
  headersFor(request: Challenged): [name: string, value: string][] {
    const { credentials } = this
    if (!credentials) return []
    return [...this.#standing.values()].map(standing => {
      standing.count += 1
      return [standing.header, answerTo(standing.challenge, credentials, request, { cnonce: standing.cnonce, count: standing.count })]
    })
  }

  /**
   * Takes the challenges of a 401 or 407.
   *
   * @returns Whether one more try may succeed. One that failed with the password for this very challenge does not.
   */
  takes({ status, headers }: SipResponse, tries: Tries): boolean {
    if (!this.credentials) return false
    const isProxy = status === 407
    const realms = new Set<string>()
    let mayRetry = false
    for (const value of headers.all(isProxy ? 'Proxy-Authenticate' : 'WWW-Authenticate')) {
      const challenge = parseChallenge(value)
      // Of several for one realm the topmost that we know is the server's favourite (RFC 8760, 2.4).
      if (!challenge || realms.has(challenge.realm)) continue
      realms.add(challenge.realm)
      const key = `${isProxy ? 'proxy' : 'server'} ${challenge.realm}`
      if (tries.answered.has(key) && !(challenge.isStale && tries.stale < mostStale)) {
        this.#standing.delete(key)
        return false
      }
      if (challenge.isStale) tries.stale += 1
      tries.answered.add(key)
      this.#standing.set(key, {
        challenge,
        header: isProxy ? 'Proxy-Authorization' : 'Authorization',
        cnonce: this.newCnonce(),
        count: 0,
      })
      mayRetry = true
    }
    return mayRetry
  }
}
