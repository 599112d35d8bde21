import { expect, test } from 'vitest'
import { described, diagnosticsOf, folderOf, loadIn, loadText } from './suites.js'

test('ten different mistakes in one file are told as exactly those ten', async () => {
  const loaded = await loadText(`
version: 1
suite: { name: Clinic }
agents:
  clinic:
    connection: { type: websocket, url: "ws://127.0.0.1:8765" }
    limits: { concurency: 3 }
personalities:
  calm: { id: 3, language: en }
scenarios:
  cancels:
    personality: clam
    script:
      first_message: Hi. <endcal/>
      steps:
        - when: { contains: name }
          say: I am \${PATIENT}.
        - after: 5
          say: Thank you.
    expect:
      - agent_says: { matches: "(?=cancelled)" }
    max_duration: 10 sec
  moves:
    script: { first_message: I want to move my appointment. }
runs:
  - agent: clinc
    tags: [smoke]
`)

  expect('diagnostics' in loaded).toBe(true)
  expect(described(diagnosticsOf(loaded)).toSorted()).toEqual([
    'AGENT_UNKNOWN suite.yaml: clinc',
    'ENV_MISSING suite.yaml: ${PATIENT}',
    'KEY_UNKNOWN suite.yaml: concurency',
    'PATTERN_INVALID suite.yaml: "(?=cancelled)"',
    'PERSONALITY_UNKNOWN suite.yaml: clam',
    'SCENARIO_PROVES_NOTHING suite.yaml: moves',
    'STEP_AFTER_UNKNOWN suite.yaml: 5',
    'TAG_UNKNOWN suite.yaml: smoke',
    'UTTERANCE_TAG_UNKNOWN suite.yaml: <endcal/>',
    'VALUE_FORM suite.yaml: 10 sec',
  ])
})

test('mistakes of several files are told together', async () => {
  const folder = folderOf({
    'suite.yaml': `
version: 1
suite: { name: Clinic }
include: [scenarios/]
agents: { clinic: { connection: { type: module, path: agent.js } } }
limits: { concurrency: 0 }
`,
    'scenarios/a.yaml': 'scenarios: { a: { personality: calm, script: { first_message: Hi. }, expect: [{ ended_by: agent }] } }',
    'scenarios/b.yaml': 'scenarios: { b: { tags: smoke, script: { first_message: Hi. }, expect: [{ ended_by: nobody }] } }',
  })

  expect(described(diagnosticsOf(await loadIn(folder)))).toEqual([
    'VALUE_OUT_OF_RANGE suite.yaml: 0',
    'VALUE_TYPE scenarios/b.yaml: smoke',
    'VALUE_UNKNOWN scenarios/b.yaml: nobody',
    'PERSONALITY_UNKNOWN scenarios/a.yaml: calm',
  ])
})

test('every syntax error is told, one for each line', async () => {
  const loaded = await loadText('a: b: c\nd: e: f\ng: @h\n')

  expect(diagnosticsOf(loaded).map(({ code, at }) => [code, at?.start])).toEqual([
    ['YAML_INVALID', 3],
    ['YAML_INVALID', 11],
    ['YAML_INVALID', 19],
  ])
})

test('names that may stand in a file that cannot be read are not called unknown', async () => {
  const folder = folderOf({
    'suite.yaml': `
version: 1
suite: { name: Clinic }
include: [people.yaml]
agents: { clinic: { connection: { type: module, path: agent.js } } }
scenarios: { a: { personality: calm, script: { first_message: Hi. }, expect: [{ ended_by: agent }] } }
`,
    'people.yaml': 'personalities: { calm: { id: 3 }',
  })

  expect(diagnosticsOf(await loadIn(folder)).map(({ code, at }) => [code, at?.file.path])).toEqual([['YAML_INVALID', 'people.yaml']])
})

test('a mistake inside an anchor is told once, however many aliases name it', async () => {
  const loaded = await loadText(`
version: 1
suite: { name: Clinic }
agents: { clinic: { connection: { type: module, path: agent.js } } }
scenarios:
  a: &base { script: { first_mesage: Hi. }, expect: [{ ended_by: nobody }], max_turns: 0 }
  b: *base
  c: { <<: *base, max_turns: 5 }
`)

  expect(described(diagnosticsOf(loaded))).toEqual([
    'KEY_UNKNOWN suite.yaml: first_mesage',
    'VALUE_UNKNOWN suite.yaml: nobody',
    'VALUE_OUT_OF_RANGE suite.yaml: 0',
  ])
})

test('what is read for an address and is none is not shown, however long it is: it may be a key', async () => {
  const secret = 'not-a-url-but-a-secret-that-is-longer-than-a-message-would-ever-show-in-full'
  const loaded = await loadText(
    `
version: 1
suite: { name: Clinic }
agents: { clinic: { connection: { type: websocket, url: "\${CLINIC_URL}" } } }
scenarios: { a: { script: { first_message: Hi. }, expect: [{ ended_by: agent }] } }
`,
    { CLINIC_URL: secret },
  )

  const [diagnostic] = diagnosticsOf(loaded)
  expect(diagnostic?.code).toBe('VALUE_FORM')
  expect(JSON.stringify(diagnostic)).toContain('[redacted CLINIC_URL]')
  expect(`${diagnostic?.message}${diagnostic?.hint}`).not.toContain(secret.slice(0, 20))
})

test('a misspelt key is one mistake: what it was meant to be is not called missing', async () => {
  const loaded = await loadText(`
version: 1
suite: { name: Clinic }
agents: { clinic: { conection: { type: module, path: agent.js } } }
scenarios:
  a: { script: { first_mesage: Hi. }, expect: [{ ended_by: agent }] }
  b: { scrpt: { first_message: Hi. }, expect: [{ ended_by: agent }] }
  c: { script: { first_message: Hi. }, exepct: [{ ended_by: agent }] }
  d: { script: { steps: [{ whn: any, say: Hi. }, { when: any, sya: Hi. }] }, expect: [{ ended_by: agent }] }
`)

  expect(described(diagnosticsOf(loaded)).toSorted()).toEqual([
    'KEY_UNKNOWN suite.yaml: conection',
    'KEY_UNKNOWN suite.yaml: exepct',
    'KEY_UNKNOWN suite.yaml: first_mesage',
    'KEY_UNKNOWN suite.yaml: scrpt',
    'KEY_UNKNOWN suite.yaml: sya',
    'KEY_UNKNOWN suite.yaml: whn',
  ])
})
