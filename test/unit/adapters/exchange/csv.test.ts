import { describe, expect, test } from 'vitest'
import { readCsv } from '../../../../src/adapters/exchange/csv/read-csv.js'
import { openBench, told } from './bench.js'

const casesOf = (text: string) => {
  const { cases, problems } = readCsv(text)
  expect(problems).toEqual([])
  return cases
}

const problemsOf = (text: string): string[] => readCsv(text).problems.map(({ at, message }) => `${at.slice(1).join(' ')}: ${message}`)

describe('a table of scenarios', () => {
  test('is read with quotes, commas, line breaks and quotes within cells', () => {
    expect(casesOf('name,instructions,tags\nRefund,"Say ""please"",\nthen wait.","smoke, cancel"\n')).toEqual([
      { name: 'Refund', instructions: 'Say "please",\nthen wait.', tags: ['smoke', 'cancel'], metrics: [] },
    ])
  })

  test.each([
    ['as Excel saves it in many countries', '\uFEFFName;Instructions;Tags\r\nRefund;Say no, twice.;a,b\r\n'],
    ['from a clipboard', 'name\tinstructions\ttags\nRefund\tSay no, twice.\ta|b\n'],
    ['of an old Mac', 'name,instructions,tags\rRefund,"Say no, twice.",a;b\r'],
    ['with rows and cells that are empty', '\nname,instructions,tags,\n\nRefund,"Say no, twice.","a, ,b",\n,,,\n'],
  ])('is read %s', (_what, text) => {
    expect(casesOf(text)).toEqual([{ name: 'Refund', instructions: 'Say no, twice.', tags: ['a', 'b'], metrics: [] }])
  })

  test('is read with the headings of others, and all that a scenario may have', () => {
    const head =
      'Key,ID,Scenario name,Description,Folder path,Labels,Personality,Test profile,Language,First message,Instructions,Expected outcome prompt,Metrics,Frequency,Max-duration,Caller variables: name,agent_variables.tier'
    const row =
      'refund,101,Refund,The commonest,Sales/In bound,smoke,calm,maria,pt-BR,Hi.,You want a refund.,It is refunded.,"csat, 412",3,90,Maria,gold'
    expect(casesOf(`${head}\n${row}\n`)).toEqual([
      {
        key: 'refund',
        id: 101,
        name: 'Refund',
        description: 'The commonest',
        folder: 'Sales.In bound',
        tags: ['smoke'],
        personality: 'calm',
        test_profile: { key: 'maria', caller_variables: { name: 'Maria' }, agent_variables: { tier: 'gold' } },
        language: 'pt-BR',
        first_message: 'Hi.',
        instructions: 'You want a refund.',
        expected_outcome: 'It is refunded.',
        metrics: ['csat', 412],
        frequency: 3,
        max_duration: 90,
      },
    ])
  })

  test('is told everything that is wrong with it at once, line by line', () => {
    const text =
      'name,instructions,frequency,language,conditional_actions\n"Two\nlines",Ask.,often,english please,\n,,,,\nNothing,,,,\n,Ask.,,,\nJSON,,,,{\nShape,,,,"{""role"":1}"\nLong,Ask.,1,en,,,,\n'
    expect(problemsOf(text)).toEqual([
      '2 language: This must be a language code such as en or pt-BR, but is "english please".',
      '2 frequency: This must be a whole number, 1 or more, but is "often".',
      '5 instructions: The row has no instructions: what the caller wants and knows.',
      '6 name: The row has no name.',
      '7 conditional_actions: This must be JSON: { "role": ..., "conditions": [...] }',
      '8 conditional_actions: This is required.',
      '8 conditional_actions: This must be text, but is 1.',
      '9: The row has 8 cells, but the header row has 5. Put texts with a comma in quotes.',
    ])
  })

  test.each([
    ['', '1: The table is empty.'],
    ['name,instructions\n', '1: There is no scenario below the header row.'],
    ['name,key,instructions,name\nA,a,B,C\n', '1 name: Two columns have the name.'],
    ['what,instructions\nA,B\n', '1: No column is named name or key. The headings are: what, instructions.'],
    ['name,instructions\nA,"B" C\n', '2: A cell must end after its closing quote. Write a quote inside a cell twice: "".'],
    [
      'name,instructions\nA,B "C"\n',
      '2: A quote may only be the first character of a cell. Put the whole cell in quotes, and write quotes inside it twice.',
    ],
  ])('%j is refused', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem])
  })

  test('becomes a suite that may be run; rows that share a name share what it stands for', async () => {
    const bench = openBench()
    const text =
      'name,instructions,expected_outcome,personality,test_profile,caller_variables.name,Priority\nRefund,You are {{test_profile.name}}.,Done.,calm,ada,Ada,P1\nCancel,Cancel.,Done.,calm,ada,Ada,P2\nAsk,Ask.,Done.,7,,,\n'
    const read = await bench.import('scenarios.csv', text)
    const { document } = await bench.prepare(read.text)
    expect(document.name).toBe('scenarios')
    expect(document.personalities.map(({ key, id }) => [key, id])).toEqual([
      ['calm', undefined],
      ['personality_7', 7],
    ])
    expect(document.testProfiles.map(({ key, callerVariables }) => [key, callerVariables])).toEqual([['ada', { name: 'Ada' }]])
    expect(document.scenarios.map(({ key, personality, testProfile }) => [key, personality?.key, testProfile?.key])).toEqual([
      ['refund', 'calm', 'ada'],
      ['cancel', 'calm', 'ada'],
      ['ask', 'personality_7', undefined],
    ])
    expect(told(read.losses).map(each => each.replace(/:.*/, ''))).toEqual(['Priority', 'personality', 'personality'])
  })

  test('is written with all that it can hold, and what it cannot is told', async () => {
    const bench = openBench()
    const { text, losses } = await bench.export(
      `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: websocket, url: "ws://127.0.0.1:1" } } }
personalities: { calm: { language: es } }
test_profiles: { ada: { caller_variables: { name: "Ada, Countess", "zip": "02134" }, agent_variables: { tier: gold } } }
scenarios:
  refund:
    id: 7
    folder: Sales.Inbound
    tags: [smoke, "a, b"]
    personality: calm
    test_profile: ada
    script: { first_message: "Hi, \\"you\\"." }
    expect: [{ agent_says: { contains: hello } }]
`,
      'csv',
    )
    expect(text).toBe(
      'key,id,name,folder,tags,personality,test_profile,language,instructions,conditional_actions,expected_outcome,caller_variables.name,caller_variables.zip,agent_variables.tier\r\n' +
        'refund,7,refund,Sales.Inbound,"smoke, a, b",calm,ada,es,,"{""role"":""You are the caller of \\""refund\\""."",""conditions"":[{""id"":0,""condition"":""FIRST_MESSAGE"",""action"":""Hi, \\""you\\""."",""type"":""standard"",""fixed_message"":true}]}",,"Ada, Countess",02134,gold\r\n',
    )
    expect(told(losses)).toEqual([
      'agents.shop: Left out: the request names the agent, by its id there. Its connection is configured there.',
      'scenarios.refund: It no longer expects anything the agent could fail. Add an expected_outcome.',
      'scenarios.refund.personality: The table has only the name of calm. Keep its section of the suite.',
      'scenarios.refund.tags: "a, b" is split: in a table, the characters , ; and | separate tags.',
      'scenarios.refund.expect[0]: "agent says contains "hello"" cannot be checked there. Describe it in expected_outcome in plain language.',
    ])
  })
})
