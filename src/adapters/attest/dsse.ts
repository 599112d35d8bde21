import { createHash, sign, verify } from 'node:crypto'
import { type Envelope, type Statement, statementPayload } from '../../domain/attestation.js'
import { isRecord } from '../../domain/json-value.js'
import { isEllipticCurve, keyIdOf, type PrivateKey, type PublicKey } from './keys.js'

/** Signs a statement: DSSE 1.0, with Ed25519, or P-256 in DER. The same statement and an Ed25519 key give the same bytes. */
export function sealStatement(statement: Statement, key: PrivateKey): Envelope {
  const body = Buffer.from(JSON.stringify(statement))
  const sig = sign(isEllipticCurve(key) ? 'sha256' : null, preAuthentication(statementPayload, body), key)
  return {
    payload: body.toString('base64'),
    payloadType: statementPayload,
    signatures: [{ keyid: keyIdOf(key), sig: sig.toString('base64') }],
  }
}

/** An envelope, with the very bytes that its signatures are over. */
export interface OpenedEnvelope {
  readonly envelope: Envelope
  readonly body: Buffer
  /** SHA-256 of the body, hexadecimal. */
  readonly digest: string
}

/** Reads an envelope from its JSON, without a look at its signatures. `undefined` if it is none. */
export function openEnvelope(text: string): OpenedEnvelope | undefined {
  try {
    const value: unknown = JSON.parse(text)
    if (!isEnvelope(value)) return undefined
    const body = decode(value.payload)
    return body && { envelope: value, body, digest: createHash('sha256').update(body).digest('hex') }
  } catch {
    return undefined
  }
}

/** Whether any signature of an envelope is this key's, over its payload and its type. */
export function isSignedBy({ envelope, body }: OpenedEnvelope, key: PublicKey): boolean {
  const signed = preAuthentication(envelope.payloadType, body)
  return envelope.signatures.some(({ sig }) => {
    const bytes = decode(sig)
    if (!bytes) return false
    if (!isEllipticCurve(key)) return verify(null, signed, key, bytes)
    // Written as r and s, or in DER.
    const isRaw = bytes.length === 64 && verify('sha256', signed, { key, dsaEncoding: 'ieee-p1363' }, bytes)
    return isRaw || verify('sha256', signed, key, bytes)
  })
}

/** The bytes of an envelope's signatures. */
export function signaturesIn({ envelope }: Pick<OpenedEnvelope, 'envelope'>): Buffer[] {
  return envelope.signatures.flatMap(({ sig }) => decode(sig) ?? [])
}

/** What is signed: the type and the body, each with its length in bytes. */
export function preAuthentication(type: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`DSSEv1 ${Buffer.byteLength(type)} ${type} ${body.length} `), body])
}

function isEnvelope(value: unknown): value is Envelope {
  if (!isRecord(value)) return false
  const { payload, payloadType, signatures } = value
  return (
    typeof payload === 'string' &&
    typeof payloadType === 'string' &&
    Array.isArray(signatures) &&
    signatures.every(each => isRecord(each) && typeof each['sig'] === 'string' && typeof (each['keyid'] ?? '') === 'string')
  )
}

/** Base64 of either alphabet, and no other writing of the same bytes. */
function decode(text: string): Buffer | undefined {
  const bytes = Buffer.from(text, 'base64')
  const standard = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  return bytes.toString('base64').replace(/=+$/, '') === standard ? bytes : undefined
}
