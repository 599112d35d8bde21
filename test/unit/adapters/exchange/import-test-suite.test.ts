import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { withoutSound } from '../../../../src/domain/utterance.js'
import { json, openBench, told } from './bench.js'

const refund = {
  name: 'Refund happy path',
  instructions: 'You are {{test_profile.name}}. Order {{test_profile.order_id}} arrived damaged.\nYou want a refund.',
  expected_outcome: 'The agent confirms a refund.',
  test_profile: { agent_variables: { order_id: 'ORD-4471' }, caller_variables: { name: 'Maria', zip: '02134' } },
}

async function imported(scenarios: readonly object[], more: object = {}) {
  const bench = openBench()
  const read = await bench.import('tests.json', json({ version: '1', scenarios, ...more }))
  const { document } = await bench.prepare(read.text)
  return { ...read, document, suite: parse(read.text) as Record<string, Record<string, object>> }
}

describe('a test suite that is imported', () => {
  test('becomes a suite as a person would write it, which may be run as it is', async () => {
    const { text, losses } = await imported(
      [
        { ...refund, tags: ['ci'], frequency: 3, max_duration: 90 },
        {
          key: 'asks',
          name: 'Asks when it opens',
          type: 'conditional_actions',
          language: 'en',
          expected_outcome: 'It says when.',
          conditional_actions: {
            role: 'You are curious.',
            conditions: [
              { id: 0, condition: 'FIRST_MESSAGE', action: '', type: 'standard', fixed_message: true },
              { id: 1, condition: 'contains "help"', action: 'When do you open? <endcall />', type: 'standard', fixed_message: true },
            ],
          },
        },
      ],
      { suite: { name: 'Checkout', description: 'CI gate' }, defaults: { concurrency_limit: 5 } },
    )
    expect(losses).toEqual([])
    expect(text).toBe(`# yaml-language-server: $schema=suite.schema.json
version: 1
suite: { name: Checkout, description: CI gate }

# The models that play the caller and judge: any chat completions endpoint. Set LLM_KEY.
models:
  caller:
    base_url: "\${LLM_URL:-https://api.openai.com/v1}"
    model: "\${LLM_CALLER_MODEL:-gpt-4.1-mini}"
    api_key: "\${LLM_KEY:-}"
  judge:
    base_url: "\${LLM_URL:-https://api.openai.com/v1}"
    model: "\${LLM_JUDGE_MODEL:-gpt-4.1}"
    api_key: "\${LLM_KEY:-}"

agents:
  agent:
    # Set AGENT_URL, or describe the connection to your agent: http, openai, websocket, command or module.
    connection: { type: websocket, url: "\${AGENT_URL:-ws://127.0.0.1:8765}" }

test_profiles:
  refund_happy_path_profile:
    agent_variables: { order_id: ORD-4471 }
    caller_variables: { name: Maria, zip: "02134", order_id: ORD-4471 }

scenarios:
  refund_happy_path:
    name: Refund happy path
    tags: [ ci ]
    test_profile: refund_happy_path_profile
    instructions: |-
      You are {{test_profile.name}}. Order {{test_profile.order_id}} arrived damaged.
      You want a refund.
    expected_outcome: The agent confirms a refund.
    frequency: 3
    max_duration: 90s

  asks:
    name: Asks when it opens
    conditional_actions:
      role: You are curious.
      conditions:
        - id: 0
          condition: FIRST_MESSAGE
          action: ""
          type: standard
          fixed_message: true
        - id: 1
          condition: contains "help"
          action: When do you open? <endcall />
          type: standard
          fixed_message: true
    expected_outcome: It says when.

limits: { concurrency: 5 }
`)
  })

  test('says line by line what was lost, where it stood, and what to do', async () => {
    const { losses, text } = await imported(
      [
        {
          ...refund,
          tools: ['end_call', 'send_sms'],
          metrics: ['greeting_by_name', 412, 'latency_ms', 'expected_outcome'],
          phone_number: '+14155550123',
          type: 'real_world_smart',
        },
      ],
      { defaults: { personality: 3 } },
    )
    expect(told(losses).toSorted()).toEqual(
      [
        'defaults.personality: The document has only the number of personality 3. Describe in its prompt how it speaks.',
        'scenarios[0].tools[1]: Left out: callers do not support send_sms. They can speak, press keys, wait and hang up.',
        'scenarios[0].metrics[0]: Left out: the document only names metric greeting_by_name. Define it under metrics:, then list it.',
        'scenarios[0].metrics[1]: Left out: the document only names metric 412. Define it under metrics:, then list it.',
        'scenarios[0].phone_number: Left out: a text conversation has no telephone number.',
        'scenarios[0].type: real_world_smart is not supported, so the case uses its instructions.',
      ].toSorted(),
    )
    expect(text).toContain('# Measured before, but not declared here: greeting_by_name, 412\n  refund_happy_path:')
    expect(text).toContain('metrics: [ latency_ms ]')
  })

  test('that asks for nothing asks at least that the call comes to an end', async () => {
    const { document, losses, text } = await imported([{ name: 'Refund', instructions: 'You want a refund.' }])
    expect(document.scenarios[0]?.expect).toMatchObject([{ kind: 'not', assertion: { kind: 'ended_by', by: 'limit' } }])
    expect(told(losses)).toEqual([
      'scenarios[0].expected_outcome: It is missing, but every scenario of a suite must expect something. Add what the agent must do.',
    ])
    expect(text).toContain('# The case expected nothing,')
  })

  test('keeps one personality for one id, and another for whom speaks another language', async () => {
    const { suite, losses } = await imported([
      { ...refund, personality: 3 },
      { ...refund, name: 'Again', personality: 3 },
      { ...refund, name: 'In Spanish', personality: 3, language: 'es' },
      { ...refund, name: 'Plain, in Spanish', language: 'es' },
      { ...refund, name: 'In any', language: 'multi' },
      { ...refund, name: 'Adjusted', personality: { base: 3, prompt: 'You hurry.', speed: 1.2, background_noise: 'off' } },
    ])
    expect(suite['personalities']).toEqual({
      personality_3: { id: 3 },
      personality_3_es: { name: '3 in es', language: 'es' },
      speaks_es: { language: 'es' },
      speaks_mul: { language: 'mul' },
      personality_3_adjusted: { name: 'Personality 3, adjusted', prompt: 'You hurry.', speed: 1.2 },
    })
    expect(Object.values(suite['scenarios'] ?? {}).map(each => (each as { personality: string }).personality)).toEqual([
      'personality_3',
      'personality_3',
      'personality_3_es',
      'speaks_es',
      'speaks_mul',
      'personality_3_adjusted',
    ])
    expect(told(losses)).toEqual([
      'scenarios[0].personality: The document has only the number of personality 3. Describe in its prompt how it speaks.',
      'scenarios[2].personality: Personality 3 speaks en, so personality_3_es replaces it for es. Describe in its prompt how it speaks.',
      'scenarios[5].personality.base: Left out: the document has only the number of personality 3. Describe in the prompt how it speaks.',
    ])
  })

  test('has every variable that its texts name: from the other side, or to be filled in', async () => {
    const { suite, losses } = await imported([
      { ...refund, test_profile: 20, expected_outcome: 'Done.' },
      { ...refund, name: 'Nobody', test_profile: null, instructions: 'You are {{ test_profile.who }}.' },
      {
        ...refund,
        name: 'Deep',
        test_profile: { caller_variables: { name: 'Ada', home: { 'zip code': '02134' }, pets: ['cat'] } },
        instructions: 'Say {{test_profile.home.zip code}}.',
      },
    ])
    expect(suite['test_profiles']).toEqual({
      test_profile_20: { id: 20, caller_variables: { name: 'FILL IN', order_id: 'FILL IN' } },
      nobody_profile: { caller_variables: { who: 'FILL IN' } },
      deep_profile: { caller_variables: { name: 'Ada', home_zip_code: '02134', pets: '["cat"]' } },
    })
    expect(told(losses)).toEqual([
      'scenarios[0].test_profile: The document has only the number of test profile 20. Describe the caller in its variables.',
      'scenarios[0].test_profile: {{test_profile.name}} has no value. Add it to the test profile of refund_happy_path.',
      'scenarios[0].test_profile: {{test_profile.order_id}} has no value. Add it to the test profile of refund_happy_path.',
      'scenarios[1].test_profile: {{test_profile.who}} has no value. Add it to the test profile of nobody.',
      "scenarios[2].test_profile.caller_variables.home.zip code: Renamed to home_zip_code: a variable's name may have only letters, digits, - and _, and its value cannot have parts.",
      "scenarios[2].test_profile.caller_variables.pets: Replaced by its JSON text: a variable's value cannot have parts.",
    ])
  })

  test('says nothing that was meant for another machine: its tags, templates and variables of an environment', async () => {
    const conditions = [
      {
        id: 0,
        condition: 'FIRST_MESSAGE',
        action: '${HOME} <x sound="beep" /> {{function.a.b}} {{open',
        type: 'standard',
        fixed_message: true,
      },
      { id: 1, condition: 'It asks', action: '<interruption time="1s" /><spell>', type: 'standard', fixed_message: true },
      { id: 2, condition: 1, action: '<speed ratio="1.1" />Yes.', type: 'action_followup', fixed_message: true },
    ]
    const { document, losses } = await imported([
      {
        name: 'Asks',
        type: 'conditional_actions',
        language: 'en',
        expected_outcome: 'Done.',
        conditional_actions: { role: 'You {{ask}}.', conditions },
      },
    ])
    const behaviour = document.scenarios[0]?.behaviour
    const script = behaviour?.kind === 'script' ? behaviour.script : undefined
    expect(script?.role).toBe('You [ask].')
    expect(script?.firstMessage).toEqual([{ type: 'text', text: '${HOME} [function.a.b] { {open' }])
    expect(script?.steps.map(({ say }) => say)).toEqual([
      [{ type: 'silence', ms: 1000 }],
      [expect.objectContaining({ type: 'sound', tag: 'speed', ratio: 1.1 }), { type: 'text', text: 'Yes.' }],
    ])
    expect(told(losses).map(each => each.replace(/^scenarios\[0\]\.conditional_actions\./, ''))).toEqual([
      'role: There is no value for "{{ask}}". The caller now says it literally, in other brackets.',
      'conditions[0].action: There is no value for "{{function.a.b}}". The caller now says it literally, in other brackets.',
      'conditions[0].action: There is no value for "{{open". The caller now says it literally, in other brackets.',
      'conditions[0].action: Left out: <x sound="beep" />. There is no tag <x>.',
      'conditions[1].action: Left out: <spell>. The tag <spell> is not closed.',
      'conditions[1].action: Left out: <interruption time="1s" />. <interruption> is supported only at the beginning of a follow-up.',
    ])
  })

  test('says in words what only sound could carry, so that it may be run in text as it is', async () => {
    const actions = [
      `Hey <voice id='r' text='you'/> <speed ratio='1.1'/>there`,
      `<ivr text='Press 1.'/>`,
      '<voicemail>Leave a message.</voicemail>',
      '<audio id="7"/>',
      '<noise sound="beep"/>',
    ]
    const conditions = actions.map((action, id) => ({
      id,
      condition: id === 0 ? 'FIRST_MESSAGE' : `contains "${id}"`,
      action,
      type: 'standard',
      fixed_message: true,
    }))
    const { document, losses } = await imported([
      {
        name: 'Loud',
        type: 'conditional_actions',
        language: 'en',
        expected_outcome: 'Done.',
        conditional_actions: { role: 'You.', conditions },
      },
    ])
    const behaviour = document.scenarios[0]?.behaviour
    const script = behaviour?.kind === 'script' ? behaviour.script : undefined
    expect([script?.firstMessage ?? [], ...(script?.steps.map(({ say }) => say) ?? [])].map(withoutSound)).toEqual([
      [{ type: 'text', text: 'Hey you there' }],
      [{ type: 'text', text: 'Press 1.' }],
      [{ type: 'text', text: 'Leave a message.' }],
      [{ type: 'silence', ms: 1000 }],
      [{ type: 'silence', ms: 1000 }],
    ])
    expect(told(losses).map(each => each.replace(/^scenarios\[0\]\.conditional_actions\.conditions/, ''))).toEqual([
      `[0].action: In place of <voice id='r' text='you'/> the caller says its words plainly: only sound can carry <voice>.`,
      `[1].action: In place of <ivr text='Press 1.'/> the caller says its words plainly: only sound can carry <ivr>.`,
      '[2].action: In place of <voicemail> the caller says its words plainly: only sound can carry <voicemail>.',
      '[3].action: Left out: <audio id="7"/>. Only sound can carry a recording.',
      '[3].action: It only makes a sound; the caller is also silent for a moment, which text can carry too.',
      '[4].action: It only makes a sound; the caller is also silent for a moment, which text can carry too.',
    ])
  })

  test('gives each scenario a key of its own', async () => {
    const { suite, losses } = await imported([
      { ...refund, key: 'Refund: first!' },
      { ...refund, key: 'refund_first', name: 'Another' },
      { ...refund, key: '退款', name: '退款' },
      { ...refund, key: '101', name: 'A number' },
    ])
    expect(Object.keys(suite['scenarios'] ?? {}).toSorted()).toEqual(['101', 'refund_first', 'refund_first_2', 'scenario'])
    expect(told(losses)[0]).toBe(
      'scenarios[0].key: A key must be unique and may have only letters, digits, - and _. This one is now refund_first.',
    )
    expect(losses).toHaveLength(3)
  })

  test('waits for its turn where the agent only answers', async () => {
    const bench = openBench()
    const conditions = [
      { id: 0, condition: 'FIRST_MESSAGE', action: '', type: 'standard', fixed_message: true },
      { id: 1, condition: 0, action: '<interruption time="1s" />Wait.', type: 'action_followup', fixed_message: true },
    ]
    const text = json({
      version: '1',
      scenarios: [
        {
          name: 'Asks',
          type: 'conditional_actions',
          language: 'en',
          expected_outcome: 'Done.',
          conditional_actions: { role: 'You ask.', conditions },
        },
      ],
    })
    const { text: suite, losses } = await bench.import('tests.json', text, { agentUrl: 'http://127.0.0.1:1' })
    const { scenarios } = (await bench.prepare(suite)).document
    expect(scenarios[0]?.behaviour).toMatchObject({
      script: { firstMessage: [{ text: 'Hello.' }], steps: [{ say: [{ type: 'text', text: 'Wait.' }] }] },
    })
    expect(told(losses)).toEqual([
      'scenarios[0].conditional_actions.conditions[0].action: The agent should speak first, but over HTTP it only answers, so the caller says Hello.',
      'scenarios[0].conditional_actions.conditions[1].action: The <interruption> is left out: over HTTP an agent cannot be interrupted.',
    ])
  })

  test('is run against the agent that the command line names', async () => {
    const bench = openBench()
    const text = json({ version: '1', scenarios: [refund] })
    const overHttp = await bench.import('tests.json', text, { agentUrl: 'https://agent.example/chat' })
    expect((await bench.prepare(overHttp.text)).document.agents[0]?.connection).toMatchObject({
      type: 'http',
      url: 'https://agent.example/chat',
    })
    const overSocket = await bench.import('tests.json', text, { agentUrl: 'wss://agent.example' })
    expect((await bench.prepare(overSocket.text)).document.agents[0]?.connection).toEqual({ type: 'websocket', url: 'wss://agent.example' })
  })
})
