/** What somebody wants to attest or sign cannot be. The message says why, and what to do. */
export class AttestRefused extends Error {
  override readonly name = 'AttestRefused'
}
