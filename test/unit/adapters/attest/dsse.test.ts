import { createPublicKey, generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { isSignedBy, openEnvelope, preAuthentication, sealStatement } from '../../../../src/adapters/attest/dsse.js'
import { makeKeys, publicKeyOf, readPrivateKey, readPublicKey, type PublicKey } from '../../../../src/adapters/attest/keys.js'
import { statementType, type Envelope, type Statement } from '../../../../src/domain/attestation.js'

const statement: Statement = {
  _type: statementType,
  subject: [{ name: 'shop', digest: { sha256: 'a'.repeat(64) } }],
  predicateType: 'urn:test:1',
  predicate: { said: 'grüß Gott' },
}

const opened = (envelope: Envelope) => openEnvelope(JSON.stringify(envelope))

describe.each(['ed25519', 'p256'] as const)('an envelope signed with %s', kind => {
  const keys = makeKeys(kind, undefined)
  const key = readPrivateKey(keys.private, undefined)
  const envelope = sealStatement(statement, key)
  const isGood = (changed: Envelope): boolean => {
    const read = opened(changed)
    return read !== undefined && isSignedBy(read, publicKeyOf(key))
  }

  test('is signed by its key, and by no other', () => {
    expect(isGood(envelope)).toBe(true)
    const other = readPublicKey(makeKeys(kind, undefined).public)
    expect(isSignedBy(opened(envelope)!, other)).toBe(false)
  })

  test('is refused after a change to any one character of its payload, its type or its signature', () => {
    const [signature] = envelope.signatures
    const changes = [
      ...changesOf(envelope.payload).map(payload => ({ ...envelope, payload })),
      ...changesOf(envelope.payloadType).map(payloadType => ({ ...envelope, payloadType })),
      ...changesOf(signature!.sig).map(sig => ({ ...envelope, signatures: [{ ...signature!, sig }] })),
    ]
    expect(changes.length).toBeGreaterThan(300)
    expect(changes.filter(isGood)).toEqual([])
  })

  test('may be written in the other alphabet of base64', () => {
    const [signature] = envelope.signatures
    expect(isGood({ ...envelope, payload: url(envelope.payload), signatures: [{ ...signature!, sig: url(signature!.sig) }] })).toBe(true)
  })

  test('a key with a passphrase signs only with it', () => {
    const { private: pem } = makeKeys(kind, 'open sesame')
    expect(pem).toContain('BEGIN ENCRYPTED PRIVATE KEY')
    expect(readPrivateKey(pem, 'open sesame').type).toBe('private')
    expect(() => readPrivateKey(pem, 'other')).toThrow('another passphrase than CALLSHEET_KEY_PASSPHRASE')
    expect(() => readPrivateKey(pem, undefined)).toThrow('it is encrypted. Set CALLSHEET_KEY_PASSPHRASE')
  })
})

const url = (text: string): string => text.replaceAll('+', '-').replaceAll('/', '_')
const b64u = (decimal: string): string => Buffer.from(BigInt(decimal).toString(16).padStart(64, '0'), 'hex').toString('base64url')

/** A text with each of its characters changed, one at a time. */
function changesOf(text: string): string[] {
  return Array.from({ length: text.length }, (_, i) => `${text.slice(0, i)}${text[i] === 'A' ? 'B' : 'A'}${text.slice(i + 1)}`)
}

test('the example of the specification verifies: P-256, with r and s as they are', () => {
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: b64u('46950820868899156662930047687818585632848591499744589407958293238635476079160'),
    y: b64u('5640078356564379163099075877009565129882514886557779369047442380624545832820'),
  }
  const key = createPublicKey({ key: jwk, format: 'jwk' }) as PublicKey
  const envelope = {
    payload: Buffer.from('hello world').toString('base64'),
    payloadType: 'http://example.com/HelloWorld',
    signatures: [{ keyid: '', sig: 'A3JqsQGtVsJ2O2xqrI5IcnXip5GToJ3F+FnZ+O88SjtR6rDAajabZKciJTfUiHqJPcIAriEGAHTVeCUjW2JIZA==' }],
  }
  expect(preAuthentication(envelope.payloadType, Buffer.from('hello world')).toString()).toBe(
    'DSSEv1 29 http://example.com/HelloWorld 11 hello world',
  )
  expect(isSignedBy(opened(envelope)!, key)).toBe(true)
  expect(isSignedBy(opened({ ...envelope, payload: Buffer.from('hello World').toString('base64') })!, key)).toBe(false)
})

test('lengths are those of bytes', () => {
  expect(preAuthentication('ü', Buffer.from('ß')).toString()).toBe('DSSEv1 2 ü 2 ß')
})

test.each([
  '',
  'null',
  '[]',
  '{}',
  '{"payload":"!","payloadType":"x","signatures":[]}',
  '{"payload":"QQ==","payloadType":1,"signatures":[]}',
])('%s is no envelope', text => expect(openEnvelope(text)).toBeUndefined())

test('keys of other kinds are refused, with what to do', () => {
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string
  expect(() => readPrivateKey(pem, undefined)).toThrow('Use Ed25519 or P-256')
  const p384 = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  expect(() => readPublicKey(p384.publicKey.export({ type: 'spki', format: 'pem' }) as string)).toThrow('Use Ed25519 or P-256')
  expect(() => readPrivateKey('-----BEGIN OPENSSH PRIVATE KEY-----\nAA\n', undefined)).toThrow('callsheet key --sign')
  expect(() => readPrivateKey('no key', undefined)).toThrow('it is not a key in PEM')
  expect(() => readPublicKey(pem)).toThrow('it is a private key')
})

test('a signature of another length never holds', () => {
  const key = readPrivateKey(makeKeys('p256', undefined).private, undefined)
  const envelope = sealStatement(statement, key)
  const raw = sign('sha256', preAuthentication(envelope.payloadType, Buffer.from(envelope.payload, 'base64')), {
    key,
    dsaEncoding: 'ieee-p1363',
  })
  const withSig = (sig: Buffer) => opened({ ...envelope, signatures: [{ keyid: '', sig: sig.toString('base64') }] })!
  expect(isSignedBy(withSig(raw), publicKeyOf(key))).toBe(true)
  for (const sig of [raw.subarray(1), Buffer.concat([raw, Buffer.from([0])]), Buffer.alloc(0), Buffer.alloc(64)]) {
    expect(isSignedBy(withSig(sig), publicKeyOf(key))).toBe(false)
  }
})
