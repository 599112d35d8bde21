import { describe, expect, test } from 'vitest'
import { readTestSuite } from '../../../../../src/adapters/exchange/test-suite/read-test-suite.js'
import { json, openBench } from '../bench.js'

const opening = { id: 0, condition: 'FIRST_MESSAGE', action: 'Hi.', type: 'standard', fixed_message: true }
const refund = { name: 'Refund', instructions: 'You want a refund.' }
const suiteOf = (...scenarios: readonly unknown[]) => ({ version: '1', scenarios })
const structured = (...conditions: readonly unknown[]) =>
  suiteOf({ name: 'Asks', type: 'conditional_actions', language: 'en', conditional_actions: { role: 'You ask.', conditions } })

/** Paths of what is wrong with a document. */
const pathsOf = (document: unknown): string[] => readTestSuite(document).problems.map(({ path }) => path)

describe('a JSON test suite', () => {
  test('is told everything that is wrong with it at once, at the place of each', () => {
    const { problems } = readTestSuite({
      version: '1',
      agent_id: 12,
      defaults: { frequency: 0, metrics: ['Not A Slug'] },
      scenarios: [
        { name: 'Refund', frequency: '3' },
        { name: 'R'.repeat(81), instructions: 'Ask.', personality: { prompt: 'You hurry.', accent: 'british' }, tools: ['fly'] },
        { name: 'Asks', type: 'conditional_actions' },
        7,
      ],
    })
    expect(problems.map(({ path, messages }) => [path, messages.length])).toEqual([
      ['agent_id', 1],
      ['defaults.frequency', 1],
      ['defaults.metrics[0]', 1],
      ['scenarios[0].frequency', 1],
      ['scenarios[1].name', 1],
      ['scenarios[1].personality.accent', 1],
      ['scenarios[1].personality.language', 1],
      ['scenarios[1].personality.voice_model', 1],
      ['scenarios[1].personality.voice_id', 1],
      ['scenarios[1].personality.background_noise', 1],
      ['scenarios[1].tools[0]', 1],
      ['scenarios[3]', 1],
      ['scenarios[0].instructions', 1],
      ['scenarios[2].conditional_actions', 1],
      ['scenarios[2].language', 1],
    ])
    expect(problems[3]?.messages).toEqual(['This must be a whole number, but is text.'])
  })

  test.each([
    ['without anything in it', {}, ['version', 'scenarios']],
    ['that is a list', [], ['']],
    ['that is a text', 'text', ['']],
    ['that is null', null, ['']],
    ['without a case', suiteOf(), ['scenarios']],
    ['of another version, of which nothing more is known', { version: '2', scenarios: 'whatever' }, ['version']],
    ['whose version is a number', { version: 1, scenarios: [refund] }, ['version']],
    ['with two cases of one name', suiteOf(refund, { ...refund, instructions: 'Another.' }), ['scenarios[1].name']],
    ['with two cases of one key', suiteOf({ ...refund, key: 'a' }, { ...refund, key: 'a' }), ['scenarios[1].key']],
    ['with an empty test profile', suiteOf({ ...refund, test_profile: {} }), ['scenarios[0].test_profile']],
    ['with a personality 0', suiteOf({ ...refund, personality: 0 }), ['scenarios[0].personality']],
    ['with a telephone number that is none', suiteOf({ ...refund, phone_number: '555' }), ['scenarios[0].phone_number']],
    ['with 201 cases', suiteOf(...Array.from({ length: 201 }, (_, nth) => ({ ...refund, name: String(nth) }))), ['scenarios']],
  ])('%s is refused', (_what, document, paths) => {
    expect(pathsOf(document)).toEqual(paths)
  })

  test.each([
    ['an opening that is no opening', [{ ...opening, id: 1, condition: '' }], ['conditions[0].id', 'conditions[0].condition']],
    ['an id that is there twice', [opening, { ...opening, condition: 'The agent asks' }], ['conditions[1].id']],
    ['a follow-up of nothing', [opening, { ...opening, id: 1, condition: 7, type: 'action_followup' }], ['conditions[1].condition']],
    ['a follow-up of itself', [opening, { ...opening, id: 1, condition: 1, type: 'action_followup' }], ['conditions[1].condition']],
    ['a condition that is a number', [opening, { ...opening, id: 1, condition: 0 }], ['conditions[1].condition']],
    ['a second opening', [opening, { ...opening, id: 1 }], ['conditions[1].condition']],
    ['a silent action', [opening, { ...opening, id: 1, condition: 'It asks', action: ' ' }], ['conditions[1].action']],
    [
      'missing fields',
      [opening, { id: 1 }],
      ['conditions[1].condition', 'conditions[1].action', 'conditions[1].type', 'conditions[1].fixed_message'],
    ],
  ])('%s is refused in conditional actions', (_what, conditions, paths) => {
    expect(pathsOf(structured(...conditions))).toEqual(paths.map(path => `scenarios[0].conditional_actions.${path}`))
  })

  test('gives each case what the defaults say, field by field; the language of its own personality comes first', () => {
    const { cases } = readTestSuite({
      version: '1',
      defaults: { language: 'en', metrics: ['csat'], personality: 3, tags: ['ci'], concurrency_limit: 4 },
      scenarios: [
        { ...refund, metrics: [412] },
        { name: 'Ask', instructions: 'Ask.', personality: { base: 7, language: 'es' } },
      ],
    })
    expect(cases).toEqual([
      { ...refund, language: 'en', metrics: [412], personality: 3, tags: ['ci'] },
      { name: 'Ask', instructions: 'Ask.', language: 'es', metrics: ['csat'], personality: { base: 7, language: 'es' }, tags: ['ci'] },
    ])
  })

  test('may hold null for what is left out, but among variables', () => {
    const { cases, problems } = readTestSuite(suiteOf({ ...refund, personality: null, test_profile: { caller_variables: { name: null } } }))
    expect(problems).toEqual([])
    expect(cases).toEqual([{ ...refund, test_profile: { caller_variables: { name: null } } }])
  })

  test('that was made to hurt is refused like any other', () => {
    const deep = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000)) as unknown
    expect(pathsOf(suiteOf({ name: 'Deep', instructions: deep }))).toEqual(['scenarios[0].instructions'])
    expect(pathsOf(JSON.parse('{"version": "1", "__proto__": [], "scenarios": [{ "name": "A", "instructions": "B" }]}'))).toEqual([
      '__proto__',
    ])
  })
})

describe('a file that cannot be imported', () => {
  test('shows where each problem stands, with its JSON Pointer', async () => {
    const text = json({ version: '1', scenarios: [{ name: 'Refund' }, { name: 'Ask', instructions: 7 }] })
    expect(await openBench().refusal('tests.json', text)).toEqual([
      '9:23 /scenarios/1/instructions: This must be text, but is 7.',
      '4:5 /scenarios/0/instructions: Instructions are required: what the caller wants and knows.',
    ])
  })

  test.each([
    ['tests.json', '{ "version": "1", }', /^1:\d+ \S+tests.json is not JSON: /],
    ['tests.json', '', /^1:1 \S+tests.json is not JSON: Unexpected end of JSON input/],
    ['notes.txt', 'To do: call Maria.', /^0:0 The format of \S+notes.txt was not recognized\.$/],
    ['deep.json', `{ "version": "2", "scenarios": ${'['.repeat(9000)}${']'.repeat(9000)} }`, /^1:\d+ \/version: This must be the text "1"/],
    ['number.json', '7', /^0:0 The format of \S+ was not recognized/],
    ['talk.json', '[{ "role": "narrator", "content": "Once upon a time" }]', /^1:12 \[0\]\.role: This role is not known\./],
    ['talk.json', '[{ "role": "assistant", "content": "Hello?" }]', /The caller says nothing in it\.$/],
    ['table.csv', 'name,notes\nRefund,x\n', /^1:1 Line 1: No column is named instructions\./],
    ['table.csv', 'name,instructions\n"Refund,x\n', /A quote is opened but not closed\.$/],
  ])('named %s is refused', async (name, text, refusal) => {
    const [first, ...others] = await openBench().refusal(name, text)
    expect(first).toMatch(refusal)
    expect(others).toEqual([])
  })
})
