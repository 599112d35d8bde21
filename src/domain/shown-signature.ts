import type { Signoff, TestResult } from './attestation.js'

/** What an envelope of a result says. A page shows it, and checks its signature with the key beside it; only `callsheet verify` knows whose key that is. */
export type ShownSignature = {
  /** The keys that it names, SHA-256 of each public key in hexadecimal. Anybody can name a key. */
  readonly keys: readonly string[]
  /** Whether it is about this journal; for a sign-off, whether its signer saw an attestation that is. */
  readonly isOfResult: boolean
  /** For the browser to check; absent if the public key is not beside the result. */
  readonly sealed?: SealedSignature
  /** Absent if there is none. */
  readonly timestamp?: ShownTimestamp
} & (
  | { readonly kind: 'attestation'; readonly result: TestResult['result'] }
  | ({ readonly kind: 'signoff' } & Pick<Signoff, 'decision' | 'meaning' | 'signedAt' | 'reason' | 'validUntil' | 'exceptions'> & {
        readonly signer: Pick<Signoff['signer'], 'name' | 'role'>
      })
)

/** When an authority of time saw a signature. Whether it can be trusted, only `callsheet verify` knows. */
export type ShownTimestamp =
  | {
      /** ISO 8601. */
      readonly at: string
      /** The authority as it names itself; absent if it does not. */
      readonly by?: string
    }
  /** Why it proves nothing, as half a sentence. */
  | { readonly wrong: string }

/** What a browser needs to check a signature: all of it in base64 but the type. */
export interface SealedSignature {
  readonly payload: string
  readonly type: string
  /** For P-256, r and s as they are. */
  readonly sig: string
  /** The public key. */
  readonly spki: string
  readonly algorithm: 'Ed25519' | 'ECDSA'
}

/** `SHA256:1f2e3d4c5b6a`: a key, shortened. */
export function keyText(id: string): string {
  return `SHA256:${id.slice(0, 12)}`
}
