import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { startModelServer } from '../agents/model-server.js'
import { serve } from '../cli/served-place.js'
import { openWorkplace, until, type Workplace } from '../cli/workplace.js'
import { countMasked, findLeaks, type Output } from '../support/leaks/find-leaks.js'
import { startLeakyAgents } from '../support/leaks/leaky-agents.js'
import { leakyModel, makeLeakage, writeLeakySuite, type Leakage } from '../support/leaks/leaky-suite.js'
import { Dice } from '../support/leaks/secrets.js'
import { startPostgres } from '../support/postgres.js'
import { startRedis } from '../support/redis.js'
import { isMissing } from '../support/services.js'

vi.setConfig({ testTimeout: 120_000 })

const total = 60
const none = { seed: expect.any(Number) as number, leaks: [] }
const seed = process.env['CI'] ? 2 : Date.now() % 1_000_000

describe('no secret that an agent lets out is left', () => {
  test('in the file of a server, in its log, its answers and its pages', async () => {
    await using place = await openWorkplace()
    await using leaky = await openLeaky(place)
    const outputs = await servedOutputs(place, leaky.leakage, [])
    const files = filesIn(place.path).filter(file => /\.db|\.sqlite|\.callsheet/.test(file))
    expect(files.length).toBeGreaterThan(0)
    const stored = files.map(file => ({ name: file, text: readFileSync(join(place.path, file), 'utf8') }))
    expect(leaksIn(leaky.leakage, [...outputs, ...stored])).toEqual(none)
  })

  test.skipIf(isMissing('Redis') || isMissing('PostgreSQL'))('in PostgreSQL, in Redis, or in the log of a worker', async () => {
    await using place = await openWorkplace()
    await using leaky = await openLeaky(place)
    await using redis = await startRedis()
    await using postgres = await startPostgres()
    const database = await postgres.database()
    const worker = place.start(['worker', '--queue', redis.url], leaky.leakage.environment)
    await until('the worker takes jobs', () => worker.stdout().includes('Taking conversations from'))
    // What is in the queue while there is something in it.
    const dumps: string[] = []
    const watching = setInterval(() => void redis.dump().then(text => dumps.push(text)), 300)
    const outputs = await servedOutputs(place, leaky.leakage, ['--queue', redis.url, '--database', database])
    clearInterval(watching)
    const stored = [
      { name: 'Redis', text: [...dumps, await redis.dump()].join('\n') },
      { name: 'the log of the worker', text: worker.stdout() + worker.stderr() },
      { name: 'PostgreSQL', text: await rowsOf(database) },
    ]
    expect(leaksIn(leaky.leakage, [...outputs, ...stored])).toEqual(none)
  })
})

async function openLeaky(place: Workplace): Promise<AsyncDisposable & { readonly leakage: Leakage }> {
  const leakage = makeLeakage(new Dice(seed), total)
  const [agents, model] = [await startLeakyAgents(leakage.leaks), await startModelServer(leakyModel(leakage))]
  writeLeakySuite(place.path, leakage, agents, model.url)
  return { leakage, [Symbol.asyncDispose]: async () => void (await Promise.all([agents[Symbol.asyncDispose](), model.close()])) }
}

/** Runs all of a leaky suite over the API; returns everything that can be asked for, and the server's log. */
async function servedOutputs(place: Workplace, { environment }: Leakage, flags: readonly string[]): Promise<Output[]> {
  const server = await serve(place, flags, environment)
  const origin = new URL(server.url).origin
  const get = async (url: string): Promise<Output> => ({ name: url.replace(origin, ''), text: await (await fetch(url)).text() })
  const post = async (path: string, body: object): Promise<Output> => {
    const request = { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    return { name: path, text: await (await fetch(`${server.url}${path}`, request)).text() }
  }
  const agents = listOf((await get(`${server.url}/aiagents/`)).text)
  const scenarios = listOf((await get(`${server.url}/scenarios/?page_size=1000`)).text)
  const outputs: Output[] = []
  for (const { id, key } of agents) {
    const own = scenarios.filter(scenario => scenario.key.startsWith(key) || (key === 'http' && scenario.key.startsWith('model')))
    const started = await post('/scenarios/run_scenarios/', { agent_id: id, scenarios: own.map(scenario => scenario.id), frequency: 1 })
    const result = (JSON.parse(started.text) as { id: number }).id
    const events = await Promise.all([get(`${server.url}/results/${result}/events/`), server.finished(result)])
    const shared = await post(`/results/${result}/create_shareable_link_token/`, {
      expire_at: new Date(Date.now() + 86_400_000).toISOString(),
    })
    const link = /"(http[^"]+share[^"]+)"/.exec(shared.text)?.[1]
    const runs = await get(`${server.url}/runs/?result_id=${result}&page_size=1000`)
    outputs.push(
      started,
      events[0],
      runs,
      await get(`${server.url}/results/${result}/`),
      await get(`${origin}/results/${result}/report.json`),
    )
    for (const { id: run } of listOf(runs.text)) outputs.push(await get(`${server.url}/runs/${run}/`))
    if (link !== undefined) outputs.push(await get(link))
  }
  for (const path of ['/', '/docs', '/metrics', '/openapi.json']) outputs.push(await get(`${origin}${path}`))
  outputs.push(
    await get(`${server.url}/scenarios/?page_size=1000`),
    await get(`${server.url}/aiagents/`),
    await get(`${server.url}/results/`),
  )
  server.running.signal('SIGTERM')
  const { stdout, stderr } = await server.running.ended
  return [...outputs, { name: 'the log of the server', text: stdout + stderr }]
}

function listOf(answer: string): { readonly id: number; readonly key: string }[] {
  const parsed = JSON.parse(answer) as { results?: { id: number; key: string }[] } | { id: number; key: string }[]
  return Array.isArray(parsed) ? parsed : (parsed.results ?? [])
}

/** Where secrets are left; also said if none got out at all. */
function leaksIn(leakage: Leakage, outputs: readonly Output[]): unknown {
  const isTried = countMasked(outputs) > total
  return isTried ? { seed, leaks: findLeaks(leakage, outputs).slice(0, 20) } : 'The secrets never got out.'
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(file => statSync(join(folder, file)).isFile())
}

async function rowsOf(database: string): Promise<string> {
  const client = new pg.Client(database)
  await client.connect()
  const tables = await client.query<{ name: string }>(
    "select table_name as name from information_schema.tables where table_schema = 'public'",
  )
  const rows = []
  for (const { name } of tables.rows) rows.push(...(await client.query(`select t::text as row from "${name}" t`)).rows)
  await client.end()
  return JSON.stringify(rows)
}
