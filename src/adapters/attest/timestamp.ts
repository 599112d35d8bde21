import { createHash, verify, X509Certificate } from 'node:crypto'
import { derContent, derParts, derTags, derValues, type DerValue, NotDer, objectIdOf } from './der.js'

// Time stamps of RFC 3161: what an authority says of when it saw the hash of something.

const { sequence, set, octets, integer, time } = derTags
const ids = {
  signedData: '1.2.840.113549.1.7.2',
  info: '1.2.840.113549.1.9.16.1.4',
  contentType: '1.2.840.113549.1.9.3',
  messageDigest: '1.2.840.113549.1.9.4',
  signingCertificate: '1.2.840.113549.1.9.16.2.12',
  signingCertificateV2: '1.2.840.113549.1.9.16.2.47',
  timeStamping: '1.3.6.1.5.5.7.3.8',
} as const
const hashes: Readonly<Record<string, string>> = {
  '2.16.840.1.101.3.4.2.1': 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
}

/** A time stamp cannot be used. The message says why, as half a sentence. */
export class TimestampUnusable extends Error {
  override readonly name = 'TimestampUnusable'
}

/** What to ask an authority for: a time stamp of these bytes, with its certificate. */
export function timestampQuery(bytes: Buffer): Buffer {
  const [before, after] = [Buffer.from('30390201013031300d060960864801650304020105000420', 'hex'), Buffer.from('0101ff', 'hex')]
  return Buffer.concat([before, createHash('sha256').update(bytes).digest(), after])
}

/** A time stamp, read. Nobody has checked its signature. */
export interface Timestamp {
  readonly at: Date
  /** Whether it is of these bytes. */
  isOf(bytes: Buffer): boolean
  /**
   * Checks that an authority made it.
   *
   * @param trusted  Certificates of authorities, or of those that certify them.
   * @returns The subject of the authority's certificate. @throws {TimestampUnusable} when none of them did.
   */
  madeBy(trusted: readonly X509Certificate[]): string
  /**
   * The subject of the certificate that came along, whose key made it: anybody can make one. `undefined` if none came along.
   *
   * @throws {TimestampUnusable} when another key made it, or it was changed.
   */
  saidBy(): string | undefined
}

/** Reads the answer of an authority. @throws {TimestampUnusable} when it is none, or it refuses. */
export function readTimestamp(answer: Buffer): Timestamp {
  return orUnusable(() => {
    const [only] = derValues(answer)
    const [status, token] = derParts(only, sequence)
    const [code] = derParts(status, sequence)
    if ((derContent(code, integer)[0] ?? 2) > 1 || !token) throw new TimestampUnusable('the authority refused to make it')
    const signed = signedDataIn(token)
    const [, , imprint, , at] = derParts(derValues(signed.info)[0], sequence)
    const [algorithm, hashed] = derParts(imprint, sequence)
    const hash = hashNamed(algorithm)
    const expected = derContent(hashed, octets)
    return {
      at: timeOf(at),
      isOf: bytes => createHash(hash).update(bytes).digest().equals(expected),
      madeBy: trusted => orUnusable(() => subjectOf(trustedSigner(signed, timeOf(at), trusted))),
      saidBy: () => orUnusable(() => (signed.certificates.length > 0 ? subjectOf(signerOf(signed, signed.certificates)) : undefined)),
    }
  })
}

interface SignedData {
  readonly info: Buffer
  readonly certificates: readonly X509Certificate[]
  readonly signer: readonly DerValue[]
}

function signedDataIn(token: DerValue): SignedData {
  const [type, wrapped] = derParts(token, sequence)
  if (objectIdOf(type) !== ids.signedData) throw new NotDer('it is not signed data')
  const [, , content, ...rest] = derParts(derParts(wrapped, 0xa0)[0], sequence)
  const [contentType, info] = derParts(content, sequence)
  if (objectIdOf(contentType) !== ids.info) throw new NotDer('it is about something else than a time')
  const certificates = rest.flatMap(each => (each.tag === 0xa0 ? derValues(each.content) : []))
  const [signer] = derParts(rest.at(-1), set)
  return {
    info: derContent(derParts(info, 0xa0)[0], octets),
    certificates: certificates.map(({ bytes }) => new X509Certificate(bytes)),
    signer: derParts(signer, sequence),
  }
}

function trustedSigner(signed: SignedData, at: Date, trusted: readonly X509Certificate[]): X509Certificate {
  const all = [...signed.certificates, ...trusted]
  const own = signerOf(signed, all)
  if (!leadsTo(own, { all, trusted, at }, 0)) throw new TimestampUnusable('no trusted authority made it')
  return own
}

function subjectOf({ subject }: X509Certificate): string {
  return subject.split('\n').toReversed().join(', ')
}

/** The certificate whose key signed it. */
function signerOf({ info, signer }: SignedData, all: readonly X509Certificate[]): X509Certificate {
  const [, , digest, attributes, , signature] = signer
  const hash = hashNamed(digest)
  const known = attributesIn(derValues(derContent(attributes, 0xa0)))
  const isOfInfo = createHash(hash)
    .update(info)
    .digest()
    .equals(derContent(known.get(ids.messageDigest), octets))
  if (!isOfInfo || objectIdOf(known.get(ids.contentType)) !== ids.info) throw new TimestampUnusable('its signature is over another time')
  // The attributes are signed as the set that they are.
  const signed = Buffer.concat([Buffer.from([set]), (attributes as DerValue).bytes.subarray(1)])
  const own = all.find(certificate => isNamedIn(known, certificate) && isSignedBy(certificate, { hash, signed, signature }))
  if (!own) throw new TimestampUnusable('its signature is not that of its authority')
  if (!own.keyUsage?.includes(ids.timeStamping)) throw new TimestampUnusable('the certificate of its authority is not for time stamps')
  return own
}

function attributesIn(values: readonly DerValue[]): ReadonlyMap<string, DerValue | undefined> {
  return new Map(
    values.map(each => {
      const [type, own] = derParts(each, sequence)
      return [objectIdOf(type), derParts(own, set)[0]] as const
    }),
  )
}

/** The attributes name the certificate by its hash: another one with the same key is not meant. */
function isNamedIn(attributes: ReadonlyMap<string, DerValue | undefined>, { raw }: X509Certificate): boolean {
  const [value, usual] = attributes.has(ids.signingCertificateV2)
    ? [attributes.get(ids.signingCertificateV2), 'sha256']
    : [attributes.get(ids.signingCertificate), 'sha1']
  const [first] = derParts(derParts(value, sequence)[0], sequence)
  const [algorithm, hashed = algorithm] = derParts(first, sequence)
  const isNamed = algorithm?.tag === sequence
  return createHash(isNamed ? hashNamed(algorithm) : usual)
    .update(raw)
    .digest()
    .equals(derContent(isNamed ? hashed : algorithm, octets))
}

function isSignedBy(
  { publicKey }: X509Certificate,
  { hash, signed, signature }: { readonly hash: string; readonly signed: Buffer; readonly signature: DerValue | undefined },
): boolean {
  const isPlain = publicKey.asymmetricKeyType === 'ed25519'
  try {
    return verify(isPlain ? null : hash, signed, publicKey, derContent(signature, octets))
  } catch {
    return false
  }
}

interface Trust {
  readonly all: readonly X509Certificate[]
  readonly trusted: readonly X509Certificate[]
  readonly at: Date
}

const longestChain = 6

/** Whether a certificate is trusted, or certified by one that is, each valid at the time. */
function leadsTo(certificate: X509Certificate, trust: Trust, depth: number): boolean {
  const { all, trusted, at } = trust
  const isValid = Date.parse(certificate.validFrom) <= at.getTime() && at.getTime() <= Date.parse(certificate.validTo)
  if (!isValid || depth > longestChain) return false
  if (trusted.some(({ raw }) => raw.equals(certificate.raw))) return true
  return all.some(
    issuer =>
      issuer.ca &&
      !issuer.raw.equals(certificate.raw) &&
      certificate.checkIssued(issuer) &&
      certificate.verify(issuer.publicKey) &&
      leadsTo(issuer, trust, depth + 1),
  )
}

function hashNamed(algorithm: DerValue | undefined): string {
  const hash = hashes[objectIdOf(derParts(algorithm, sequence)[0])]
  if (hash === undefined) throw new TimestampUnusable('it uses a hash that Callsheet does not know')
  return hash
}

/** `20261130140312.5Z` */
function timeOf(value: DerValue | undefined): Date {
  const text = derContent(value, time).toString('latin1')
  const [, year, month, day, hours, minutes, seconds, fraction = ''] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\.\d+)?Z$/.exec(text) ?? []
  const at = new Date(`${year}-${month}-${day}T${hours}:${minutes}:${seconds}${fraction.slice(0, 4)}Z`)
  if (Number.isNaN(at.getTime())) throw new NotDer('it has no time')
  return at
}

function orUnusable<T>(read: () => T): T {
  try {
    return read()
  } catch (cause) {
    if (cause instanceof TimestampUnusable) throw cause
    const isMalformed = cause instanceof NotDer || (cause instanceof Error && 'code' in cause)
    throw isMalformed ? new TimestampUnusable('it is not the answer of an authority (RFC 3161)', { cause }) : cause
  }
}
