import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Clock } from '../../ports/clock.js'
import type { Project } from './catalogue/catalogue.js'
import { createTokenSigner } from './signed-token.js'

/** Browsers that have signed in with a key. */
export interface Sessions {
  /** @param keyHash  Of the key that it is begun with. */
  begin(project: Project, keyHash: string): { readonly token: string; readonly seconds: number }
  /** The project of a session; `undefined` once it has ended, and if nobody here began it. */
  projectOf(token: string): Project | undefined
  /** The hash of the key that a session was begun with; `undefined` as for its project. */
  keyHashOf(token: string): string | undefined
  end(token: string): void
  /** What the forms of a session carry, so that other sites cannot send them. @param token  Empty where no key is needed. */
  formTokenOf(token: string): string
  isFormToken(token: string, given: string): boolean
}

const sessionS = 12 * 60 * 60

/**
 * Sessions are signed and not stored; only those that were ended early are remembered, by this process.
 *
 * @param keys  The hashes of all keys. Sessions that were begun under others are over.
 * @param secret  With it, sessions live beyond a restart, and on every server that has it.
 */
export function createSessions(
  { all }: { readonly all: readonly Project[] },
  keys: readonly string[],
  secret: string | undefined,
  clock: Clock,
): Sessions {
  const signer = createTokenSigner(`sessions ${keys.toSorted().join(' ')}`, secret)
  const formKey = randomBytes(32)
  /** By the digest of their tokens: when they would have ended, in seconds. */
  const ended = new Map<string, number>()
  const nowS = (): number => clock.date().getTime() / 1000
  const formTokenOf = (token: string): string =>
    secret ? digestOf(`form ${secret} ${token}`) : digestOf(`${formKey.toString('hex')} ${token}`)

  const opened = (
    token: string,
  ): { readonly project: Project; readonly endS: number; readonly keyHash: string | undefined } | undefined => {
    const [key, endS, , keyHash] = (signer.open(token) ?? []) as [string?, number?, string?, string?]
    const project = all.find(each => each.key === key)
    return project && endS !== undefined && endS > nowS() && !ended.has(digestOf(token)) ? { project, endS, keyHash } : undefined
  }
  return {
    begin(project, keyHash) {
      const token = signer.seal([project.key, Math.ceil(nowS() + sessionS), randomBytes(16).toString('base64url'), keyHash])
      return { token, seconds: sessionS }
    },
    projectOf: token => opened(token)?.project,
    keyHashOf: token => opened(token)?.keyHash,
    end(token) {
      const session = opened(token)
      for (const [digest, endS] of ended) if (endS < nowS()) ended.delete(digest)
      if (session) ended.set(digestOf(token), session.endS)
    },
    formTokenOf,
    isFormToken(token, given) {
      const [own, other] = [Buffer.from(formTokenOf(token)), Buffer.from(given)]
      return own.length === other.length && timingSafeEqual(own, other)
    },
  }
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('base64url')
}
