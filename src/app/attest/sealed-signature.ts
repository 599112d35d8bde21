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
  if (sig.length === rawLength || sig[0] !== 0x30 || sig[2] !== 0x02) return sig
  const r = sig.subarray(4, 4 + sig[3]!)
  const s = sig.subarray(6 + r.length)
  return Buffer.concat([fixed(r), fixed(s)])
}

/** A whole number in 32 bytes. */
function fixed(number: Buffer): Buffer {
  return Buffer.concat([Buffer.alloc(rawLength / 2), number]).subarray(-rawLength / 2)
}
