import { derContent, derParts, derTags, derValues, NotDer } from '../../adapters/attest/der.js'
import type { OpenedEnvelope } from '../../adapters/attest/dsse.js'
import { isEllipticCurve, type PublicKey } from '../../adapters/attest/keys.js'
import type { SealedSignature } from '../../domain/shown-signature.js'

/** An envelope as browsers can check it; `undefined` if no key of its signatures is known. */
export function sealedSignature({ envelope, body }: OpenedEnvelope, keys: ReadonlyMap<string, PublicKey>): SealedSignature | undefined {
  for (const { keyid, sig } of envelope.signatures) {
    const key = keys.get(keyid)
    if (!key) continue
    const bytes = Buffer.from(sig, 'base64')
    return {
      payload: body.toString('base64'),
      type: envelope.payloadType,
      sig: (isEllipticCurve(key) ? rawSignature(bytes) : bytes).toString('base64'),
      spki: key.export({ type: 'spki', format: 'der' }).toString('base64'),
      algorithm: isEllipticCurve(key) ? 'ECDSA' : 'Ed25519',
    }
  }
  return undefined
}

const rawLength = 64

/** `r` and `s` of P-256, which browsers want as they are, out of the DER that others want. What is neither stays as it is. */
function rawSignature(sig: Buffer): Buffer {
  if (sig.length === rawLength) return sig
  try {
    const [r, s] = derParts(derValues(sig)[0], derTags.sequence)
    return Buffer.concat([r, s].map(number => fixed(derContent(number, derTags.integer))))
  } catch (cause) {
    if (cause instanceof NotDer) return sig
    throw cause
  }
}

/** A whole number in 32 bytes. */
function fixed(number: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(rawLength / 2), number]).subarray(-rawLength / 2)
}
