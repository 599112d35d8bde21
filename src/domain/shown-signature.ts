import type { Signoff, TestResult } from './attestation.js'

/** What an envelope of a result says. A page shows it; only `callsheet verify` checks its signature. */
export type ShownSignature = {
  /** The keys that it names, SHA-256 of each public key in hexadecimal. Anybody can name a key. */
  readonly keys: readonly string[]
  /** Whether it is about this journal; for a sign-off, whether its signer saw an attestation that is. */
  readonly isOfResult: boolean
} & (
  | { readonly kind: 'attestation'; readonly result: TestResult['result'] }
  | ({ readonly kind: 'signoff' } & Pick<Signoff, 'decision' | 'meaning' | 'signedAt' | 'reason' | 'validUntil' | 'exceptions'> & {
        readonly signer: Pick<Signoff['signer'], 'name' | 'role'>
      })
)

/** `SHA256:1f2e3d4c5b6a`: a key, shortened. */
export function keyText(id: string): string {
  return `SHA256:${id.slice(0, 12)}`
}
