import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openApi, type Answer, type Api } from '../api.js'
import { clinic } from '../clinic.js'

let api: Api

beforeAll(async () => {
  api = await openApi({ ...clinic, environment: { SECRET_OF_THE_SERVER: 'hunter22-hunter22' } })
})

afterAll(async () => {
  await api[Symbol.asyncDispose]()
})

const conditions = (first: string, ...later: [when: string, say: string][]): object => ({
  role: 'You are Maria.',
  conditions: [
    { id: 0, condition: 'FIRST_MESSAGE', action: first, type: 'standard', fixed_message: true },
    ...later.map(([condition, action], i) => ({ id: i + 1, condition, action, type: 'standard', fixed_message: true })),
  ],
})

const spec = {
  version: '1',
  suite: { name: 'Checkout regression' },
  defaults: { language: 'en', tags: ['json'], concurrency_limit: 2 },
  scenarios: [
    {
      key: 'refund',
      name: 'Refund happy path',
      type: 'conditional_actions',
      conditional_actions: conditions('Order {{test_profile.order_id}} is ${SECRET_OF_THE_SERVER} late.', [
        'contains "late"',
        'Thanks <endcall/>',
      ]),
      metrics: ['latency_ms'],
      personality: 3,
      test_profile: { agent_variables: { order_id: 'ORD-4471' }, caller_variables: { name: 'Maria' } },
    },
    {
      name: 'Ask, simply',
      type: 'conditional_actions',
      conditional_actions: conditions('Hello', ['contains "Hello"', '<endcall/>']),
      frequency: 2,
      test_profile: 20,
    },
  ],
}

/** Ids of the scenarios that a test suite runs. */
const scenariosOf = async (suite: object): Promise<number[]> =>
  (await run({ agent_id: 12, spec: suite })).body.runs.map(({ scenario }: { scenario: number }) => scenario)

const run = (body: object, query = ''): Promise<Answer> => api.post(`scenarios/run_scenarios_json/${query}`, body)

test('warnings about a test suite are in the answer, by place, whether it is only checked or run', async () => {
  const action = 'scenarios[0].conditional_actions.conditions[0].action'
  const loud = {
    version: '1',
    defaults: { language: 'en' },
    scenarios: [{ name: 'Fast', type: 'conditional_actions', conditional_actions: conditions('Hi <speed ratio="1.1"/>') }],
  }
  const warnings = { [action]: ['<speed> has no effect in text: only sound can carry it.'] }
  expect((await run({ agent_id: 12, spec: loud }, '?dry_run=true')).body).toMatchObject({ valid: true, warnings })
  expect((await api.post('scenarios/validate_scenarios_json/', { agent_id: 12, spec: loud })).body).toMatchObject({ warnings })
  expect((await run({ agent_id: 12, spec: loud })).body).toMatchObject({ status: 'pending', warnings })
  expect((await run({ agent_id: 12, spec })).body).not.toHaveProperty('warnings')
  expect((await run({ agent_id: 12, spec }, '?dry_run=true')).body.warnings).toEqual({})
})

test('a test suite that comes with the request is run, and read as any other result', async () => {
  const { status, body } = await run({ agent_id: 12, channel: 'voice', spec })
  expect({ status, body }).toMatchObject({ status: 201, body: { name: 'Checkout regression', agent: 12, run_as_text: true } })
  expect(body.runs.map(({ scenario_name: name }: { scenario_name: string }) => name)).toEqual([
    'Refund happy path',
    'Ask, simply',
    'Ask, simply',
  ])
  await api.service.conductor.settled(body.id)
  const result = (await api.get(`results/${body.id}/`)).body
  expect(result).toMatchObject({ status: 'completed', total_runs_count: 3, success_runs_count: 3 })
  const first = (await api.get(`runs/${body.runs[0].id}/`)).body
  // What stands in the document is text: it reads nothing of the server's environment.
  expect(first.transcript).toContain('Order ORD-4471 is ${SECRET_OF_THE_SERVER} late.')
  expect(first).toMatchObject({ personality: 3, personality_name: 'calm' })
})

test("its scenarios have ids, the same ones the next time, that are nobody else's", async () => {
  const [one, two] = [await scenariosOf(spec), await scenariosOf(spec)]
  expect(one).toEqual(two)
  expect(one.filter(id => [1, 2, 3].includes(id))).toEqual([])
})

test('such a result is run again as it was', async () => {
  const { body } = await run({ agent_id: 12, spec, frequency: 2, name: 'Again' })
  await api.service.conductor.settled(body.id)
  const again = await api.post(`results/${body.id}/rerun/`)
  expect(again).toMatchObject({ status: 201 })
  expect(again.body.runs.map(({ scenario }: { scenario: number }) => scenario)).toEqual(
    body.runs.map(({ scenario }: { scenario: number }) => scenario),
  )
  expect(again.body.runs).toHaveLength(6)
  await api.service.conductor.settled(again.body.id)
  expect((await api.get(`results/${again.body.id}/`)).body.success_runs_count).toBe(6)
})

test('a file may be uploaded instead', async () => {
  const boundary = '------------------------d74496d66958873e'
  const part = (name: string, value: string): string =>
    `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`
  const file = `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="cekura.tests.json"\r\nContent-Type: application/json\r\n\r\n${JSON.stringify(spec)}\r\n`
  const payload = `${part('agent_id', '12')}${part('name', 'Uploaded')}${file}--${boundary}--\r\n`
  const uploaded = await api.send({
    method: 'POST',
    url: '/test_framework/v1/scenarios/run_scenarios_json/',
    headers: { 'content-type': `multipart/form-data; boundary=${boundary}` },
    payload,
  })
  expect(uploaded).toMatchObject({ status: 201, body: { name: 'Uploaded' } })
})

describe('a dry run', () => {
  test('says what would be run, and starts nothing', async () => {
    const before = (await api.get('results/')).body.count
    const dry = await run({ agent_id: 12, spec, frequency: 3 }, '?dry_run=true')
    expect(dry).toMatchObject({ status: 200 })
    expect(dry.body).toMatchObject({
      dry_run: true,
      valid: true,
      plan: {
        agent_id: 12,
        project_id: 1,
        channel: 'text',
        suite_name: 'Checkout regression',
        scenario_count: 2,
        total_runs: 9,
        estimated_cost: 0,
        scenarios: [
          {
            key: 'refund',
            name: 'Refund happy path',
            frequency: 3,
            tags: ['json'],
            personality: { mode: 'existing', id: 3 },
            test_profile: { mode: 'inline', sections: ['main_agent_variables', 'testing_agent_variables'] },
          },
          { key: 'ask_simply', frequency: 6, personality: { mode: 'project_default' }, test_profile: { mode: 'existing', id: 20 } },
        ],
      },
    })
    expect((await api.post('scenarios/validate_scenarios_json/', { agent_id: 12, spec, frequency: 3 })).body).toEqual(dry.body)
    expect((await api.get('results/')).body.count).toBe(before)
  })
})

/** What a request is refused with, to be run and to be checked alike. */
const refused = async (body: object): Promise<unknown> => {
  const started = await run(body)
  const dry = await run(body, '?dry_run=true')
  expect(started).toMatchObject({ status: 400 })
  expect(dry.body).toEqual(started.body)
  return started.body
}

/** Places of what is wrong with a case. */
const placesIn = async (scenario: object): Promise<string[]> =>
  Object.keys(((await refused({ agent_id: 12, spec: { version: '1', scenarios: [scenario] } })) as { errors: object }).errors)

describe('refused, with the place of each mistake, are', () => {
  test('documents that are no test suites', async () => {
    expect(await refused({ agent_id: 12, spec: {} })).toMatchObject({
      errors: { version: ['This is required.'], scenarios: ['This is required.'] },
    })
    expect(await refused({ agent_id: 12, spec: { version: '2', scenarios: [] } })).toMatchObject({
      errors: { version: [expect.stringContaining('"1"')] },
    })
    expect(await refused({ agent_id: 12, spec: { version: '1', scenarios: [{ name: 'x' }], agent_id: 7 } })).toMatchObject({
      errors: { 'scenarios[0].instructions': [expect.any(String)], 'agent_id': [expect.any(String)] },
    })
  })

  test.each([{ agent_id: 9 }, {}, { agent_id: 12, frequency: 'often' }, { agent_id: 12, frequency: 0 }])(
    'and what is wrong beside them: %j',
    async beside => {
      const answer = (await refused({ ...beside, spec: { version: '1', scenarios: [{ name: 'x' }] } })) as { errors: object }
      expect(answer).toEqual({
        [beside.agent_id === 12 ? 'frequency' : 'agent_id']: [expect.any(String)],
        errors: { 'scenarios[0].instructions': [expect.any(String)] },
      })
    },
  )

  test('what is not there', async () => {
    const [first, second] = spec.scenarios
    const wrong = {
      ...spec,
      scenarios: [
        { ...first, metrics: ['greetng', 77], personality: 9 },
        { ...second, test_profile: 77, personality: { base: 99 } },
      ],
    }
    expect(await refused({ agent_id: 12, spec: wrong })).toEqual({
      errors: {
        'scenarios[0].personality': ['Not found: 9.'],
        'scenarios[0].metrics[0]': ['There is no metric greetng.'],
        'scenarios[0].metrics[1]': ['Not found: 77.'],
        'scenarios[1].test_profile': ['Not found: 77.'],
        'scenarios[1].personality.base': ['Not found: 99.'],
      },
    })
  })

  test('what no model is there for, or no variable', async () => {
    const [, second] = spec.scenarios
    expect(await placesIn({ name: 'Plain', instructions: 'You are Maria.', expected_outcome: 'It is cancelled.' })).toEqual([
      'scenarios[0].instructions',
      'scenarios[0].expected_outcome',
    ])
    expect(await placesIn({ ...second, test_profile: { caller_variables: { 'a b': 1 } }, language: 'en' })).toEqual([
      expect.stringContaining('scenarios[0].test_profile.caller_variables'),
    ])
    expect(await placesIn({ ...second, language: 'en', conditional_actions: conditions('Hi {{test_profile.nothing}}') })).toEqual([
      expect.stringMatching(/^scenarios\[0\]/),
    ])
    expect(
      await placesIn({
        ...second,
        language: 'en',
        conditional_actions: conditions('Hi', ['contains "x"', '<nonsense'], ['says something', 'Oh']),
      }),
    ).toEqual(expect.arrayContaining(['scenarios[0].conditional_actions.conditions[2].condition']))
  })

  test('what the test suite says already, and everything else with it', async () => {
    const body = {
      agent_id: 9,
      spec,
      scenarios: [1],
      tags: ['x'],
      folder_path: 'x',
      personality_ids: [3],
      test_profile_ids: [],
      frequency: 0,
      channel: 'elevenlabs',
      file: '{',
    }
    const answer = await refused(body)
    expect(Object.keys(answer as object).toSorted()).toEqual([
      'agent_id',
      'channel',
      'file',
      'folder_path',
      'frequency',
      'personality_ids',
      'scenarios',
      'tags',
    ])
  })

  test('both a spec and a file, neither, and a file that is no JSON', async () => {
    expect(await refused({ agent_id: 12, spec, file: '{}' })).toEqual({ file: ['spec cannot be combined with file. Send one of them.'] })
    expect(await refused({ agent_id: 12 })).toEqual({ spec: ['Send a test suite, as spec or as file.'] })
    expect(await refused({ agent_id: 12, file: '{"version":' })).toEqual({ file: [expect.stringContaining('Must be a JSON file')] })
  })

  test("more runs than the agent's suite allows", async () => {
    expect(await refused({ agent_id: 12, spec, frequency: 1000 })).toEqual({
      frequency: [expect.stringContaining('limits.max_runs is 2000')],
    })
  })

  test('a dry run that is neither', async () => {
    expect((await run({ agent_id: 12, spec }, '?dry_run=perhaps')).body).toEqual({ dry_run: ['Must be true or false.'] })
  })
})

test('nothing of this was a mistake of ours', () => {
  expect(api.log).toEqual([])
})
