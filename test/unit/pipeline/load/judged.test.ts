import { expect, test } from 'vitest'
import { judgedMetricNames } from '../../../../src/domain/judged-metrics.js'
import { described, diagnosticsOf, documentOf, expecting, folderOf, loadIn, loadText, speaking, suiteOf } from './suites.js'

const models = '{ judge: { base_url: "http://127.0.0.1:1/v1", model: m } }'
const said = '[{ role: caller, content: Hi. }, { role: agent, content: No. }]'
const judge_controls = `{ bad: { scenario: greets, transcript: ${said}, expect: { outcome: not_met } } }`
const outcome = 'expected_outcome: It is solved.'

test('whatever only a judge can measure may be named without being declared', async () => {
  const { metrics, scenarios } = await documentOf(
    suiteOf(`${speaking}, ${outcome}, metrics: [${judgedMetricNames.join(', ')}]`, { models, judge_controls }),
  )
  expect(scenarios[0]?.metrics).toEqual(judgedMetricNames)
  const types = Object.fromEntries(metrics.map(({ key, type }) => [key, type]))
  expect(types).toMatchObject({
    expected_outcome: 'rating',
    hallucination: 'numeric',
    csat: 'rating',
    sentiment: 'enum',
    topic: 'enum',
    verbosity: 'rating',
  })
  expect(metrics.find(({ key }) => key === 'sentiment')?.values).toEqual(['positive', 'neutral', 'negative'])
  expect(metrics.find(({ key }) => key === 'appropriate_termination_by_agent')?.trigger).toMatchObject({
    assertion: { kind: 'ended_by', by: 'agent' },
  })
})

test('one that is declared may have values, votes and a trigger of its own', async () => {
  const { metrics } = await documentOf(
    suiteOf(`${speaking}, ${outcome}, metrics: [topic, empathy]`, {
      models,
      judge_controls,
      metrics: `{
        topic: { type: enum, builtin: topic, values: [book, cancel], votes: 3 },
        empathy: { type: rating, judge: How warm?, trigger: the caller was upset },
        empathy2: { type: rating, judge: How warm?, trigger: { caller_says: { contains: upset } } },
      }`,
    }),
  )
  expect(metrics.slice(0, 3)).toMatchObject([
    { key: 'topic', type: 'enum', values: ['book', 'cancel'], source: { kind: 'judge', votes: 3 } },
    { key: 'empathy', trigger: { kind: 'judge', question: 'the caller was upset' } },
    { key: 'empathy2', trigger: { kind: 'assertion', assertion: { kind: 'caller_says', matcher: { contains: 'upset' } } } },
  ])
})

test('an expected outcome is a text, or its claims; either proves something, with a judge', async () => {
  const text = await documentOf(suiteOf(`${speaking}, ${outcome}`, { models, judge_controls }))
  expect(text.scenarios[0]?.expectedOutcome).toMatchObject({ kind: 'text', texts: [{ text: 'It is solved.' }] })
  const list = await documentOf(suiteOf(`${speaking}, expected_outcome: [It is solved., It never swears.]`, { models, judge_controls }))
  expect(list.scenarios[0]?.expectedOutcome).toMatchObject({
    kind: 'claims',
    texts: [{ text: 'It is solved.' }, { text: 'It never swears.' }],
  })
})

test('claims that plainly are what their author means are not warned of, and are shown as of their kind', async () => {
  const claims = [
    'The agent refunds order {{test_profile.order}}.',
    'The agent says it is not possible.',
    'The agent tells the caller not to worry.',
    'The agent never refunds order {{test_profile.order}}.',
    'The agent stays polite.',
    '{ never: The agent asks for a card number. }',
    '{ always: The agent speaks plainly. }',
  ]
  const profile = 'test_profile: p }, x: { script: { first_message: Hi. }, expect: [{ agent_says: { contains: a } }]'
  const suite = suiteOf(
    `${speaking}, expected_outcome: [${claims.map(claim => (claim.startsWith('{ ') ? claim : `"${claim}"`)).join(', ')}], ${profile}`,
    {
      models,
      judge_controls,
      test_profiles: '{ p: { caller_variables: { order: A-1042 } } }',
    },
  )
  expect(described(diagnosticsOf(await loadText(suite)))).toEqual([])
  expect((await documentOf(suite)).scenarios[0]?.expectedOutcome?.texts.slice(-2)).toMatchObject([
    { kind: 'never', text: 'Never: The agent asks for a card number.' },
    { kind: 'always', text: 'Always: The agent speaks plainly.' },
  ])
})

test.each([
  'The agent apologises, refunds the second charge and never asks for a card number.',
  'The agent refunds the second charge, and does not book an appointment.',
  'The agent offers a refund, not a voucher.',
  'The agent offers a refund and no voucher.',
  'The agent tells the caller that the refund takes five days and cannot be hurried.',
  'The agent apologises, if it does not find the order.',
  'In no time the agent refunds the order.',
  'Der Agent entschuldigt sich und fragt nie nach einer Kartennummer.',
  'Der Agent entschuldigt sich und duzt den Anrufer nicht.',
  'El agente se disculpa y no pide el número de tarjeta.',
])('a text whose later parts deny nothing, or plainly deny, is not warned of: %s', async text => {
  const suite = suiteOf(`${speaking}, expected_outcome: "${text}"`, { models, judge_controls })
  expect(described(diagnosticsOf(await loadText(suite)))).toEqual([])
})

test('a very long sentence is not searched for later parts that deny', async () => {
  const text = `The agent greets${', refunds'.repeat(20_000)}, and does not hide the fee.`
  const started = performance.now()
  expect(described(diagnosticsOf(await loadText(suiteOf(`${speaking}, expected_outcome: "${text}"`, { models, judge_controls }))))).toEqual(
    [],
  )
  expect(performance.now() - started).toBeLessThan(2000)
})

const messagesOf = async (suite: string) => diagnosticsOf(await loadText(suite)).map(({ message }) => message)

test('a warning of missing controls names the scenarios, and those that judged metrics alone decide', async () => {
  const scenarios = `${speaking}, metrics: [csat], expect: [{ metric: { name: csat, min: 60 } }] }, b: { ${speaking}, metrics: [ok] }, c: { ${speaking}, ${outcome} }, d: { ${speaking}, ${expecting}, metrics: [ok]`
  const all = { models, metrics: '{ ok: { type: binary, judge: Was it solved? } }' }
  expect(await messagesOf(suiteOf(scenarios, all))).toEqual([
    'Only the model judge decides "greets", "b", "c", "d", and no judge control checks that judge: a judge that passes everything would pass the gate. ' +
      'Judged metrics alone decide "greets", "b", and the empty control does not try metrics.',
  ])
  expect((await messagesOf(suiteOf(scenarios, { ...all, judge_controls: judge_controls.replace('greets', 'c') })))[0]).toBe(
    'No judge control belongs to "greets", "b", "d", so nothing shows whether the judge is right about them. ' +
      'Judged metrics alone decide "greets", "b", and the empty control does not try metrics.',
  )
})

test('what is blank, or has a placeholder that nothing fills in, is told of', async () => {
  const loaded = await loadText(
    suiteOf(`${speaking}, expected_outcome: [" ", "It is {{nobody}}.", "It is {{run.key}} of {{test_profile.name}}."]`, {
      models,
      judge_controls,
    }),
  )
  expect(described(diagnosticsOf(loaded))).toEqual([
    'TEXT_BLANK suite.yaml: " "',
    'TEMPLATE_UNKNOWN suite.yaml: {{nobody}}',
    'TEMPLATE_UNKNOWN suite.yaml: {{run.key}}',
  ])
})

const asking = (bounds: string) => suiteOf(`${speaking}, expect: [{ metric: { name: csat, ${bounds} } }]`, { models })
const codes = async (bounds: string) => diagnosticsOf(await loadText(asking(bounds))).map(({ code }) => code)

test('a bound that no rating could miss proves nothing', async () => {
  expect(await codes('max: 100')).toContain('SCENARIO_PROVES_NOTHING')
  expect(await codes('min: 0')).toContain('SCENARIO_PROVES_NOTHING')
  expect(await codes('min: 1')).toEqual(['JUDGE_UNCONTROLLED'])
})

test("an agent's knowledge is read, relative to the file that declares it", async () => {
  const folder = folderOf({
    'suite.yaml': `version: 1\nsuite: { name: A }\ninclude: [agents/a.yaml]\nscenarios: { greets: { ${speaking}, ${expecting} } }\n`,
    'agents/a.yaml': 'agents: { a: { connection: { type: module, path: a.js }, knowledge: [../docs/hours.md] } }',
    'docs/hours.md': 'Open 9 to 5.',
  })
  const loaded = await loadIn(folder)
  if ('diagnostics' in loaded) throw new Error(described(loaded.diagnostics).join())
  expect(loaded.document.agents[0]?.knowledge).toEqual([{ path: 'docs/hours.md', text: 'Open 9 to 5.' }])
})

const inline = `[
  { role: Main Agent, content: Hello., start_time: 0, end_time: 1.5 },
  { role: Testing Agent, content: Cancel it., start_time: 2 },
  { role: Function Call, data: { id: c1, name: cancel, arguments: { id: P-1 } } },
  { role: Function Call Result, data: { id: c1, name: cancel, result: { ok: true } } },
  { role: Main Agent, content: Done. },
]`

const chat = JSON.stringify({
  messages: [
    { role: 'system', content: 'You are an agent.' },
    { role: 'assistant', content: 'Hello.' },
    { role: 'user', content: [{ type: 'text', text: 'Cancel it.' }] },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'cancel', arguments: '{"id":"P-1"}' } }],
    },
    { role: 'tool', tool_call_id: 'c1', name: 'cancel', content: '{"ok":true}' },
    { role: 'assistant', content: 'Done.' },
  ],
})

test.each([
  ['inline, by the names of the API', inline, {}],
  ['in a file, as chat completions have it', 'controls/c.json', { 'controls/c.json': chat }],
])('a control has its conversation %s', async (_how, transcript, files) => {
  const control = `{ scenario: greets, ended_by: agent, transcript: ${transcript}, expect: { outcome: not_met, metrics: { csat: { max: 40 }, sentiment: { equals: negative } } } }`
  const folder = folderOf({
    'suite.yaml': suiteOf(`${speaking}, ${outcome}`, { models, judge_controls: `{ c: ${control} }`.replaceAll('\n', ' ') }),
    ...files,
  })
  const loaded = await loadIn(folder)
  if ('diagnostics' in loaded) throw new Error(described(loaded.diagnostics).join())
  const [read] = loaded.document.controls
  expect(read).toMatchObject({ key: 'c', scenario: { key: 'greets' }, transcript: { ending: { by: 'agent' } } })
  expect(read?.transcript.moments.map(({ startS: _s, endS: _e, ...entry }) => entry)).toEqual([
    { turn: 0, type: 'said', by: 'agent', text: 'Hello.' },
    { turn: 1, type: 'said', by: 'caller', text: 'Cancel it.' },
    { turn: 1, type: 'tool_called', by: 'agent', id: 'c1', name: 'cancel', arguments: { id: 'P-1' } },
    { turn: 1, type: 'tool_returned', by: 'agent', id: 'c1', name: 'cancel', result: { ok: true } },
    { turn: 1, type: 'said', by: 'agent', text: 'Done.' },
  ])
  expect(read?.expect).toEqual({
    outcome: 'not_met',
    metrics: [
      { metric: 'csat', applies: true, bounds: { max: 40 } },
      { metric: 'sentiment', applies: true, bounds: {}, equals: 'negative' },
    ],
  })
})

/** What is wrong with a control whose transcript is this file. */
async function controlMistakes(transcript: string): Promise<string[]> {
  const control = '{ scenario: greets, transcript: c.json, expect: { outcome: not_met } }'
  const folder = folderOf({
    'suite.yaml': suiteOf(`${speaking}, ${outcome}`, { models, judge_controls: `{ c: ${control} }` }),
    'c.json': transcript,
  })
  const loaded = await loadIn(folder)
  return 'diagnostics' in loaded ? loaded.diagnostics.filter(({ severity }) => severity === 'error').map(({ message }) => message) : []
}

test('a control is refused for every part of its conversation that is not read', async () => {
  const messages = [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'See?' },
        { type: 'image_url', image_url: { url: 'u' } },
      ],
    },
    { role: 'assistant', content: 'Yes.', turn: 0.5, start_time: -1 },
  ]
  expect(await controlMistakes(JSON.stringify(messages))).toEqual([
    'c.json cannot be read as a transcript. Message 1: This part is not text, but "image_url".',
    'c.json cannot be read as a transcript. Message 2: A time is a number of seconds from the start of the call.',
    'c.json cannot be read as a transcript. Message 2: A turn is a whole number: how often the caller has spoken, from 0.',
  ])
})

const many = (role: string): string => JSON.stringify(Array.from({ length: 130_000 }, () => ({ role, content: 'a' })))

test('a control of any size or depth is read, or refused in few words', async () => {
  expect(await controlMistakes(many('user'))).toEqual([])
  expect(await controlMistakes(many('uncle'))).toHaveLength(21)
  const deep = '['.repeat(100_000) + ']'.repeat(100_000)
  expect(await controlMistakes(deep)).toEqual([
    'c.json cannot be read as a transcript. Message 1: A message must be an object with a role and a content.',
  ])
  expect(await controlMistakes(`[{ "role": "tool", "content": ${deep} }]`)).toEqual([
    'c.json cannot be read as a transcript. Message 1: It is nested more than 100 levels deep.',
  ])
})

test('a placeholder that nothing fills in is told of wherever a text decides', async () => {
  const bad = '"{{nobody}}"'
  const places = [
    `expect: [{ agent_says: { contains: ${bad} } }]`,
    `expect: [{ caller_says: { equals: ${bad} } }]`,
    `expect: [{ not: { agent_says: { one_of: [Yes, ${bad}] } } }]`,
    `expect: [{ all: [{ agent_says: { matches: ${bad} } }] }]`,
    `expect: [{ tool_called: { name: ${bad} } }]`,
    `expect: [{ tool_called: { name: cancel, arguments: { ids: [{ id: ${bad} }] } } }]`,
    `expect: [{ tool_called: { name: cancel, arguments: { ${bad}: 1 } } }]`,
    `expect: [{ metadata: { pointer: /x, equals: [${bad}] } }]`,
    `expect: [{ metadata: { pointer: /x, contains: ${bad} } }]`,
  ]
  for (const place of places) {
    expect(described(diagnosticsOf(await loadText(suiteOf(`${speaking}, ${place}`))))[0]).toMatch(
      /^TEMPLATE_UNKNOWN suite\.yaml: .*nobody/s,
    )
  }
  const sources = [
    `type: binary, agent_says: { contains: ${bad} }`,
    `type: binary, tool_called: { name: x, arguments: { a: ${bad} } }`,
    `type: numeric, metadata: "/{{nobody}}"`,
    `type: rating, judge: ${bad}`,
    `type: rating, judge: How?, trigger: ${bad}`,
    `type: rating, judge: How?, trigger: { agent_says: { contains: ${bad} } }`,
  ]
  for (const source of sources) {
    const suite = suiteOf(`${speaking}, ${outcome}, metrics: [m]`, { models, judge_controls, metrics: `{ m: { ${source} } }` })
    expect(described(diagnosticsOf(await loadText(suite)))[0]).toMatch(/^TEMPLATE_UNKNOWN suite\.yaml: .*nobody/s)
  }
  const open = await loadText(suiteOf(`${speaking}, expect: [{ agent_says: { contains: "{{test_profile.x" } }]`))
  expect(diagnosticsOf(open).map(({ code }) => code)).toEqual(['TEMPLATE_NOT_CLOSED'])
})
