import { describe, expect, test } from 'vitest'
import { exportSuite } from '../../../../src/app/exchange/export-suite.js'
import { readTestSuite } from '../../../../src/adapters/exchange/test-suite/read-test-suite.js'
import { openBench, told } from './bench.js'

const suite = `version: 1
suite: { name: Clinic, description: Release gate }
models: { caller: &m { base_url: "http://127.0.0.1:1/v1", model: none }, judge: *m }
agents:
  clinic: { id: 12, connection: { type: http, url: "http://127.0.0.1:1", tool_calls: /tools } }
  other: { connection: { type: websocket, url: "ws://127.0.0.1:1" } }
personalities:
  calm: { id: 3, prompt: You are calm. }
  hurried: { prompt: You hurry., language: es-MX }
test_profiles:
  maria: { id: 20, agent_variables: { tier: gold }, caller_variables: { name: Maria } }
metrics:
  said_goodbye: { type: binary, agent_says: { contains: bye } }
  Said-Hello: { id: 412, type: binary, agent_says: { contains: hello } }
scenarios:
  cancels:
    name: Caller cancels
    personality: calm
    test_profile: maria
    script:
      first_message: "I am {{test_profile.name}}. {{scenario.key}} {{run.key}} <hold time=\\"1500ms\\"/> <dtmf digits=\\"1#\\"/>"
      steps:
        - when: any
          say: First.
        - { when: { matches: "(?i)birth" }, say: In May. }
        - { when: { contains: 'a "quoted" word' }, say: Yes., repeat: true }
        - { when: { says: The agent asks, contains: name }, act: Give your name. }
        - when: any
          say: Last. <endcall/>
    expect:
      - agent_says: { contains: cancelled }
      - not: { tool_called: { name: book } }
    metrics: [said_goodbye, Said-Hello]
    max_turns: 12
    max_duration: 2500ms
    idle_timeout: 5s
    frequency: 2
  asks:
    folder: Sales.Inbound
    description: The commonest.
    personality: hurried
    instructions: Ask when it opens.
    first_message: ""
    expected_outcome: It says when.
runs:
  - { name: Smoke, agent: clinic, scenarios: [cancels], personalities: [calm], frequency: 3, concurrency_limit: 4 }
  - { name: Others, agent: other, scenarios: [asks] }
thresholds: { pass_rate: 0.9 }
`

describe('a suite that is exported', () => {
  test('becomes a document that the API accepts', async () => {
    const { text } = await openBench().export(suite)
    const document = JSON.parse(text) as unknown
    expect(readTestSuite(document).problems).toEqual([])
    expect(document).toEqual({
      $schema: 'https://docs.cekura.ai/schemas/test-suite/v1.json',
      version: '1',
      suite: { name: 'Clinic', description: 'Release gate' },
      defaults: { concurrency_limit: 4 },
      scenarios: [
        {
          key: 'cancels',
          name: 'Caller cancels',
          type: 'conditional_actions',
          language: 'en',
          personality: 3,
          test_profile: { agent_variables: { tier: 'gold' }, caller_variables: { name: 'Maria' } },
          frequency: 2,
          max_duration: 3,
          metrics: ['said_goodbye', 412],
          conditional_actions: {
            role: 'You are the caller of "Caller cancels".',
            conditions: [
              {
                id: 0,
                condition: 'FIRST_MESSAGE',
                action: 'I am {{test_profile.name}}. cancels {{run.key}} <hold time="1.5s"/> <dtmf digits="1#"/>',
                type: 'standard',
                fixed_message: true,
              },
              { id: 1, condition: 0, action: 'First.', type: 'action_followup', fixed_message: true },
              {
                id: 2,
                condition: "the agent's words match the regular expression (?i)birth",
                action: 'In May.',
                type: 'standard',
                fixed_message: true,
              },
              { id: 3, condition: `the agent's words contain "a "quoted" word"`, action: 'Yes.', type: 'standard', fixed_message: true },
              {
                id: 4,
                condition: `The agent asks, and the agent's words contain "name"`,
                action: 'Give your name.',
                type: 'standard',
                fixed_message: false,
              },
              {
                id: 5,
                condition: 'The agent says anything that no other condition is about',
                action: 'Last. <endcall/>',
                type: 'standard',
                fixed_message: true,
              },
            ],
          },
        },
        {
          key: 'asks',
          name: 'asks',
          language: 'es',
          instructions: 'Ask when it opens.',
          first_message: '',
          expected_outcome: 'It says when.',
        },
      ],
    })
  })

  test('says line by line what was lost', async () => {
    const { losses } = await openBench().export(suite)
    const words =
      'Its condition is now in plain language: the format has no matches, equals or one_of, and contains cannot be combined with words.'
    expect(told(losses).toSorted()).toEqual(
      [
        'agents.clinic: Left out: the request names the agent, by its id, 12. Its connection is configured there.',
        'agents.other: Left out: the request names the agent, by its id there. Its connection is configured there.',
        'metrics.Said-Hello: The document has only its name. Create the metric there, under the name Said-Hello.',
        'metrics.said_goodbye: The document has only its name. Create the metric there, under the name said_goodbye.',
        'runs.Smoke.frequency: Left out: set frequency in the request. It multiplies the frequencies of the cases.',
        'runs.Smoke.personalities: Left out: in the format, each case has its own personality.',
        'scenarios.asks.description: Left out: the format has no descriptions.',
        'scenarios.asks.folder: Left out: the format has no folders. Use a tag instead.',
        'scenarios.asks.personality: es-MX is now es: the format has no regions.',
        'scenarios.asks.personality: hurried (hurried) is left out: the format needs a voice. Add the id of a personality there.',
        'scenarios.cancels: It no longer expects anything the agent could fail. Add an expected_outcome.',
        'scenarios.cancels: {{run.key}} is not supported there and is spoken literally.',
        'scenarios.cancels.expect[0]: "agent says contains "cancelled"" cannot be checked there. Describe it in expected_outcome in plain language.',
        'scenarios.cancels.expect[1]: "not tool_called book" cannot be checked there. Describe it in expected_outcome in plain language.',
        'scenarios.cancels.idle_timeout: Left out: the format has no idle timeout.',
        'scenarios.cancels.max_duration: Now 3 s: the format supports only whole seconds.',
        'scenarios.cancels.max_turns: Left out: the format has no limit on turns.',
        `scenarios.cancels.step 2: ${words}`,
        `scenarios.cancels.step 3: ${words}`,
        'scenarios.cancels.step 3: It acts only once: the format has no repeat.',
        `scenarios.cancels.step 4: ${words}`,
        'scenarios.cancels.step 5: when: any is now in plain language: in the format, only follow-ups act on anything the agent says.',
        'thresholds: Left out: the format has no gate. Check the result against the thresholds yourself.',
      ].toSorted(),
    )
    expect(losses.filter(({ span }) => span === undefined).map(({ place }) => place)).toEqual([
      'thresholds',
      'metrics.said_goodbye',
      'metrics.Said-Hello',
    ])
  })

  test('for an agent that is called has each scenario once, as the suite declares it', async () => {
    const called = `version: 1
suite: { name: Calls }
agents: { clinic: { connection: { type: chirp, url: "ws://127.0.0.1:1" } } }
personalities: { eager: { id: 1, turns: eager }, patient: { id: 2, turns: patient } }
scenarios:
  greets: { script: { first_message: Hi. }, expect: [{ agent_says: { contains: help } }] }
runs: [{ personalities: [eager, patient] }]
`
    const { scenarios, losses } = await openBench().export(called, 'test-suite', 'clinic')
    expect(scenarios).toBe(1)
    expect(told(losses).filter(each => each.includes('idle'))).toEqual([])
  })

  test('for one agent has what is run with it; of an agent that is not there it is told so', async () => {
    const bench = openBench()
    const { text, scenarios } = await bench.export(suite, 'test-suite', 'other')
    expect(scenarios).toBe(1)
    expect(readTestSuite(JSON.parse(text)).cases?.map(({ key }) => key)).toEqual(['asks'])
    const refused = exportSuite(await bench.prepare(suite), 'test-suite', 'clinc')
    expect('diagnostics' in refused && refused.diagnostics.map(({ message, hint }) => [message, hint])).toEqual([
      ['No run entry uses an agent "clinc".', 'Known agents: clinic, other.'],
    ])
  })

  test('leaves out secrets', async () => {
    const bench = openBench()
    const secret = suite.replace('Ask when it opens.', 'Your PIN is ${PIN_KEY}.')
    const { text, losses } = await bench.export(secret, 'test-suite', undefined, { PIN_KEY: '47-"11"-4711' })
    expect(text).toContain('Your PIN is [redacted PIN_KEY].')
    expect(told(losses)).toContain('suite: Secrets are replaced by [redacted ...] in the text. Search for it.')
  })
})
