import { execFileSync } from 'node:child_process'
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFromJSON } from '@sigstore/bundle'
import { X509Certificate } from '@sigstore/core'
import { toSignedEntity, Verifier } from '@sigstore/verify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Envelope } from '../../src/domain/attestation.js'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// A result whose signatures openssl stamps, as an authority of time does.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)
const run = (...args: string[]) => callsheet(args, folder.path)
const openssl = (...args: string[]): void => void execFileSync('openssl', args, { cwd: folder.path, stdio: ['ignore', 'ignore', 'ignore'] })
const answer = (query: string, to: string, config = 'tsa.cnf', more: readonly string[] = []): void =>
  openssl('ts', '-reply', '-config', config, '-queryfile', query, '-out', to, ...more)
const verify = async (
  result: string,
  keys = 'keys.yaml',
): Promise<{ readonly exit: number | null; readonly stamps: readonly string[] }> => {
  const { exit, stdout } = await run('verify', result, '--keys', keys)
  return { exit, stamps: stdout.split('\n').filter(line => line.includes('time stamp')) }
}

/** A configuration of openssl for an authority: its own certificate and key, and what it says. */
const authority = (name: string): string => `[tsa]
default_tsa = own
[own]
serial = ${path('serial')}
signer_cert = ${path(`${name}.pem`)}
signer_key = ${path(`${name}.key`)}
signer_digest = sha256
certs = ${path('ca.pem')}
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
`

beforeAll(async () => {
  writeFileSync(path('agent.mjs'), `export default () => ({ content: 'Good morning.', end: true })\n`)
  writeFileSync(
    path('suite.yaml'),
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios: { a: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] } }
`,
  )
  writeFileSync(path('serial'), '01\n')
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'ca.key',
    '-out',
    'ca.pem',
    '-days',
    '30',
    '-subj',
    '/O=Cedarwood/CN=Root',
  )
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'x.key',
    '-out',
    'other-ca.pem',
    '-days',
    '30',
    '-subj',
    '/CN=Another root',
  )
  for (const [name, usage] of [
    ['tsa', 'critical,timeStamping'],
    ['web', 'serverAuth'],
  ] as const) {
    writeFileSync(path('usage.cnf'), `extendedKeyUsage = ${usage}\n`)
    openssl(
      'req',
      '-newkey',
      'rsa:2048',
      '-nodes',
      '-keyout',
      `${name}.key`,
      '-out',
      `${name}.csr`,
      '-subj',
      `/O=Cedarwood/CN=Clock ${name}`,
    )
    openssl(
      'x509',
      '-req',
      '-in',
      `${name}.csr`,
      '-CA',
      'ca.pem',
      '-CAkey',
      'ca.key',
      '-CAcreateserial',
      '-days',
      '20',
      '-extfile',
      'usage.cnf',
      '-out',
      `${name}.pem`,
    )
    writeFileSync(path(`${name}.cnf`), authority(name))
  }
  for (const name of ['ci', 'lead']) await run('key', '--sign', '--out', name, '--kind', name === 'ci' ? 'ed25519' : 'p256')
  const keys = `keys:\n  - { name: CI, public: ci.pub.pem, roles: [ci] }\n  - { name: Ada Park, public: lead.pub.pem, roles: [qa] }\n`
  writeFileSync(path('keys.yaml'), `${keys}authorities:\n  - { name: Cedarwood, certificate: ca.pem }\n`)
  writeFileSync(path('others.yaml'), `${keys}authorities:\n  - { name: Another, certificate: other-ca.pem }\n`)
  writeFileSync(path('none.yaml'), keys)
  await run('run', 'suite.yaml', '--out', 'good', '--reporter', 'none')
  await run('attest', 'good', '--key', 'ci.key.pem', '--sigstore', '--tsa-query', 'ci.tsq')
  await run('signoff', 'good', '--key', 'lead.key.pem', '--name', 'Ada Park', '--role', 'QA lead', '--yes', '--tsa-query', 'lead.tsq')
  answer('ci.tsq', 'ci.tsr')
  answer('lead.tsq', 'lead.tsr')
}, 60_000)

function copyOf(name: string): string {
  rmSync(path(name), { recursive: true, force: true })
  cpSync(path('good'), path(name), { recursive: true })
  return path(name)
}

test('an authority says when each signature was there, and verify checks what it says', async () => {
  expect((await verify('good')).stamps).toEqual([])
  for (const [name, number] of [
    ['ci', 1],
    ['lead', 2],
  ] as const) {
    const { exit, stdout } = await run('attest', 'good', '--tsa-file', `${name}.tsr`)
    expect([exit, stdout]).toEqual([0, expect.stringContaining(`wrote    good/${number}.tsr`)])
  }
  const { exit, stamps } = await verify('good')
  expect(stamps).toEqual([
    expect.stringMatching(/^✓ time stamp 1 +signed by \d{4}-\d\d-\d\dT[\d:.]+Z, says CN=Clock tsa, O=Cedarwood$/),
    expect.stringMatching(/^✓ time stamp 2 +signed by /),
  ])
  expect(exit).toBe(0)
  expect(await verify('good', 'others.yaml')).toEqual({
    exit: 1,
    stamps: Array(2).fill(expect.stringMatching(/^✗.*no trusted authority made it$/)),
  })
  expect(await verify('good', 'none.yaml')).toEqual({
    exit: 3,
    stamps: Array(2).fill(expect.stringMatching(/^\?.*no trusted authority was given/)),
  })
})

async function pageOf(result: string): Promise<string> {
  await run('report', result, '--reporter', 'none', '--html', `${result}.html`)
  return readFileSync(path(`${result}.html`), 'utf8').replaceAll(/<script[^]*?<\/script>|<[^>]*>/g, '')
}

test('pages show each stamp beside its signature, and what is wrong with one', async () => {
  const shown = await pageOf('good')
  const words = /Time stamp: \d{4}-\d\d-\d\d \d\d:\d\d UTC, says CN=Clock tsa, O=Cedarwood\./g
  // In the summary that of the person, in the record that of the machine, too.
  expect(shown.match(words)).toHaveLength(3)
  expect(shown).toMatch(
    /Signed: Ada Park, QA lead, .*? Time stamp: .*?, says CN=Clock tsa, O=Cedarwood\. Says so; check with callsheet verify\./,
  )
  const place = copyOf('swapped')
  cpSync(join(place, '1.tsr'), join(place, '2.tsr'))
  const swapped = await pageOf('swapped')
  expect(swapped.match(words)).toHaveLength(1)
  expect(swapped).toContain('✗ Time stamp: it is about another signature.')
  const bytes = readFileSync(path('ci.tsr'))
  bytes[bytes.length - 1]! ^= 0x01
  writeFileSync(join(place, '1.tsr'), bytes)
  expect(await pageOf('swapped')).toContain('✗ Time stamp: its signature is not that of its authority.')
  rmSync(join(place, '1.tsr'))
  rmSync(join(place, '2.tsr'))
  expect(await pageOf('swapped')).not.toContain('Time stamp')
})

test('the bundle for Sigstore has the stamp, and its own verifier holds it to the authority', () => {
  const entity = toSignedEntity(bundleFromJSON(JSON.parse(readFileSync(path('good/1.sigstore.json'), 'utf8'))))
  const publicKey: KeyObject = createPublicKey(readFileSync(path('ci.pub.pem')))
  const validFor = { start: new Date(0), end: new Date(8e15) }
  const verifierOf = (names: readonly string[]): Verifier => {
    const certChain = names.map(name => X509Certificate.parse(readFileSync(path(name), 'utf8')))
    const timestampAuthorities = [{ certChain, validFor }]
    const trust = {
      certificateAuthorities: [],
      timestampAuthorities,
      tlogs: [],
      ctlogs: [],
      publicKey: () => ({ publicKey, validFor: () => true }),
    }
    return new Verifier(trust, { tlogThreshold: 0, ctlogThreshold: 0, timestampThreshold: 1 })
  }
  expect(verifierOf(['tsa.pem', 'ca.pem']).verify(entity)).toBeDefined()
  expect(() => verifierOf(['web.pem', 'other-ca.pem']).verify(entity)).toThrow(/timestamp/)
})

test('each byte that a stamp signs counts, and so does whose signature it is about', async () => {
  const place = copyOf('spoilt')
  const bytes = readFileSync(path('ci.tsr'))
  const failed = { exit: 1, stamps: [expect.stringMatching(/^✗ time stamp 1/), expect.stringMatching(/^✓/)] }
  const { signatures } = JSON.parse(readFileSync(path('good/result.intoto.jsonl'), 'utf8').split('\n')[0]!) as Envelope
  const imprint = bytes.indexOf(createHash('sha256').update(Buffer.from(signatures[0]!.sig, 'base64')).digest())
  const time = bytes.indexOf(`${new Date().getUTCFullYear()}`, imprint)
  expect(Math.min(imprint, time)).toBeGreaterThan(0)
  // What was stamped, when, and the signature, which comes last. Certificates that come along are not signed.
  for (const at of [imprint, imprint + 31, time, time + 13, bytes.length - 256, bytes.length - 100, bytes.length - 1]) {
    const spoilt = Buffer.from(bytes)
    spoilt[at]! ^= 0x01
    writeFileSync(join(place, '1.tsr'), spoilt)
    expect(await verify('spoilt'), `byte ${at}`).toEqual(failed)
  }
  for (const other of [readFileSync(path('lead.tsr')), bytes.subarray(0, 200), Buffer.from('nonsense'), Buffer.alloc(0)]) {
    writeFileSync(join(place, '1.tsr'), other)
    expect(await verify('spoilt')).toEqual(failed)
  }
}, 120_000)

async function refused(...args: string[]): Promise<string> {
  const { exit, stderr } = await run('attest', 'good', ...args)
  expect(exit).toBe(2)
  return stderr
}

test('what is no stamp, or about nothing here, or made by a certificate for something else is refused in a sentence', async () => {
  writeFileSync(path('nonsense.tsr'), 'nonsense')
  expect(await refused('--tsa-file', 'nonsense.tsr')).toContain('cannot be used: it is not the answer of an authority (RFC 3161)')
  expect(await refused('--tsa-file', 'missing.tsr')).toContain('Cannot read the time stamp missing.tsr')
  expect(await refused('--tsa-query', 'q.tsq')).toContain('--tsa-query is about a signature. Add --key.')
  openssl('ts', '-query', '-data', 'suite.yaml', '-sha256', '-cert', '-out', 'suite.tsq')
  answer('suite.tsq', 'suite.tsr')
  expect(await refused('--tsa-file', 'suite.tsr')).toContain('is about no signature in')
  openssl('ts', '-query', '-data', 'suite.yaml', '-sha1', '-out', 'sha1.tsq')
  answer('sha1.tsq', 'sha1.tsr')
  expect(await refused('--tsa-file', 'sha1.tsr')).toContain('the authority refused to make it')
  // openssl does not sign with such a certificate.
  expect(() => answer('ci.tsq', 'web.tsr', 'web.cnf')).toThrow(/openssl/)
  expect(existsSync(path('web.tsr'))).toBe(false)
})

test('a signer who says a later time than the authority is not believed', async () => {
  const place = copyOf('postdated')
  rmSync(join(place, '2.tsr'))
  const lines = readFileSync(join(place, 'result.intoto.jsonl'), 'utf8').split('\n')
  writeFileSync(join(place, 'result.intoto.jsonl'), `${lines[0]}\n`)
  const later = { CALLSHEET_LOGICAL_CLOCK: new Date(Date.now() + 3_600_000).toISOString() }
  const sign = [
    'signoff',
    'postdated',
    '--key',
    'lead.key.pem',
    '--name',
    'Ada Park',
    '--role',
    'QA lead',
    '--yes',
    '--tsa-query',
    'later.tsq',
  ]
  expect((await callsheet(sign, folder.path, later)).exit).toBe(0)
  answer('later.tsq', 'later.tsr')
  expect((await run('attest', 'postdated', '--tsa-file', 'later.tsr')).exit).toBe(0)
  expect(await pageOf('postdated')).toMatch(/✗ Time stamp: it is of .*, and its signer says only /)
  expect((await verify('postdated')).stamps.at(-1)).toMatch(/^✗ time stamp 2 +signed by .*, and its signer says only at /)
})
