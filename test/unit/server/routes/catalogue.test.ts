import { afterAll, beforeAll, expect, test } from 'vitest'
import { readTestSuite } from '../../../../src/adapters/exchange/test-suite/read-test-suite.js'
import { openApi, type Api } from '../api.js'
import { shop } from '../shop.js'

let api: Api

beforeAll(async () => {
  api = await openApi(shop)
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

async function scenarioIds(query: string): Promise<number[]> {
  return (await api.get(`scenarios/?${query}`)).body.results.map(({ id }: { id: number }) => id)
}

test('agents are those of the suites, by their ids', async () => {
  const { body } = await api.get('aiagents/')
  expect(body).toMatchObject({
    count: 1,
    next: null,
    previous: null,
    results: [{ id: 12, name: 'Corner shop', assistant_id: 'asst_shop', inbound: true, connection: 'module' }],
  })
  expect((await api.get('aiagents-external/12')).body).toEqual(body.results[0])
  expect((await api.get('aiagents/13/')).status).toBe(404)
})

test('scenarios are narrowed by tags, any of them, and by a folder and those below it', async () => {
  expect(await scenarioIds('agent_id=12')).toEqual([101, 102, 103, 104, 105])
  expect(await scenarioIds('agent_id=13')).toEqual([])
  expect(await scenarioIds('tags=smoke,hostile')).toEqual([101, 104])
  expect(await scenarioIds('tags=smoke,%20slow')).toEqual([101, 105])
  expect(await scenarioIds('folder_path=Sales')).toEqual([101, 102])
  expect(await scenarioIds('folder_path=Sales.Inbound')).toEqual([101])
  expect(await scenarioIds('folder_path=Sal')).toEqual([])
  expect(await scenarioIds('project_id=2')).toEqual([])
  expect(await scenarioIds('page_size=2&page=3')).toEqual([105])
})

test('a scenario says who calls, what must come of it, and what it is scored on', async () => {
  expect((await api.get('scenarios/101/')).body).toMatchObject({
    key: 'buys',
    agent: 12,
    folder_path: 'Sales.Inbound',
    tags: ['smoke', 'sales'],
    scenario_type: 'conditional_actions',
    first_message: 'Bread please',
    personality: 3,
    personality_name: 'Calm',
    test_profile: 20,
    metric_names: ['Thanked', 'mood', 'latency_ms'],
  })
})

test('tags and folders are each listed once, folders with those they lie in', async () => {
  expect((await api.get('scenarios/tags/?agent_id=12')).body).toEqual(['hostile', 'sales', 'slow', 'smoke'])
  expect((await api.get('scenarios/folders/')).body).toEqual([
    { name: 'Sales', path: 'Sales', parent_path: null, scenario_count: 2 },
    { name: 'Inbound', path: 'Sales.Inbound', parent_path: 'Sales', scenario_count: 1 },
  ])
})

test('personalities, test profiles and metrics are listed, and found by id', async () => {
  expect((await api.get('personalities/7/')).body).toMatchObject({ name: 'Hurried', interruption_level: 'high', speed: 1.2, prompt: null })
  expect((await api.get('metrics/32/')).body).toMatchObject({ type: 'enum', source: 'metadata', values: ['good', 'bad'] })
  for (const path of ['personalities/', 'test-profiles/', 'metrics/']) expect((await api.get(path)).body.count).toBeGreaterThan(0)
})

test('secrets that a suite reads from the environment are not shown; a version is', async () => {
  expect((await api.get('test-profiles/20/')).body.testing_agent_variables).toEqual({
    name: 'Maria Lopez',
    password: '[redacted PASSWORD]',
  })
  expect((await api.get('aiagents/12/')).body.version).toBe('build-4711')
})

test('the schema of suites in JSON is a schema by itself, and needs no key', async () => {
  await using keyed = await openApi({ ...shop, environment: { ...shop.environment, CALLSHEET_API_KEY: 'k-1' } })
  const { status, body } = await keyed.get('scenarios/json_schema/')
  expect(status).toBe(200)
  const { Ajv2020 } = await import('ajv/dist/2020.js')
  const validate = new Ajv2020({ strict: false }).compile(body)
  const fine = [
    suiteOf({
      instructions: 'You want to cancel.',
      tags: ['a'],
      metrics: [5, 'empathy'],
      personality: { base: 3, speed: 1 },
      test_profile: 20,
    }),
    suiteOf({
      type: 'conditional_actions',
      language: 'en',
      conditional_actions: {
        role: 'Maria',
        conditions: [{ id: 0, condition: 'FIRST_MESSAGE', action: 'Hi.', type: 'standard', fixed_message: true }],
      },
    }),
  ]
  const wrong = [
    {},
    { version: '2', scenarios: [] },
    suiteOf({}),
    suiteOf({ instructions: ' ' }),
    suiteOf({ instructions: 'x', folder_path: 'A' }),
    suiteOf({ instructions: 'x', metrics: ['No!'] }),
    suiteOf({ instructions: 'x', personality: { prompt: 'Calm.' } }),
    suiteOf({ instructions: 'x', test_profile: {} }),
    suiteOf({ instructions: 'x', frequency: 0 }),
  ]
  for (const suite of fine) expect([suite, validate(suite), readTestSuite(suite).problems]).toEqual([suite, true, []])
  for (const suite of wrong)
    expect([suite, validate(suite), readTestSuite(suite).problems]).toEqual([suite, false, expect.arrayContaining([expect.anything()])])
  expect((await keyed.get('scenarios/')).status).toBe(401)
  expect((await keyed.get('scenarios/', { 'x-cekura-api-key': 'k-2' })).status).toBe(403)
  expect((await keyed.get('scenarios/', { 'x-cekura-api-key': 'k-1' })).status).toBe(200)
})

test.each(['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const)('%s is refused: the catalogue is declared in files', async method => {
  for (const path of [
    'aiagents/',
    'aiagents/12/',
    'scenarios/',
    'scenarios-external/101',
    'scenarios/tags/',
    'personalities/',
    'test-profiles/20/',
    'metrics/',
    'scenarios/json_schema',
  ]) {
    const { status, headers, body } = await api.send({
      method,
      url: `/test_framework/v1/${path}`,
      headers: { 'content-type': 'text/nonsense' },
      payload: '{',
    })
    expect({ path, status, allow: headers['allow'] }).toEqual({ path, status: 405, allow: 'GET, HEAD' })
    expect(body.detail).toMatch(/^[A-Z]+ is not allowed here\. The suite files declare the catalogue/)
  }
})

function suiteOf(scenario: object): object {
  return { version: '1', scenarios: [{ name: 'Cancel', ...scenario }] }
}
