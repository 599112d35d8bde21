import type { Statement } from '../../domain/attestation.js'
import type { Digests } from '../../domain/event.js'
import type { VerificationLine } from '../../domain/verification.js'
import type { EnvelopeLine } from './envelopes.js'
import { type Authority, signersOf, type TrustedKey } from './trusted-keys.js'

export interface VerifyRequest {
  readonly keys: readonly TrustedKey[]
  /** Of time. Default: none. */
  readonly authorities?: readonly Authority[]
  /** Roles that must have signed, each with a key of its own. */
  readonly required: readonly string[]
  /** `sha256:1f2e…` of what is about to be released, by algorithm. */
  readonly artifact?: string
  /** Of the suite as it is today. */
  readonly suite?: Digests
  readonly allowSameKey: boolean
}

/** An envelope with a statement of one kind. */
export type Stated<Predicate> = EnvelopeLine & {
  readonly opened: NonNullable<EnvelopeLine['opened']>
  readonly statement: Statement<Predicate>
}

export function isOf<Predicate>(type: string): (each: EnvelopeLine) => each is Stated<Predicate> {
  return (each): each is Stated<Predicate> => each.opened !== undefined && each.statement?.predicateType === type
}

export function line(check: string, holds: VerificationLine['holds'], found = ''): VerificationLine {
  return { check, holds, found }
}

/** Who signed, as a line. A signature of nobody known may be good or bad: nobody can tell. */
export function signatureLine(check: string, { opened }: Pick<Stated<unknown>, 'opened'>, keys: readonly TrustedKey[]): VerificationLine {
  const [signer] = signersOf(opened, keys)
  if (signer) return line(check, 'yes', `${signer.name}, key SHA256:${signer.id.slice(0, 12)}`)
  const claimed = keys.find(({ id }) => opened.envelope.signatures.some(({ keyid }) => keyid === id))
  if (claimed) return line(check, 'no', `it names the key of ${claimed.name}, and is not what that key signed`)
  return line(check, 'unknown', keys.length === 0 ? 'no trusted key was given: add --keys' : 'no trusted key made it')
}
