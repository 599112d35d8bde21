import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeKeyFiles } from '../../../src/app/attest/make-key.js'
import { readTrustedKeys } from '../../../src/app/attest/trusted-keys.js'
import { verifyResult } from '../../../src/app/attest/verify-result.js'
import { copyKept } from '../../../src/app/copy-kept.js'
import { copyResult } from '../../../src/app/copy-result.js'
import { defaultAdapters } from '../../../src/app/registry.js'
import { openService } from '../../../src/app/serve/open-service.js'
import { createKey, readProjects } from '../../../src/app/serve/projects.js'
import type { Service } from '../../../src/app/serve/service.js'
import { watchResult } from '../../../src/app/watch-result.js'
import { createServer } from '../../../src/server/create-server.js'

// People sign a result on the pages of a server; what `watch --out` saves of it verifies.

const [ada, ben, bot] = [createKey(), createKey(), createKey()]
const folder = mkdtempSync(join(tmpdir(), 'callsheet-sign-'))
const path = (name: string): string => join(folder, name)
const use = await defaultAdapters({})
let service: Service
let server: Awaited<ReturnType<typeof createServer>>
let base: string

beforeAll(async () => {
  for (const name of ['ci', 'ada', 'ben']) makeKeyFiles(path(name), name === 'ada' ? 'p256' : 'ed25519', 'secret')
  writeFileSync(
    path('keys.yaml'),
    `keys:
  - { name: CI, public: ci.pub.pem, roles: [ci] }
  - { name: Ada, public: ada.pub.pem, roles: [qa] }
  - { name: Ben, public: ben.pub.pem, roles: [ops] }
`,
  )
  writeFileSync(
    path('agent.mjs'),
    `export default (_, { scenario: { key } }) => ({ content: key === 'b' ? 'Pardon?' : 'Hello.', end: true })`,
  )
  writeFileSync(
    path('suite.yaml'),
    `version: 1
suite: { name: Shop }
agents: { shop: { id: 7, connection: { type: module, path: agent.mjs } } }
scenarios:
  a: { id: 1, script: { first_message: Hi. }, expect: [{ agent_says: { contains: Hello } }] }
  b: { id: 2, script: { first_message: Hi. }, expect: [{ agent_says: { contains: Hello } }] }
`,
  )
  const file = `projects:
  shop:
    id: 1
    suites: [suite.yaml]
    keys:
      - { key: "${ada.hash}", name: Ada <b>Park</b>, roles: [QA lead, product], sign_key: ada.key.pem }
      - { key: "${ben.hash}", name: Ben, roles: [ops], sign_key: ben.key.pem }
      - "${bot.hash}"
`
  const read = readProjects(file, 'projects.yaml', folder)
  if ('problems' in read) throw new Error(read.problems.join())
  service = await openService(
    {
      projects: read.projects,
      cwd: folder,
      environment: { CALLSHEET_KEY_PASSPHRASE: 'secret' },
      database: path('data'),
      attest: path('ci.key.pem'),
      concurrency: 5,
      onDiagnostics: () => undefined,
      onTrouble: () => undefined,
    },
    use,
  )
  server = await createServer(service, { requestsPerSecond: 0 })
  await server.listen({ port: 0 })
  base = `http://127.0.0.1:${(server.server.address() as AddressInfo).port}`
})
afterAll(async () => {
  await server.close()
  await service[Symbol.asyncDispose]()
  rmSync(folder, { recursive: true, force: true })
})

async function finished(scenarios: number[]): Promise<number> {
  const answer = await fetch(`${base}/test_framework/v1/scenarios/run_scenarios/`, {
    method: 'POST',
    body: JSON.stringify({ agent_id: 7, scenarios }),
    headers: { 'x-cekura-api-key': bot.key, 'content-type': 'application/json' },
  })
  const { id } = (await answer.json()) as { id: number }
  await service.conductor.settled(id)
  return id
}

/** A browser that has signed in. */
async function visitor(key: string) {
  const entered = await fetch(`${base}/ui/session`, { method: 'POST', body: new URLSearchParams({ key }), redirect: 'manual' })
  const cookie = entered.headers.get('set-cookie')!.split(';')[0]!
  const get = async (url: string) => (await fetch(base + url, { headers: { cookie } })).text()
  const send = async (url: string, fields: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}) => {
    const [, token = ''] = /name="token" value="([^"]*)"/.exec(await get('/ui/')) ?? []
    const body = new URLSearchParams({ token, ...fields })
    const answer = await fetch(base + url, { method: 'POST', body, headers: { cookie, ...headers }, redirect: 'manual' })
    return { status: answer.status, text: await answer.text() }
  }
  return { get, send }
}

async function saved(result: number): Promise<string> {
  const place = path(`saved-${result}-${Math.random()}`)
  const reach = { apiKey: bot.key, signal: new AbortController().signal }
  await using copy = await copyResult(place, use)
  await watchResult(`${base}/results/${result}`, { ...reach, show: event => copy.add(event) }, use)
  await copy.keep()
  await copyKept(`${base}/results/${result}`, place, reach, use)
  return place
}

async function verified(place: string, required: string[]) {
  const { holds, lines } = await verifyResult(place, { keys: readTrustedKeys(path('keys.yaml')), required, allowSameKey: false }, use)
  return { holds, wrong: lines.filter(line => line.holds !== 'yes').map(({ found }) => found) }
}

const form = { role: 'QA lead', decision: 'approve', meaning: 'approval', reason: '', until: '', read: 'yes' }
const exception = { 'reason-0': 'a <i>known bug', 'issue-0': 'S-1', 'owner-0': 'Ada', 'expires-0': '' }

test('who may sign approves a result, and everything about it holds where it was saved', async () => {
  const id = await finished([1])
  const person = await visitor(ada.key)
  expect(await person.get(`/ui/results/${id}/`)).toMatch(/Signed: nobody yet.*/)
  expect(await person.get(`/ui/results/${id}/sign`)).toContain('You sign as <strong><bdi>Ada &lt;b>Park&lt;/b>')
  // Sent twice, and by two at once, a sign-off counts once.
  const sent = await Promise.all([person.send(`/ui/results/${id}/sign`, form), person.send(`/ui/results/${id}/sign`, form)])
  expect(sent.map(({ status }) => status)).toEqual([303, 303])
  expect(await person.get(`/ui/results/${id}/`)).toMatch(/Ada &lt;b>Park&lt;\/b>.*QA lead.*approves the result \(approval\)/)
  expect(await person.get('/ui/')).toContain('✓ Ada &lt;b>Park&lt;/b>, QA lead')
  expect(await person.get(`/ui/results/${id}/report.html`)).toContain('approves the result (approval)')

  const place = await saved(id)
  expect(readFileSync(join(place, 'result.intoto.jsonl'), 'utf8').match(/\n/g)).toHaveLength(2)
  expect(await verified(place, ['qa'])).toEqual({ holds: 'yes', wrong: [] })
  writeFileSync(join(place, 'journal.jsonl'), readFileSync(join(place, 'journal.jsonl'), 'utf8').replace('Hello.', 'Hullo.'))
  expect((await verified(place, ['qa'])).holds).toBe('no')

  const [link = ''] = /\/share\/[^"]*/.exec((await person.send(`/ui/results/${id}/share`, { days: '1' })).text) ?? []
  expect(await (await fetch(`${base}${link}/`)).text()).not.toMatch(/Park|Signed|Sign off/)
  expect((await fetch(`${base}${link}/sign`)).status).toBe(404)
})

test('a failed result needs an exception for everything that failed, and another person may reject it', async () => {
  const id = await finished([1, 2])
  const [one, other] = [await visitor(ada.key), await visitor(ben.key)]
  const expires = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10)
  const sign = (fields: object) => one.send(`/ui/results/${id}/sign`, { ...form, ...exception, ...fields })
  expect(await sign({ 'reason-0': '' })).toMatchObject({
    status: 400,
    text: expect.stringContaining('Exception 1 has no reason.') as string,
  })
  const none = { 'reason-0': '', 'issue-0': '', 'owner-0': '' }
  expect((await sign(none)).text).toMatch(/Not signed.*no exception covers .*b: agent says contains/)
  expect((await sign({ decision: 'reject' })).text).toContain('A rejection needs a reason.')
  expect(await verified(await saved(id), []).catch(({ message }: Error) => message)).toContain('has no envelopes')

  expect((await sign({ 'expires-0': expires })).status).toBe(303)
  expect(await verified(await saved(id), ['qa'])).toEqual({ holds: 'yes', wrong: [] })
  const rejection = { ...form, role: 'ops', decision: 'reject', reason: 'no' }
  expect((await other.send(`/ui/results/${id}/sign`, rejection)).status).toBe(303)
  expect((await verified(await saved(id), ['qa'])).wrong).toEqual(['Ben rejected the result: no'])
  expect(await one.get('/ui/')).toContain('✗ rejected by Ben, ops')
})

test('nobody else signs: not by another key, another role, a form of another site, nor what is not asked', async () => {
  const id = await finished([1])
  const url = `/ui/results/${id}/sign`
  const [person, program] = [await visitor(ada.key), await visitor(bot.key)]
  expect(await program.get(`/ui/results/${id}/`)).not.toContain('Sign off')
  expect((await program.send(url, form)).status).toBe(403)
  expect((await person.send(url, { ...form, token: 'forged' })).status).toBe(403)
  expect((await person.send(url, form, { 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  expect((await person.send(url, form, { origin: 'https://evil.example.com' })).status).toBe(403)
  for (const wrong of [{ role: 'ops' }, { meaning: 'rejection!' }, { decision: '' }, { read: '' }])
    expect((await person.send(url, { ...form, ...wrong })).status).toBe(400)
  expect((await person.send('/ui/results/999/sign', form)).status).toBe(404)
  expect(await person.get('/ui/')).not.toContain(`✓ Ada &lt;b>Park&lt;/b>, ops`)
})
