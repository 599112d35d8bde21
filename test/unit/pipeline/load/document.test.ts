import { join } from 'node:path'
import { expect, test } from 'vitest'
import { soundMetrics } from '../../../../src/domain/metric.js'
import { locate } from '../../../../src/domain/source.js'
import { documentOf, folderOf, loadIn, suiteOf, suiteWith } from './suites.js'

test('a suite that says little gets the defaults', async () => {
  const document = await documentOf(suiteWith({}))

  expect(document).toMatchObject({
    name: 'Clinic',
    models: {},
    limits: {
      concurrency: 10,
      conversation: { maxBytes: 5_000_000, maxMessages: 10_000, maxToolCalls: 1_000 },
      runTimeoutMs: 600_000,
      maxRuns: 2000,
      stopWhenDecided: false,
    },
    retries: { infraError: 2, agentError: 0, failed: 0 },
    thresholds: { metrics: [] },
    agents: [{ key: 'clinic', name: 'clinic', inbound: true, silenceMs: 30_000, limits: {} }],
    personalities: [{ key: 'calm', id: 3, name: 'calm', language: 'en' }],
    testProfiles: [{ key: 'maria', id: 20, name: 'maria', agentVariables: {}, callerVariables: { name: 'Maria' } }],
    scenarios: [
      {
        key: 'greets',
        name: 'greets',
        tags: [],
        metrics: [],
        maxTurns: 30,
        maxDurationMs: 300_000,
        idleTimeoutMs: 10_000,
        idlePrompt: 'Hello, are you still there?',
        frequency: 1,
      },
    ],
    entries: [{ name: 'Clinic', agent: { key: 'clinic' }, scenarios: { kind: 'all' }, mode: 'same_number' }],
    secrets: [],
  })
})

test('agents keep their connection, their folder and how they are started', async () => {
  const folder = folderOf({
    'suite.yaml': suiteWith({ include: '[agents/all.yaml]', agents: '' }),
    'agents/all.yaml': `
agents:
  clinic:
    id: 12
    assistant_id: asst_1
    inbound: false
    contact_number: "+15555550100"
    start: { command: [node, agent.js], timeout: 1.5s, env: { PORT: 8765, DEBUG: true }, cwd: ../server }
    connection: { type: http, url: "http://127.0.0.1:8765/chat", timeout: 5s, body: { text: "{{message}}" } }
    limits: { concurrency: 3, starts_per_second: 0.5 }
`,
  })

  const loaded = await loadIn(folder)

  expect(loaded).toMatchObject({
    document: {
      agents: [
        {
          id: 12,
          assistantId: 'asst_1',
          inbound: false,
          contactNumber: '+15555550100',
          connection: { type: 'http', url: 'http://127.0.0.1:8765/chat', body: { text: '{{message}}' } },
          silenceMs: 5000,
          limits: { concurrency: 3, startsPerSecond: 0.5 },
          folder: join(folder, 'agents'),
          start: {
            command: ['node', 'agent.js'],
            ready: 'http://127.0.0.1:8765/chat',
            timeoutMs: 1500,
            env: { PORT: '8765', DEBUG: 'true' },
            cwd: join(folder, 'server'),
          },
        },
      ],
    },
  })
})

test('an agent that has no address is not waited for at one', async () => {
  const { agents } = await documentOf(
    suiteWith({ agents: '{ a: { start: { command: make db }, connection: { type: command, command: ./agent } } }' }),
  )

  expect(agents[0]?.start).toMatchObject({ command: 'make db', timeoutMs: 30_000 })
  expect(agents[0]?.start).not.toHaveProperty('ready')
})

test('assertions are read whole, each with its place', async () => {
  const document = await documentOf(
    suiteWith({
      scenarios: `
  greets:
    script: { first_message: Hi. }
    expect:
      - agent_says: { contains: a, matches: b+, equals: c, one_of: [d, e] }
      - caller_says: { contains: f }
      - tool_called: { name: cancel, arguments: { id: 1 }, times: 2, after: look_up }
      - metadata: { pointer: /a, equals: null }
      - metadata: { pointer: /b, exists: false }
      - metadata: { pointer: /c, contains: d }
      - ended_by: caller
      - turns: { max: 6 }
      - duration: { min: 1s, max: 1m }
      - metric: { name: latency_ms, statistic: p95, max: 2000 }
      - not: { any: [{ turns: 3 }, { metric: { name: appropriate_termination, equals: true } }] }
`,
    }),
  )
  const [scenario] = document.scenarios
  const assertions = scenario?.expect.map(({ at: _, ...assertion }) => assertion)

  expect(assertions).toMatchObject([
    { kind: 'agent_says', matcher: { contains: 'a', matches: 'b+', equals: 'c', oneOf: ['d', 'e'] } },
    { kind: 'caller_says', matcher: { contains: 'f' } },
    {
      kind: 'tool_called',
      call: { name: 'cancel', arguments: { id: 1 }, times: { min: 2, max: 2 }, after: 'look_up' },
    },
    { kind: 'metadata', pointer: '/a', equals: null },
    { kind: 'metadata', pointer: '/b', exists: false },
    { kind: 'metadata', pointer: '/c', matcher: { contains: 'd' } },
    { kind: 'ended_by', by: 'caller' },
    { kind: 'turns', bounds: { max: 6 } },
    { kind: 'duration', boundsMs: { min: 1000, max: 60_000 } },
    { kind: 'metric', name: 'latency_ms', statistic: 'p95', bounds: { max: 2000 } },
    {
      kind: 'not',
      assertion: {
        kind: 'any',
        assertions: [
          { kind: 'turns', bounds: { min: 3, max: 3 } },
          { kind: 'metric', name: 'appropriate_termination', bounds: {}, equals: true },
        ],
      },
    },
  ])
  expect(scenario?.expect.map(({ at }) => locate(at.file, at.start).line)).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
  expect(scenario?.metrics).toEqual(['latency_ms', 'appropriate_termination'])
})

test('a scenario scores the metrics it lists, then those it expects something of, each once', async () => {
  const { scenarios, metrics } = await documentOf(
    suiteOf(
      'script: { first_message: Hi. }, metrics: [turns, m], expect: [{ metric: { name: words, max: 9 } }, { metric: { name: turns, max: 9 } }]',
      {
        metrics: '{ m: { id: 5, type: binary, tool_called: { name: a } }, words: { type: numeric, metadata: /words } }',
      },
    ),
  )

  expect(scenarios[0]?.metrics).toEqual(['turns', 'm', 'words'])
  const computed = metrics.filter(({ source }) => source.kind !== 'judge' && source.kind !== 'outcome')
  expect(computed.map(({ key, type, source }) => [key, type, source.kind])).toEqual([
    ['m', 'binary', 'tool_called'],
    ['words', 'numeric', 'metadata'],
    ['latency_ms', 'numeric', 'builtin'],
    ['turns', 'numeric', 'builtin'],
    ['duration_s', 'numeric', 'builtin'],
    ['repetition', 'numeric', 'builtin'],
    ['tool_call_success', 'numeric', 'builtin'],
    ['appropriate_termination', 'binary', 'builtin'],
    ['talk_ratio', 'numeric', 'builtin'],
    ['dtmf_received', 'enum', 'builtin'],
    ...soundMetrics.map(name => [name, 'numeric', 'builtin']),
  ])
})

test('a scenario of metrics alone may run where any threshold over it is about one of them', async () => {
  const scenario = 'script: { first_message: Hi. }, metrics: [turns]'
  const threshold = '{ metrics: { turns: { mean: { max: 5 } } } }'

  const suites = [
    suiteOf(scenario, { thresholds: threshold }),
    suiteOf(scenario, { runs: `[{ thresholds: ${threshold} }]` }),
    suiteOf(`${scenario}, thresholds: ${threshold}`),
  ]

  for (const suite of suites) expect((await documentOf(suite)).scenarios).toHaveLength(1)
})

test('a scenario may run where any of what it expects could fail', async () => {
  const waiting = 'script: { first_message: Hi., steps: [{ when: { contains: name }, say: Maria }] }'
  const scenarios = [
    '{ turns: { min: 0 } }, { turns: { min: 1 } }',
    '{ turns: { min: 0, max: 4 } }',
    '{ tool_called: { name: cancel } }',
    '{ agent_says: { matches: ".*", contains: a } }',
    '{ metric: { name: balance, min: 0 } }',
    '{ any: [{ caller_says: { contains: Hi } }, { ended_by: agent }] }',
  ].map(expected => `script: { first_message: Hi. }, expect: [${expected}]`)
  const metrics = '{ balance: { type: numeric, metadata: /balance } }'

  for (const scenario of [...scenarios, `${waiting}, expect: [{ caller_says: { contains: Maria } }]`]) {
    expect((await documentOf(suiteOf(scenario, { metrics }))).scenarios).toHaveLength(1)
  }
})

test('coverage may be 0, unlike a pass rate', async () => {
  const { thresholds } = await documentOf(suiteWith({ thresholds: '{ coverage: 0 }' }))

  expect(thresholds.coverage).toBe(0)
})

test('variables keep what the author wrote, where it is not how the number would be written', async () => {
  const { testProfiles } = await documentOf(
    suiteWith({
      test_profiles: `
  shared: &shared
    caller_variables: { zip: &zip 02134, again: *zip }
  maria:
    <<: *shared
    agent_variables:
      { phone: 0612345678, card: 4111111111111111111, rate: 1.0, many: 1e3, plus: +1, hex: 0x1F, read: "\${ZIP}x" }
  plain:
    caller_variables: { age: 42, half: -0.5, quoted: "007", sure: true, tagged: !!float 1.0 }
    agent_variables:
      zip: \${ZIP}
      age: \${AGE}
`,
    }),
    { ZIP: '02134', AGE: '42' },
  )

  expect(testProfiles.map(({ callerVariables, agentVariables }) => [callerVariables, agentVariables])).toEqual([
    [{ zip: '02134', again: '02134' }, {}],
    [
      { zip: '02134', again: '02134' },
      {
        phone: '0612345678',
        card: '4111111111111111111',
        rate: '1.0',
        many: '1e3',
        plus: '+1',
        hex: '0x1F',
        read: '02134x',
      },
    ],
    [
      { age: 42, half: -0.5, quoted: '007', sure: true, tagged: 1 },
      { zip: '02134', age: 42 },
    ],
  ])
})

test('thresholds are read whole', async () => {
  const { thresholds } = await documentOf(
    suiteOf('id: 101, tags: [smoke], metrics: [turns], script: { first_message: Hi. }, expect: [{ ended_by: agent }]', {
      thresholds: `{ pass_rate: 0.9, each_scenario: { pass_rate: { min: 0.5, confidence: 0.8 } }, all_of: 3, coverage: 0.5,
        metrics: { turns: { p95: { max: 9 }, mean: { min: 1, max: 5 } } }, must_pass: { tags: [smoke], scenarios: [101, greets] } }`,
    }),
  )

  expect(thresholds).toEqual({
    passRate: { min: 0.9 },
    eachScenario: { min: 0.5, confidence: 0.8 },
    allOf: 3,
    coverage: 0.5,
    metrics: [
      { metric: 'turns', statistic: 'p95', bounds: { max: 9 } },
      { metric: 'turns', statistic: 'mean', bounds: { min: 1, max: 5 } },
    ],
    mustPass: { tags: ['smoke'], scenarios: ['greets'] },
  })
})

const scenarioWith = (more: string) => `{ script: { first_message: Hi. }, expect: [{ ended_by: agent }], ${more} }`

test('run entries select by all, number, list and folder, and refer by key, id or assistant_id', async () => {
  const document = await documentOf(
    suiteWith({
      agents: `{ a: { id: 1, assistant_id: asst, connection: { type: module, path: a.js } }, b: { id: 2, connection: { type: module, path: b.js } } }`,
      scenarios: `{ one: ${scenarioWith('id: 101, tags: [x, y]')}, two: ${scenarioWith('folder: Sales.Inbound')} }`,
      runs: `
  - { agent: asst, scenarios: all, frequency: 3 }
  - { agent: 2, scenarios: 1, tags: [x], tags_all: [y], tags_not: [] }
  - { agent: b, scenarios: [two, 101, one], mode: different_numbers }
  - { agent: a, scenarios: Sales, personalities: [calm, 3], test_profiles: [20] }
  - { agent: a, scenarios: Sales.Inbound, name: Inbound, concurrency_limit: 4, thresholds: { pass_rate: 0.5 } }
`,
    }),
  )

  expect(document.entries).toMatchObject([
    { name: 'Run 1', agent: { key: 'a' }, scenarios: { kind: 'all' }, frequency: 3 },
    {
      name: 'Run 2',
      agent: { key: 'b' },
      scenarios: { kind: 'first', count: 1 },
      tags: ['x'],
      tagsAll: ['y'],
      tagsNot: [],
    },
    {
      name: 'Run 3',
      agent: { key: 'b' },
      scenarios: { kind: 'keys', keys: ['two', 'one'] },
      mode: 'different_numbers',
    },
    {
      name: 'Run 4',
      scenarios: { kind: 'folder', folder: 'Sales' },
      personalities: [{ key: 'calm' }],
      testProfiles: [{ key: 'maria' }],
    },
    {
      name: 'Inbound',
      scenarios: { kind: 'folder', folder: 'Sales.Inbound' },
      concurrencyLimit: 4,
      thresholds: { passRate: { min: 0.5 } },
    },
  ])
  expect(document.entries[3]?.personalities).toHaveLength(1)
})

test('anchors and merge keys work, what is written wins over what is merged', async () => {
  const document = await documentOf(
    suiteWith({
      scenarios: `
  one: &base { name: One, max_turns: 5, script: { first_message: Hi. }, expect: &ends [{ ended_by: agent }] }
  two: { <<: *base, name: Two }
  three: { <<: [{ max_turns: 7, name: Three }, *base], expect: *ends }
`,
    }),
  )

  expect(document.scenarios.map(({ name, maxTurns, expect: { length } }) => [name, maxTurns, length])).toEqual([
    ['One', 5, 1],
    ['Two', 5, 1],
    ['Three', 7, 1],
  ])
})

test('a document cannot be changed, in any of its parts', async () => {
  const document = await documentOf(suiteWith({ limits: '{ concurrency: 2 }' }))

  expect(() => Object.assign(document.limits, { concurrency: 9 })).toThrow(TypeError)
  expect(() => Object.assign(document.scenarios[0]?.behaviour ?? {}, { kind: 'none' })).toThrow(TypeError)
  expect(() => Object.assign(document.agents[0]?.connection ?? {}, { type: 'none' })).toThrow(TypeError)
})

test('keys that every object has are keys like any other', async () => {
  const { scenarios, testProfiles } = await documentOf(
    suiteWith({
      test_profiles: '{ constructor: { caller_variables: { __proto__: 1, toString: 2 } } }',
      scenarios: '{ __proto__: { test_profile: constructor, script: { first_message: Hi. }, expect: [{ ended_by: agent }] } }',
    }),
  )

  expect(scenarios.map(({ key, testProfile }) => [key, testProfile?.key])).toEqual([['__proto__', 'constructor']])
  expect(Object.keys(testProfiles[0]?.callerVariables ?? {})).toEqual(['__proto__', 'toString'])
})

test('limits of a conversation that a suite leaves out are the usual ones', async () => {
  expect(await documentOf(suiteWith({ limits: '{ conversation: { max_messages: 7, max_tool_calls: 3 } }' }))).toMatchObject({
    limits: { conversation: { maxBytes: 5_000_000, maxMessages: 7, maxToolCalls: 3 } },
  })
})
