import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFromJSON } from '@sigstore/bundle'
import { toSignedEntity, Verifier } from '@sigstore/verify'
import { createPublicKey, type KeyObject } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { preAuthentication } from '../../src/adapters/attest/dsse.js'
import { readTrustedKeys, type TrustedKey } from '../../src/app/attest/trusted-keys.js'
import { verifyResult } from '../../src/app/attest/verify-result.js'
import { defaultAdapters } from '../../src/app/registry.js'
import type { Envelope } from '../../src/domain/attestation.js'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// A result that passes and one that does not, attested by a machine and signed off by people.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)
const digest = `sha256:${'1f'.repeat(32)}`
const clock = { CALLSHEET_LOGICAL_CLOCK: '2026-03-09T12:00:00Z' }
const run = (...args: string[]) => callsheet(args, folder.path, clock)
const runAt = (now: string, ...args: string[]) => callsheet(args, folder.path, { CALLSHEET_LOGICAL_CLOCK: now })
const signoff = (result: string, ...args: string[]) => run('signoff', result, '--name', 'Ada Park', '--role', 'QA lead', '--yes', ...args)
const verify = (result: string, ...args: string[]) => run('verify', result, '--keys', 'keys.yaml', ...args)

beforeAll(async () => {
  writeFileSync(
    path('agent.mjs'),
    `export default (_message, { scenario: { key } }) => ({ content: process.env.BROKEN === key ? 'Pardon?' : 'Good morning.', end: true })\n`,
  )
  writeFileSync(
    path('suite.yaml'),
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs }, identity: { version: "4.2.1", digest: "${digest}" } } }
scenarios:
  a: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
  b: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
`,
  )
  for (const [name, kind] of [
    ['ci', 'ed25519'],
    ['lead', 'p256'],
    ['other', 'ed25519'],
  ] as const) {
    await run('key', '--sign', '--out', name, '--kind', kind)
  }
  writeFileSync(
    path('keys.yaml'),
    `keys:
  - { name: CI, public: ci.pub.pem, roles: [ci] }
  - { name: Ada Park, public: lead.pub.pem, roles: [qa] }
`,
  )
  await run('run', 'suite.yaml', '--out', 'good', '--reporter', 'none', '--attest', 'ci.key.pem')
  await callsheet(['run', 'suite.yaml', '--out', 'bad', '--reporter', 'none', '--attest', 'ci.key.pem'], folder.path, {
    ...clock,
    BROKEN: 'b',
  })
})

test('who verifies a part of a suite is told that it is one', async () => {
  await run('run', 'suite.yaml', '--filter', 'shop/a', '--out', 'part', '--reporter', 'none', '--attest', 'ci.key.pem')
  await signoff('part', '--key', 'lead.key.pem')
  const part = 'Only a part of the suite ran, or not as often as it says: filter'
  expect((await verify('part', '--require', 'qa')).stdout).toContain(`PASSED: 0 cases failed. ${part}\n`)
  expect((await verify('part', '--require', 'qa,qa')).stdout).toContain('nobody else has signed as qa')
  rmSync(join(path('part'), 'journal.jsonl'))
  expect((await verify('part/result.intoto.jsonl')).stdout).toContain('PASSED: 0 cases failed. FILTERED\n')
})

/** A copy of a result, to spoil. */
function copyOf(result: string, name: string): string {
  rmSync(path(name), { recursive: true, force: true })
  cpSync(path(result), path(name), { recursive: true })
  return path(name)
}

/** The words on the page of a result. */
async function pageOf(name: string): Promise<string> {
  await run('report', name, '--reporter', 'none', '--html', 'shown.html')
  return readFileSync(path('shown.html'), 'utf8').replaceAll(/<script[^]*?<\/script>|<[^>]*>/g, '')
}

const exceptionsFor = (expires: string, check = '*morning*') =>
  `waivers:\n  - { case: shop/b, check: "${check}", reason: known, issue: SHOP-7, owner: Ada Park, expires: "${expires}" }\n`

const verdictOn = async (place: string, keys: readonly TrustedKey[]): Promise<string> =>
  (await verifyResult(place, { keys, required: ['qa'], allowSameKey: false }, await defaultAdapters(clock))).holds

const envelopes = (): Envelope[] =>
  readFileSync(path('good/result.intoto.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map(line => JSON.parse(line) as Envelope)
const signed = () =>
  [
    { envelope: envelopes()[0]!, name: 'ci' },
    { envelope: envelopes()[1]!, name: 'lead' },
  ] as const
const tampered = (envelope: Envelope): Envelope => ({
  ...envelope,
  payload: Buffer.from(
    Buffer.from(envelope.payload, 'base64').toString('utf8').replace('PASSED', 'FAILED').replace('approved', 'APPROVED'),
  ).toString('base64'),
})

describe('a result that passed', () => {
  test('is attested, signed off and verified; the key of another, and a role that nobody has, are not enough', async () => {
    expect((await signoff('good', '--key', 'lead.key.pem', '--sigstore')).exit).toBe(0)
    const good = await verify('good', '--require', 'qa', '--suite', 'suite.yaml', '--digest', digest)
    expect([good.exit, good.stdout]).toEqual([0, expect.stringContaining('HOLDS')])
    expect(good.stdout).not.toMatch(/[✗?]/)
    expect((await verify('good', '--require', 'qa,product')).exit).toBe(1)
    expect((await verify('good', '--digest', `sha256:${'2f'.repeat(32)}`)).exit).toBe(1)
    const unknown = await run('verify', 'good')
    expect([unknown.exit, unknown.stdout]).toEqual([3, expect.stringContaining('CANNOT TELL')])
    const json = JSON.parse((await verify('good', '--json')).stdout) as { holds: string; lines: readonly unknown[] }
    expect(json.holds).toBe('yes')
  })

  test('says on its page who signed it, and of a copied envelope that it is about another result', async () => {
    const place = copyOf('good', 'shown')
    rmSync(join(place, 'result.intoto.jsonl'))
    expect(await pageOf('shown')).toContain('Signed: nobody yet.')
    await run('attest', 'shown', '--key', 'ci.key.pem')
    await signoff('shown', '--key', 'lead.key.pem')
    const seen = await pageOf('shown')
    expect(seen).toMatch(
      /Signed: Ada Park, QA lead, approves the result \(approval\), 2026-03-09 12:00 UTC, key SHA256:[0-9a-f]{12}\. Says so; check with callsheet verify\./,
    )
    expect(seen).not.toContain('another result')
    cpSync(join(place, 'result.intoto.jsonl'), join(copyOf('bad', 'borrowed'), 'result.intoto.jsonl'))
    expect(await pageOf('borrowed')).toContain('approves the result (approval), but of another result than this one')
  })

  test('attested twice has the same bytes, and says so once', async () => {
    const before = readFileSync(path('good/result.intoto.jsonl'), 'utf8')
    await run('attest', 'good', '--key', 'ci.key.pem')
    expect(readFileSync(path('good/result.intoto.jsonl'), 'utf8')).toBe(before)
  })

  test('its predicate alone is for others to sign', async () => {
    const { stdout } = await run('attest', 'good', '--predicate', 'predicate.json')
    expect(stdout).toContain(`subject  shop  ${digest}`)
    expect(JSON.parse(readFileSync(path('predicate.json'), 'utf8'))).toMatchObject({ result: 'PASSED', failedTests: [] })
  })

  test('does not verify once the suite has changed, or the thresholds', async () => {
    writeFileSync(
      path('changed.yaml'),
      readFileSync(path('suite.yaml'), 'utf8').replace('scenarios:', 'thresholds: { pass_rate: 0.5 }\nscenarios:'),
    )
    const { exit, stdout } = await verify('good', '--suite', 'changed.yaml')
    expect(exit).toBe(1)
    expect(stdout).toContain('the thresholds have changed since')
  })

  test('cannot be signed by the key that attested it, unless that is allowed, and verify asks again', async () => {
    const place = copyOf('good', 'same-key')
    const refused = await signoff(place, '--key', 'ci.key.pem')
    expect([refused.exit, refused.stderr]).toEqual([2, expect.stringContaining('may not sign it off as well')])
    const allowed = await signoff(place, '--key', 'ci.key.pem', '--allow-same-key')
    expect(allowed.stderr).toContain('warning: The key that attested the result may sign it off')
    expect((await verify(place)).stdout).toContain('CI also attested the result')
    expect((await verify(place, '--allow-same-key')).exit).toBe(0)
  })

  test('a sign-off has an end', async () => {
    const place = copyOf('good', 'short')
    expect((await signoff(place, '--key', 'lead.key.pem', '--valid-until', '2026-03-08')).exit).toBe(2)
    await signoff(place, '--key', 'lead.key.pem', '--valid-until', '2026-03-10')
    const at = (now: string) => runAt(now, 'verify', place, '--keys', 'keys.yaml')
    expect((await at('2026-03-10T23:59:59Z')).exit).toBe(0)
    const over = await at('2026-03-11T00:00:00Z')
    expect([over.exit, over.stdout]).toEqual([1, expect.stringContaining('it was valid until the end of 2026-03-10 UTC')])
  })

  test('is not signed where nobody can be asked', async () => {
    const { exit, stderr } = await run('signoff', 'good', '--key', 'lead.key.pem', '--name', 'Ada', '--role', 'QA')
    expect([exit, stderr]).toEqual([2, expect.stringContaining('add --yes')])
  })
})

describe('a result that failed', () => {
  test('is approved only with an exception for everything that failed, while it lasts', async () => {
    const refused = await signoff('bad', '--key', 'lead.key.pem')
    expect([refused.exit, refused.stderr]).toEqual([
      2,
      expect.stringContaining('no exception covers shop/b: agent says contains "morning"'),
    ])
    writeFileSync(path('wrong.yaml'), exceptionsFor('2026-04-01', 'tool*'))
    expect((await signoff('bad', '--key', 'lead.key.pem', '--exceptions', 'wrong.yaml')).exit).toBe(2)
    writeFileSync(path('over.yaml'), exceptionsFor('2026-03-08'))
    expect((await signoff('bad', '--key', 'lead.key.pem', '--exceptions', 'over.yaml')).stderr).toContain(
      'expired at the end of 2026-03-08 UTC',
    )
    writeFileSync(path('malformed.yaml'), 'waivers: [{ case: shop/b }]\n')
    expect((await signoff('bad', '--key', 'lead.key.pem', '--exceptions', 'malformed.yaml')).stderr).toContain('Exception 1 has no reason')
    expect((await verify('bad')).stdout).toContain('✗ verdict')

    writeFileSync(path('fit.yaml'), exceptionsFor('2026-03-20'))
    expect((await signoff('bad', '--key', 'lead.key.pem', '--exceptions', 'fit.yaml')).stdout).toContain(
      'Signed: Ada Park, QA lead, approves the result with 1 exception (approval)',
    )
    const excepted = await verify('bad', '--require', 'qa')
    expect([excepted.exit, excepted.stdout]).toEqual([0, expect.stringContaining('FAILED: 1 case failed; 1 exception by Ada Park')])
    const over = await runAt('2026-03-21T00:00:00Z', 'verify', 'bad', '--keys', 'keys.yaml')
    expect([over.exit, over.stdout]).toEqual([1, expect.stringContaining('the exception for shop/b expired')])
  })

  test('is rejected with a reason, which means rejection wherever it is shown, and then no longer holds', async () => {
    const place = copyOf('bad', 'rejected')
    // As the machine attested it, whoever has signed it since.
    const file = join(place, 'result.intoto.jsonl')
    writeFileSync(file, `${readFileSync(file, 'utf8').split('\n')[0]}\n`)
    const reject = (...more: string[]) => signoff(place, '--key', 'lead.key.pem', '--reject', ...more)
    expect((await reject()).stderr).toContain('needs a reason')
    expect((await reject('--reason', 'wrong build', '--meaning', 'approval')).stderr).toContain('A rejection cannot mean approval.')
    expect((await signoff(place, '--key', 'lead.key.pem', '--meaning', 'rejection')).stderr).toContain('An approval cannot mean rejection.')
    const words = 'Ada Park, QA lead, rejects the result (rejection)'
    expect((await reject('--reason', 'wrong build')).stdout).toContain(`Signed: ${words}\n`)
    const { exit, stdout } = await verify(place)
    expect([exit, stdout]).toEqual([1, expect.stringContaining('Ada Park rejected the result: wrong build')])
    expect(stdout).toMatch(/✓ sign-off 2 +Ada Park, QA lead, rejects the result \(rejection\), 2026-03-09T12:00:00.000Z/)
    const page = await pageOf('rejected')
    expect(page.split(words).length).toBeGreaterThan(1)
    expect(page).toContain('Reason: wrong build')
    expect(page).not.toContain('(approval)')
  })

  test('is rejected by whoever only reviewed it', async () => {
    const place = copyOf('bad', 'reviewed')
    const { stdout } = await signoff(place, '--key', 'lead.key.pem', '--reject', '--reason', 'wrong build', '--meaning', 'review')
    expect(stdout).toContain('rejects the result (review)')
  })
})

describe('what cannot be attested', () => {
  test('a result that is not over, that was edited, or that nobody attested', async () => {
    const cut = copyOf('good', 'cut')
    const lines = readFileSync(join(cut, 'journal.jsonl'), 'utf8').trimEnd().split('\n')
    writeFileSync(join(cut, 'journal.jsonl'), `${lines.slice(0, -1).join('\n')}\n`)
    expect((await run('attest', cut, '--key', 'ci.key.pem')).stderr).toContain('is not over')

    const edited = copyOf('bad', 'edited')
    const journal = readFileSync(join(edited, 'journal.jsonl'), 'utf8')
    writeFileSync(join(edited, 'journal.jsonl'), journal.replace('"verdict":"failed"', '"verdict":"passed"'))
    expect((await run('attest', edited, '--key', 'ci.key.pem')).stderr).toContain('contradicts itself')
    expect((await signoff(edited, '--key', 'lead.key.pem')).stderr).toContain('contradicts itself')
    const seen = await verify(edited)
    expect([seen.exit, seen.stdout]).toEqual([1, expect.stringContaining('✗ recount')])

    const bare = copyOf('good', 'bare')
    rmSync(join(bare, 'result.intoto.jsonl'))
    expect((await signoff(bare, '--key', 'lead.key.pem')).stderr).toContain('Nobody has attested')
    expect((await verify(bare)).exit).toBe(2)
  })

  test('nothing, with a key that is none', async () => {
    expect((await run('attest', 'good', '--key', 'suite.yaml')).stderr).toContain('The key suite.yaml cannot be used')
    expect((await run('attest', 'good', '--key', 'gone.pem')).stderr).toContain('Cannot read the key gone.pem')
    expect((await run('attest', 'good')).stderr).toContain('Name a key with --key')
    const before = await run('run', 'suite.yaml', '--out', 'never', '--attest', 'gone.pem')
    expect([before.exit, existsSync(path('never'))]).toEqual([2, false])
  })
})

describe('a byte that somebody changed', () => {
  test('is found wherever it is: each 97th of the journal, and each of the payloads, types and signatures', async () => {
    const keys = readTrustedKeys(path('keys.yaml'))
    expect(await verdictOn(path('good'), keys)).toBe('yes')
    const place = copyOf('good', 'spoiled')
    const journal = readFileSync(join(place, 'journal.jsonl'))
    const found: string[] = []
    for (let at = 0; at < journal.length; at += 97) {
      const spoiled = Buffer.from(journal)
      spoiled[at] = journal[at] === 0x20 ? 0x21 : 0x20
      writeFileSync(join(place, 'journal.jsonl'), spoiled)
      found.push(await verdictOn(place, keys))
    }
    expect(found.length).toBeGreaterThan(30)
    expect(new Set(found)).toEqual(new Set(['no']))
    writeFileSync(join(place, 'journal.jsonl'), journal)
    expect(await verdictOn(place, keys)).toBe('yes')

    const written = readFileSync(join(place, 'result.intoto.jsonl'), 'utf8')
    const good: number[] = []
    for (const [from, to] of valuesIn(written)) {
      for (let at = from; at < to; at += 3) {
        writeFileSync(
          join(place, 'result.intoto.jsonl'),
          `${written.slice(0, at)}${written[at] === 'A' ? 'B' : 'A'}${written.slice(at + 1)}`,
        )
        if ((await verdictOn(place, keys)) === 'yes') good.push(at)
      }
    }
    expect(good).toEqual([])
  }, 120_000)
})

/** The places of payloads, types and signatures. */
function valuesIn(text: string): [number, number][] {
  return [...text.matchAll(/"(?:payload|payloadType|sig)":"([^"]*)"/g)].map(match => {
    const from = match.index + match[0].length - 1 - match[1]!.length
    return [from, from + match[1]!.length]
  })
}

describe('verifiers that are not ours', () => {
  test('@sigstore/verify accepts the bundles of both kinds of keys, and not a changed word', async () => {
    await run('attest', 'good', '--key', 'ci.key.pem', '--sigstore')
    for (const [i, { name }] of signed().entries()) {
      const json = JSON.parse(readFileSync(path(`good/${i + 1}.sigstore.json`), 'utf8')) as { dsseEnvelope: Envelope }
      expect(() => sigstore(json, createPublicKey(readFileSync(path(`${name}.pub.pem`), 'utf8')))).not.toThrow()
      const changed = { ...json, dsseEnvelope: tampered(json.dsseEnvelope) }
      expect(() => sigstore(changed, createPublicKey(readFileSync(path(`${name}.pub.pem`), 'utf8')))).toThrow(/signature/i)
    }
  })

  test('and verify itself reads such a bundle, and not a changed word of it', async () => {
    const own = await verify('good/1.sigstore.json', '--digest', digest)
    expect([own.exit, own.stdout]).toEqual([0, expect.stringMatching(/✓ attestation +CI, .*✓ recount.*\n\nHOLDS\n/s)])
    const json = JSON.parse(readFileSync(path('good/1.sigstore.json'), 'utf8')) as { dsseEnvelope: Envelope }
    const place = copyOf('good', 'bundled')
    writeFileSync(join(place, '1.sigstore.json'), JSON.stringify({ ...json, dsseEnvelope: tampered(json.dsseEnvelope) }))
    const changed = await verify('bundled/1.sigstore.json')
    expect([changed.exit, changed.stdout]).toEqual([1, expect.stringContaining('✗ attestation')])
  })

  test.skipIf(spawnSync('openssl', ['version']).status !== 0)('openssl accepts them', () => {
    for (const { envelope, name } of signed()) {
      const check = (each: Envelope): number | null => {
        writeFileSync(path('pae'), preAuthentication(each.payloadType, Buffer.from(each.payload, 'base64')))
        writeFileSync(path('sig'), Buffer.from(each.signatures[0]!.sig, 'base64'))
        const args =
          name === 'ci'
            ? ['pkeyutl', '-verify', '-rawin', '-pubin', '-inkey', `${name}.pub.pem`, '-in', 'pae', '-sigfile', 'sig']
            : ['dgst', '-sha256', '-verify', `${name}.pub.pem`, '-signature', 'sig', 'pae']
        return spawnSync('openssl', args, { cwd: folder.path }).status
      }
      expect(check(envelope)).toBe(0)
      expect(check(tampered(envelope))).toBe(1)
    }
  })

  test.skipIf(spawnSync('/usr/bin/python3', ['-c', 'import securesystemslib']).status !== 0)(
    "Debian's securesystemslib accepts them",
    () => {
      for (const { envelope, name } of signed()) {
        const check = (each: Envelope): string => {
          writeFileSync(path('envelope.json'), JSON.stringify(each))
          return spawnSync('/usr/bin/python3', ['-c', securesystemslib, 'envelope.json', `${name}.pub.pem`], {
            cwd: folder.path,
            encoding: 'utf8',
          }).stdout.trim()
        }
        expect(check(envelope)).toBe('accepted')
        expect(check(tampered(envelope))).toBe('UnverifiedSignatureError')
      }
    },
  )
})

/** Checks a bundle with a key that is known by its id. Nobody else needs to have seen it: there is neither log nor time stamp. */
function sigstore(json: object, key: KeyObject): void {
  const trust = { publicKey: () => ({ publicKey: key, validFor: () => true }) }
  const none = { certificateAuthorities: [], timestampAuthorities: [], tlogs: [], ctlogs: [] }
  const verifier = new Verifier({ ...none, ...trust }, { tlogThreshold: 0, timestampThreshold: 0, ctlogThreshold: 0 })
  verifier.verify(toSignedEntity(bundleFromJSON(json)))
}

const securesystemslib = `
import base64, json, sys
from cryptography.hazmat.primitives import serialization
from securesystemslib import signer, exceptions
envelope = json.load(open(sys.argv[1]))
pem = open(sys.argv[2]).read()
body = base64.b64decode(envelope['payload'])
kind = envelope['payloadType'].encode()
pae = b'DSSEv1 %d %s %d %s' % (len(kind), kind, len(body), body)
public = serialization.load_pem_public_key(pem.encode())
signature = envelope['signatures'][0]
if 'EllipticCurve' in type(public).__name__:
    key = signer.SSlibKey(signature['keyid'], 'ecdsa', 'ecdsa-sha2-nistp256', {'public': pem})
else:
    raw = public.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)
    key = signer.SSlibKey(signature['keyid'], 'ed25519', 'ed25519', {'public': raw.hex()})
try:
    key.verify_signature(signer.Signature(signature['keyid'], base64.b64decode(signature['sig']).hex()), pae)
    print('accepted')
except exceptions.UnverifiedSignatureError as error:
    print(type(error).__name__)
except Exception as error:
    print(type(error).__name__)
`

const refusal = async (result: string, exceptions: string): Promise<string> => {
  writeFileSync(path('own.yaml'), exceptions)
  const { exit, stderr } = await signoff(result, '--key', 'lead.key.pem', '--exceptions', 'own.yaml')
  return exit === 2 ? stderr : `exit ${exit}`
}

/** A result that failed, of a suite whose waivers may last so many days. */
async function runLimited(name: string, days: number): Promise<void> {
  const suite = readFileSync(path('suite.yaml'), 'utf8').replace('scenarios:', `limits: { max_waiver: ${days} }\nscenarios:`)
  writeFileSync(path(`${name}.yaml`), suite)
  const options = ['--out', name, '--reporter', 'none', '--attest', 'ci.key.pem']
  expect((await callsheet(['run', `${name}.yaml`, ...options], folder.path, { ...clock, BROKEN: 'b' })).exit).toBe(1)
}

describe('exceptions of people keep the rules of waivers', () => {
  test('they last for 90 days at most, and cover something that failed', async () => {
    expect(await refusal(copyOf('bad', 'late'), exceptionsFor('2026-06-08'))).toContain('more than 90 days ahead')
    expect(await refusal(copyOf('bad', 'in-time'), exceptionsFor('2026-06-07'))).toBe('exit 0')
    const idle = 'covers no failure of the result'
    expect(await refusal(copyOf('good', 'idle'), exceptionsFor('2026-04-01'))).toContain(idle)
    const besides = exceptionsFor('2026-04-01').replace('waivers:\n', '').replace('shop/b', 'shop/nothing')
    expect(await refusal(copyOf('bad', 'besides'), exceptionsFor('2026-04-01') + besides)).toContain(idle)
  })

  test('they last as long as limits.max_waiver of the suite says, not longer', async () => {
    await runLimited('month', 30)
    expect(await refusal('month', exceptionsFor('2026-04-09'))).toContain('more than 30 days ahead (limits.max_waiver of the suite)')
    expect(await refusal('month', exceptionsFor('2026-04-08'))).toBe('exit 0')
    await runLimited('year', 365)
    expect(await refusal('year', exceptionsFor('2027-03-10'))).toContain('more than 365 days ahead')
    expect(await refusal('year', exceptionsFor('2027-03-09'))).toBe('exit 0')
  })

  test('a case that must pass needs even_must_pass', async () => {
    writeFileSync(
      path('critical.yaml'),
      readFileSync(path('suite.yaml'), 'utf8').replace('scenarios:', 'thresholds: { must_pass: { scenarios: [b] } }\nscenarios:'),
    )
    await callsheet(['run', 'critical.yaml', '--out', 'critical', '--reporter', 'none', '--attest', 'ci.key.pem'], folder.path, {
      ...clock,
      BROKEN: 'b',
    })
    const exceptions = exceptionsFor('2026-04-01')
    expect(await refusal('critical', exceptions)).toContain('(it must pass: its exception needs even_must_pass)')
    expect(await refusal('critical', exceptions.replace(' }', ', even_must_pass: true }'))).toBe('exit 0')
  })
})
