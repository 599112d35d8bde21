import type { Envelope } from '../../domain/attestation.js'

/**
 * A Sigstore bundle v0.3 of an envelope with one signature by a key of one's own: without a certificate and without a transparency log.
 *
 * @param timestamp  An authority's answer about the signature.
 */
export function sigstoreBundle({ signatures, ...envelope }: Envelope, timestamp?: Buffer): string {
  const [only] = signatures
  const bundle = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      publicKey: { hint: only?.keyid ?? '' },
      tlogEntries: [],
      ...(timestamp && { timestampVerificationData: { rfc3161Timestamps: [{ signedTimestamp: timestamp.toString('base64') }] } }),
    },
    dsseEnvelope: { ...envelope, signatures: signatures.slice(0, 1) },
  }
  return `${JSON.stringify(bundle)}\n`
}
