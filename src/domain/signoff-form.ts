import type { Signoff } from './attestation.js'
import type { Waiver } from './waiver.js'

/** What failed in a result, by what was required, with the cases that it failed in. */
export interface FailedCheck {
  readonly what: string
  /** Their keys. */
  readonly cases: readonly string[]
  /** Whether one of them must pass. */
  readonly mustPass: boolean
}

/** What a person typed to except a failed check. */
export type TypedException = Pick<Waiver, 'reason' | 'issue' | 'owner' | 'expires'> & { readonly evenMustPass: boolean }

/** What a person typed to sign a result off. */
export interface TypedSignoff {
  readonly role: string
  readonly decision: 'approve' | 'reject'
  readonly meaning: Signoff['meaning']
  readonly reason: string
  readonly validUntil: string
  /** By the place of the failed check. */
  readonly exceptions: readonly TypedException[]
}

/** What a person is asked before a result is signed off. */
export interface SignPage {
  readonly id: number
  readonly name: string
  readonly formToken: string
  readonly signer: { readonly name: string; readonly roles: readonly string[] }
  /** The head of the result's page. */
  readonly head: string
  /** What only exceptions can make fit to release; empty if the gate passed. */
  readonly failed: readonly FailedCheck[]
  /** Why it was not signed, in a sentence, and what the person had typed. */
  readonly refused?: { readonly why: string; readonly typed: TypedSignoff }
}
