import { expect, test } from 'vitest'
import { documentOf, loadText, described, diagnosticsOf, suiteWith } from './suites.js'

const withTools = (agent: string, runs = '') =>
  suiteWith({ agents: `{ clinic: { connection: { type: module, path: a.js }, ${agent} } }`, runs })

const gives = (answer: object, delayMs = 0) => ({ gives: answer, delayMs })

test('mock tools are read with their cases in order, delays in milliseconds, and what answers otherwise', async () => {
  const { agents } = await documentOf(
    withTools(`mock_tools_port: 8790, mock_tools: { book: {
      description: Books., parameters: { type: object, properties: { at: { type: string } } },
      cases: [{ input: { at: "10:00" }, output: { id: "{{input.at}}" }, delay: 200ms, times: 2 }, { error: { code: 1 } }],
      otherwise: { output: null } }, cancel: { cases: [{ output: false }] } }`),
  )
  expect(agents[0]?.mockTools).toMatchObject({
    port: 8790,
    tools: [
      {
        name: 'book',
        description: 'Books.',
        parameters: { type: 'object', properties: { at: { type: 'string' } } },
        cases: [
          { input: { at: '10:00' }, ...gives({ output: { id: '{{input.at}}' } }, 200), times: 2 },
          { input: {}, ...gives({ error: { code: 1 } }) },
        ],
        otherwise: gives({ output: null }),
      },
      { name: 'cancel', cases: [{ input: {}, ...gives({ output: false }) }] },
    ],
  })
})

test('an agent without mock tools has none, and an empty map of them is no mistake', async () => {
  expect((await documentOf(suiteWith({}))).agents[0]).not.toHaveProperty('mockTools')
  expect((await documentOf(withTools('mock_tools: {}'))).agents[0]?.mockTools).toEqual({ tools: [] })
})

test.each([
  ['null', undefined],
  ['[]', []],
  ['[cancel]', ['cancel']],
])('a run entry with mock_tool_names: %s picks %j', async (names, picked) => {
  const tools = 'mock_tools: { book: { cases: [{ output: 1 }] }, cancel: { cases: [{ output: 1 }] } }'
  const { entries } = await documentOf(withTools(tools, `[{ mock_tool_names: ${names} }]`))
  expect(entries[0]?.mockToolNames).toEqual(picked)
})

test('a port belongs to one agent', async () => {
  const agent = '{ connection: { type: module, path: a.js }, mock_tools_port: 8790, mock_tools: {} }'
  const loaded = await loadText(suiteWith({ agents: `{ a: ${agent}, b: ${agent} }`, runs: '[{ agent: a }]' }))
  expect(described(diagnosticsOf(loaded))).toEqual(['ID_TWICE suite.yaml: 8790'])
})

test('every mistake is told at once, misspelt keys too', async () => {
  const loaded = await loadText(
    withTools(
      `mock_tools: { book: { cases: [{ inptu: { a: 1 }, output: 1 }, { output: 1, error: x, delay: 3 }], parameters: { type: list } } }`,
    ),
  )
  expect(described(diagnosticsOf(loaded)).toSorted()).toEqual([
    'KEY_UNKNOWN suite.yaml: inptu',
    'MOCK_ANSWER_FORM suite.yaml: { output: 1, error: x, delay: 3 }',
    'MOCK_PARAMETERS_INVALID suite.yaml: { type: list }',
    'VALUE_TYPE suite.yaml: 3',
  ])
})

test.each(['draft-07/schema#', 'draft/2020-12/schema'])('parameters may name their dialect: %s', async dialect => {
  const parameters = `{ $schema: "http://json-schema.org/${dialect}", type: object, properties: { a: { type: string, format: date } } }`
  const { agents } = await documentOf(withTools(`mock_tools: { book: { parameters: ${parameters}, cases: [{ output: 1 }] } }`))
  expect(agents[0]?.mockTools?.tools[0]?.parameters).toMatchObject({ $schema: `http://json-schema.org/${dialect}` })
})
