import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { defaultAdapters } from '../../../src/app/registry.js'
import { openService } from '../../../src/app/serve/open-service.js'
import { createKey, createProjects, onlyProject, readProjects } from '../../../src/app/serve/projects.js'
import type { Service } from '../../../src/app/serve/service.js'
import { createServer } from '../../../src/server/create-server.js'
import { networkOf } from '../../../src/server/rate-limit.js'
import { openApi, type Api } from './api.js'
import { clinic } from './clinic.js'

const base = '/test_framework/v1'

describe('without a key the server answers to this machine only:', () => {
  let api: Api
  beforeAll(async () => {
    api = await openApi(clinic)
  })
  afterAll(async () => {
    await api[Symbol.asyncDispose]()
  })

  test.each(['localhost', 'localhost:8080', '127.0.0.1:8080', '127.9.9.9', '[::1]:8080'])('to %s', async host => {
    expect((await api.get('results/', { host })).status).toBe(200)
  })

  test.each(['evil.example.com', '10.0.0.1:8080', 'localhost.example.com', '[::1', 'localhost@evil.example.com'])(
    'not to %s, be it a name that was made to lead here',
    async host => {
      const { status, body } = await api.get('results/', { host })
      expect(status).toBe(403)
      expect(body.detail).toContain('answers only requests to localhost')
    },
  )

  test('not to pages from elsewhere, even where browsers ask nobody before they send a form', async () => {
    const form = { method: 'POST', url: `${base}/scenarios/run_scenarios/`, payload: 'agent_id=12&scenarios=1' } as const
    const type = 'application/x-www-form-urlencoded'
    expect((await api.send({ ...form, headers: { 'content-type': type, 'origin': 'https://evil.example.com' } })).status).toBe(403)
    expect((await api.send({ ...form, headers: { 'content-type': type, 'origin': 'null' } })).status).toBe(403)
    expect((await api.send({ ...form, headers: { 'content-type': type, 'origin': 'http://localhost:8080' } })).status).toBe(201)
  })

  test('and any number of requests', async () => {
    const answers = await Promise.all(Array.from({ length: 700 }, () => api.get('personalities/')))
    expect(answers.every(({ status }) => status === 200)).toBe(true)
  })
})

describe('of several projects', () => {
  const [clinicKey, shopKey] = [createKey(), createKey()]
  let folder: string
  let service: Service
  let server: Awaited<ReturnType<typeof createServer>>

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'callsheet-projects-'))
    writeFileSync(join(folder, 'clinic.yaml'), clinic.suite)
    writeFileSync(
      join(folder, 'shop.yaml'),
      clinic.suite.replace('Clinic', 'Shop').replace('id: 12', 'id: 13').replace('id: 1\n', 'id: 51\n'),
    )
    writeFileSync(join(folder, 'agent.mjs'), clinic.agent)
    const file = `projects:\n  clinic: { id: 1, suites: [clinic.yaml], keys: ["${clinicKey.hash}"] }\n  shop: { id: 2, suites: [shop.yaml], keys: ["${shopKey.hash}"] }\n`
    const read = readProjects(file, 'projects.yaml', folder)
    if ('problems' in read) throw new Error(read.problems.join())
    service = await openService(
      {
        projects: read.projects,
        cwd: folder,
        environment: {},
        database: join(folder, 'data'),
        concurrency: 10,
        onDiagnostics: () => undefined,
        onTrouble: () => undefined,
      },
      await defaultAdapters({}),
    )
    server = await createServer(service, { requestsPerSecond: 0 })
  })
  afterAll(async () => {
    await server.close()
    await service[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true, force: true })
  })

  const get = async (path: string, key?: string) =>
    server.inject({ method: 'GET', url: `${base}/${path}`, headers: key === undefined ? {} : { 'x-cekura-api-key': key } })
  const start = async (key: string, payload: object) =>
    server.inject({ method: 'POST', url: `${base}/scenarios/run_scenarios/`, headers: { 'x-cekura-api-key': key }, payload })

  test('a key opens its own', async () => {
    expect((await get('aiagents/', clinicKey.key)).json().results.map(({ id }: { id: number }) => id)).toEqual([12])
    expect((await get('aiagents/', shopKey.key)).json().results.map(({ id }: { id: number }) => id)).toEqual([13])
  })

  test('no key, or a wrong one, opens none', async () => {
    expect((await get('aiagents/')).statusCode).toBe(401)
    for (const key of ['', 'x', clinicKey.hash, clinicKey.key.toUpperCase(), `${clinicKey.key} `.repeat(2)]) {
      const { statusCode, body } = await get('aiagents/', key)
      expect({ key, statusCode, ...JSON.parse(body) }).toEqual({ key, statusCode: 403, detail: 'Invalid API key.' })
    }
  })

  test("what is another's is not there: not its agents, scenarios, folders, results, runs and idempotency keys", async () => {
    expect((await start(clinicKey.key, { agent_id: 13, scenarios: 'all' })).json()).toEqual({ agent_id: ['There is no agent 13.'] })
    expect((await start(clinicKey.key, { agent_id: 12, scenarios: [51, 1] })).json()).toEqual({ scenarios: ['Not found: 51.'] })
    expect((await start(clinicKey.key, { agent_id: 12, folder_path: 'Sales', project_id: 2 })).json()).toEqual({
      project_id: ['There is no project 2.'],
    })

    const started = (await start(shopKey.key, { agent_id: 13, scenarios: [51] })).json()
    await service.conductor.settled(started.id)
    expect((await get(`results/${started.id}/`, shopKey.key)).statusCode).toBe(200)
    expect((await get(`results/${started.id}/`, clinicKey.key)).statusCode).toBe(404)
    expect((await get(`runs/${started.runs[0].id}/`, clinicKey.key)).statusCode).toBe(404)
    expect((await get('results/', clinicKey.key)).json().count).toBe(0)
  })
})

const network = (ip: string): string => networkOf({ ip } as never)

describe('who asks too often', () => {
  const key = 'a-key-of-this-test'
  let api: Api
  beforeAll(async () => {
    api = await openApi({ ...clinic, environment: { CALLSHEET_API_KEY: key }, requestsPerSecond: 10 })
  })
  afterAll(async () => {
    await api[Symbol.asyncDispose]()
  })
  const statuses = async (count: number, headers: Record<string, string>, remoteAddress: string): Promise<number[]> => {
    const found = []
    for (let i = 0; i < count; i += 1)
      found.push((await api.send({ method: 'GET', url: `${base}/personalities/`, headers, remoteAddress })).status)
    return found
  }

  test('is told when to ask again', async () => {
    const found = await statuses(40, { 'x-cekura-api-key': key }, '192.0.2.1')
    expect(found.filter(status => status === 200).length).toBeGreaterThanOrEqual(20)
    expect(found.slice(20)).toContain(429)
    const again = () =>
      api.send({ method: 'GET', url: `${base}/personalities/`, headers: { 'x-cekura-api-key': key }, remoteAddress: '192.0.2.1' })
    // On a busy machine, time enough for another request may pass between two.
    let refused = await again()
    for (let more = 0; more < 40 && refused.status === 200; more += 1) refused = await again()
    expect(refused).toMatchObject({
      status: 429,
      body: { detail: expect.any(String) },
      headers: { 'retry-after': expect.stringMatching(/^[1-9]\d*$/) },
    })
  })

  test('guessing keys from one address is soon over, and bothers nobody elsewhere', async () => {
    const found = await statuses(20, { 'x-cekura-api-key': 'guess' }, '192.0.2.2')
    expect(found.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 403))
    expect(found.slice(10)).toContain(429)
    expect(await statuses(1, { 'x-cekura-api-key': 'guess' }, '192.0.2.3')).toEqual([403])
  })

  test('networks of IPv6 are told by their first half', () => {
    expect(network('2001:db8:1:2:3:4:5:6')).toBe(network('2001:db8:1:2::9'))
    expect(network('2001:db8::1')).toBe(network('2001:db8::2'))
    expect(network('2001:db8::1')).not.toBe(network('2001:db8:0:1::1'))
    expect(network('192.0.2.1')).toBe('192.0.2.1')
  })
})

const projectsWith = (key: string) =>
  readProjects(`projects:\n  clinic: { id: 4, suites: [a.yaml], keys: [${key}] }\n`, 'conf/p.yaml', '/srv')
const problemsOf = (text: string): readonly string[] => {
  const read = readProjects(text, 'p.yaml', '/srv')
  return 'problems' in read ? read.problems : []
}

describe('a file of projects', () => {
  const hash = createKey().hash
  test('names projects, their suites relative to itself, and keys', () => {
    expect(
      readProjects(`projects:\n  clinic: { id: 4, name: Our clinic, suites: [a.yaml, more/], keys: ["${hash}"] }\n`, 'conf/p.yaml', '/srv'),
    ).toEqual({
      projects: [{ project: { key: 'clinic', id: 4, name: 'Our clinic' }, paths: ['conf/a.yaml', 'conf/more'], keys: [hash], signers: [] }],
    })
  })

  test('names people who may sign, with whole settings only', () => {
    expect(projectsWith(`{ key: "${hash}", name: Ada, roles: [qa], sign_key: ada.pem }`)).toMatchObject({
      projects: [{ keys: [hash], signers: [{ apiKey: hash, name: 'Ada', roles: ['qa'], signKey: '/srv/conf/ada.pem' }] }],
    })
    for (const less of [
      'roles: [qa], sign_key: a',
      'name: "", roles: [qa], sign_key: a',
      'name: A, roles: [], sign_key: a',
      'name: A, roles: [qa], sign_key: a, x: 1',
    ])
      expect(projectsWith(`{ key: "${hash}", ${less} }`)).toEqual({
        problems: [expect.stringContaining('for its owner to sign results') as string],
      })
  })

  test('is as docs/security.md shows it', () => {
    const [, shown = ''] =
      /```yaml projects\n([^`]*)```/.exec(readFileSync(new URL('../../../docs/security.md', import.meta.url), 'utf8')) ?? []
    expect(problemsOf(shown)).toEqual([])
    expect(readProjects(shown, 'projects.yaml', '/srv')).toMatchObject({
      projects: [{ project: { key: 'clinic', id: 1 } }, { project: { key: 'shop' } }],
    })
  })

  test('tells all that is wrong with it at once', () => {
    expect(
      problemsOf(
        `projects:\n  a: { id: 0, suites: [], keys: [secret], nmae: x }\n  b: { id: 2, suites: [b], keys: ["${hash}"] }\n  c: { id: 2, suites: [c], keys: ["${hash}"] }\n  d: { id: 3, suites: [d] }\n`,
      ),
    ).toEqual([
      'p.yaml: projects.a: id must be an integer, 1 or more.',
      'p.yaml: projects.a: suites must be a list of suite files and folders.',
      'p.yaml: projects.a: keys must be a list of "sha256:<hex>". Make one with: callsheet key',
      'p.yaml: projects.a: nmae is not a known field. Use id, name, suites and keys.',
      'p.yaml: two projects have the id 2.',
      `p.yaml: ${hash.slice(0, 15)}... is listed twice. Give each project its own keys.`,
      'p.yaml: projects.d: every project needs a key if there are several. Make one with: callsheet key',
    ])
  })

  test.each(['', 'projects: {}', '[]', 'projects: [a]', 'x: 1'])('%j is none', text => {
    expect(problemsOf(text)).toEqual(['p.yaml has no projects. It must begin with projects:'])
  })

  test('may not be YAML', () => {
    expect(problemsOf('projects: {')).not.toEqual([])
  })
})

test('a key is random, and kept as its SHA-256', () => {
  const [one, two] = [createKey(), createKey()]
  expect(one.key).toMatch(/^cs_[\w-]{43}$/)
  expect(one.key).not.toBe(two.key)
  expect(one.hash).toBe(`sha256:${createHash('sha256').update(one.key).digest('hex')}`)
  const projects = createProjects(onlyProject(['a'], one.key))
  expect(projects.of(one.key)?.id).toBe(1)
  expect([projects.of(two.key), projects.of(undefined), projects.of('')]).toEqual([undefined, undefined, undefined])
})
