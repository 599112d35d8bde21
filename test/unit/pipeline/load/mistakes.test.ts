import { expect, test } from 'vitest'
import type { DiagnosticCode } from '../../../../src/domain/diagnostic.js'
import type { loadMessages } from '../../../../src/domain/load-messages.js'
import { type Environment, diagnosticsOf, expecting, folderOf, loadIn, speaking, suiteOf, suiteWith } from './suites.js'

/** A suite with one mistake; « and » stand around the place that is to be told. */
type Case =
  | string
  | {
      readonly files: Readonly<Record<string, string | Uint8Array>>
      readonly path?: string
      readonly environment?: Environment
      /** What is told beside it. */
      readonly beside?: readonly DiagnosticCode[]
    }

const saying = (text: string) => suiteOf(`script: { first_message: '${text}' }, ${expecting}`)
const stepping = (steps: string) => suiteOf(`script: { first_message: Hi., steps: [${steps}] }, ${expecting}`)
const conditions = (list: string) => suiteOf(`conditional_actions: { role: A patient, conditions: [${list}] }, ${expecting}`)
const opening = '{ id: 0, condition: FIRST_MESSAGE, action: Hi., type: standard, fixed_message: true }'
const callerModel = '{ caller: { base_url: "http://127.0.0.1:1/v1", model: m } }'
const withCaller = (scenario: string) => suiteOf(`${scenario}, ${expecting}`, { models: callerModel })
const steps = (list: string) => `script: { first_message: Hi., steps: [${list}] }`
const metric = (yaml: string) => suiteWith({ metrics: `{ m: ${yaml} }` })
const expecting1 = (assertion: string, metrics = '') => suiteOf(`${speaking}, expect: [${assertion}]`, { metrics })
const entry = (yaml: string, changed = {}) => suiteWith({ runs: `[{ ${yaml} }]`, ...changed })
const twoAgents = '{ a: { connection: { type: module, path: a.js } }, b: { connection: { type: module, path: b.js } } }'

const judgeModel = '{ judge: { base_url: "http://127.0.0.1:1/v1", model: m } }'
const said = '[{ role: caller, content: Hi. }, { role: agent, content: Hello. }]'
const control = (yaml: string) => `{ scenario: greets, transcript: ${said}, expect: { ${yaml} } }`
/** A suite with a judge, and a control of it beside one that is right. */
const controlled = (yaml: string, scenario = `${speaking}, expected_outcome: It is solved.`) =>
  suiteOf(scenario, { models: judgeModel, judge_controls: `{ bad: ${control('outcome: not_met')}, c: ${yaml} }` })
/** A suite with a judge that is controlled, and an expected outcome. */
const claiming = (outcome: string) =>
  suiteOf(`${speaking}, expected_outcome: ${outcome}`, { models: judgeModel, judge_controls: `{ bad: ${control('outcome: not_met')} }` })
const knowing = (files: string) => suiteWith({ agents: `{ clinic: { connection: { type: module, path: a.js }, knowledge: ${files} } }` })
const withScenario = `scenario: greets, expect: { outcome: met }`

const doorAgent = '{ clinic: { connection: { type: websocket, url: "ws://h", secret: "«${DOOR_KEY}»" } } }'
const connecting = (connection: string) => suiteWith({ agents: `{ clinic: { connection: { ${connection} } } }` })
const telephoned = (connection: string, trunk = '', more = '') =>
  suiteWith({
    agents: `{ clinic: { ${more}, connection: { type: sip, ${connection} } } }`.replace('{ , ', '{ '),
    telephony: `{ trunks: { main: { registrar: "sip:pbx.example.com"${trunk} } } }`,
  })
const contact = 'contact_number: "+15555550100"'
const mocking = (tools: string, names = 'null') =>
  suiteWith({
    agents: `{ clinic: { connection: { type: module, path: a.js }, mock_tools: { ${tools} } } }`,
    runs: `[{ mock_tool_names: ${names} }]`,
  })

/** Every code at least once: the compiler asks for one that is left out. */
const cases: { readonly [Code in keyof typeof loadMessages]: readonly Case[] } = {
  FILE_MISSING: [{ files: {} }],
  FILE_IS_FOLDER: [{ files: { 'suite.yaml/a.yaml': '' } }],
  FILE_UNREADABLE: [{ files: {}, path: 'suite\0.yaml' }],
  FILE_TOO_LARGE: [{ files: { 'suite.yaml': '#'.repeat(5 * 1024 * 1024) } }],
  FILE_NOT_UTF8: [{ files: { 'suite.yaml': new Uint8Array([0x61, 0x3a, 0xff, 0xfe]) } }],
  FILE_NOT_MAP: ['«»- a', '«»just words'],

  INCLUDE_MISSING: [
    suiteWith({ include: '[«people.yaml»]' }),
    knowing('[«hours.md»]'),
    controlled(`{ ${withScenario}, transcript: «c.json» }`),
  ],
  INCLUDE_EMPTY: [suiteWith({ include: '[«"people/*.yaml"»]' })],
  INCLUDE_OUTSIDE: [
    suiteWith({ include: '[«../../people.yaml»]' }),
    suiteWith({ include: '[«/»]' }),
    knowing('[«../hours.md»]'),
    suiteWith({ personalities: '{ calm: { background_noise: «../street.wav» } }' }),
    controlled(`{ ${withScenario}, transcript: «../c.json» }`),
  ],
  INCLUDE_CIRCLE: [
    suiteWith({ include: '[«suite.yaml»]' }),
    {
      files: {
        'suite.yaml': suiteWith({ include: '[a.yaml]' }),
        'a.yaml': 'include: [b.yaml]',
        'b.yaml': 'include: [«a.yaml»]',
      },
    },
  ],

  YAML_INVALID: [
    'a: "«»',
    'a: «b»: c',
    '«\t»a: 1',
    'a: [1, 2«»',
    'a: { b: $«{»X} }',
    'a: { b: $«{»X} }\nc:\n  d: ${Y}\n  e:\n    f: [1]\ng: h\n',
  ],
  YAML_TAG: [suiteWith({ limits: '{ concurrency: «!count» 3 }' }), suiteWith({ limits: '!!set «{}»' })],
  YAML_TOO_DEEP: [`a: ${'['.repeat(99)}«[»`, `${'- '.repeat(99)}-« »`],
  YAML_SEVERAL_DOCUMENTS: [`${suiteWith({})}«---»\nb: 1\n`],
  KEY_NOT_TEXT: [`${suiteWith({})}? «[a, b]»\n: 1\n`],
  KEY_TWICE: [
    `${suiteWith({})}«version»: 1\n`,
    { files: { 'suite.yaml': suiteWith({ include: '[a.yaml]' }), 'a.yaml': 'personalities: { «calm»: {} }' } },
    {
      files: {
        'suite.yaml': suiteWith({ include: '[a.yaml]', limits: '{ concurrency: 1 }' }),
        'a.yaml': 'limits: { «concurrency»: 2 }',
      },
    },
  ],
  ALIAS_UNKNOWN: [suiteWith({ limits: '{ concurrency: «*many» }' })],
  ALIAS_CIRCLE: [suiteOf(`${speaking}, expect: &all [«*all»]`)],
  ALIAS_BOMB: [bomb()],
  MERGE_NOT_MAP: [suiteWith({ limits: '{ <<: «5» }' })],

  ENV_MISSING: [
    suiteWith({ suite: '{ name: "«${NAME}»" }' }),
    suiteWith({ suite: '\n  name: «${NAME}»' }),
    suiteWith({ suite: '{ name: "a ${SET:-b} «${NAME}»" }' }),
    suiteWith({ suite: '\n  name: |\n    ${NAME:-x} and «${NAME}»\n' }),
    suiteWith({ limits: '{ concurrency: "«${MANY}»" }' }),
  ],
  ENV_FORM: [
    suiteWith({ suite: '{ name: "«${}»" }' }),
    suiteWith({ suite: '{ name: "«${A B}»" }' }),
    suiteWith({ suite: '{ name: "«${A:-${B}»}" }' }),
  ],

  SECRET_UNMASKED: [
    { files: { 'suite.yaml': suiteWith({ suite: '{ name: "«${DOOR_KEY}»" }' }) }, environment: { DOOR_KEY: 'short' } },
    { files: { 'suite.yaml': suiteWith({ suite: '{ name: "«${DOOR_KEY}»" }' }) }, environment: { DOOR_KEY: 'agent_error' } },
    {
      files: {
        'suite.yaml': suiteWith({
          suite: '{ name: "«${DOOR_KEY}»" }',
          agents: '{ the_clinic: { connection: { type: module, path: a.mjs } } }',
        }),
      },
      environment: { DOOR_KEY: 'the_clinic' },
    },
    {
      files: { 'suite.yaml': suiteWith({ suite: '{ name: "«${DOOR}»" }', secrets: '[DOOR]' }) },
      environment: { DOOR: '12' },
    },
    {
      files: { 'suite.yaml': suiteWith({ agents: doorAgent, runs: '[{ name: Nightly run }]' }) },
      environment: { DOOR_KEY: 'Nightly run' },
    },
    { files: { 'suite.yaml': suiteWith({ agents: doorAgent, suite: '{ name: The clinic }' }) }, environment: { DOOR_KEY: 'The clinic' } },
  ],
  SECRET_NOT_READ: [suiteWith({ secrets: '{ not: [«TOKEN_LIMIT»] }' })],

  MOCK_TOOL_ANSWERS_NOTHING: [mocking('«look_up»: {}'), mocking('«look_up»: { cases: [] }')],
  MOCK_ANSWER_FORM: [
    mocking('look_up: { cases: [«{ input: { id: 7 } }»] }'),
    mocking('look_up: { cases: [«{ output: null, error: Down. }»] }'),
    mocking('look_up: { otherwise: «{ delay: 1s }» }'),
  ],
  MOCK_PARAMETERS_INVALID: [
    mocking('look_up: { parameters: «{ type: string }», cases: [{ output: 1 }] }'),
    mocking('look_up: { parameters: «{ properties: {} }», cases: [{ output: 1 }] }'),
    mocking('look_up: { parameters: «{ type: object, properties: { id: { type: strnig } } }», cases: [{ output: 1 }] }'),
    mocking('look_up: { parameters: «{ type: object, properties: { id: { $ref: "#/gone" } } }», cases: [{ output: 1 }] }'),
  ],
  MOCK_INPUT_UNKNOWN: [
    mocking('look_up: { parameters: { type: object, properties: { id: {} } }, cases: [{ input: { «di»: 1 }, output: 1 }] }'),
  ],
  INCLUDES_EMPTY: [
    expecting1('{ tool_called: { name: a, arguments: { ids: { includes: «[]» } } } }'),
    expecting1('{ not: { tool_called: { name: a, arguments: { of: [{ ids: { includes: «[]» } }] } } } }'),
    mocking('look_up: { cases: [{ input: { ids: { includes: «[]» } }, output: 1 }] }'),
  ],
  MOCK_CASE_UNREACHABLE: [
    mocking('look_up: { cases: [{ input: { a: 1 }, output: 1 }, «{ input: { a: 1, b: 2 }, output: 2 }»] }'),
    mocking('look_up: { cases: [{ output: 1, times: 1 }, { output: 2 }, «{ output: 3 }»] }'),
  ],
  MOCK_PLACEHOLDER_UNKNOWN: [
    mocking('look_up: { cases: [{ output: «{ id: "{{inputs.id}}" }» }] }'),
    mocking('look_up: { cases: [{ error: «"{{run.id}}"» }] }'),
    mocking('look_up: { cases: [{ input: «{ id: "{{input.id}}" }», output: 1 }] }'),
  ],
  MOCK_PORT_ALONE: [suiteWith({ agents: '{ clinic: { connection: { type: module, path: a.js }, «mock_tools_port»: 8790 } }' })],
  MOCK_TOOL_UNKNOWN: [mocking('look_up: { cases: [{ output: 1 }] }', '[look_up, «look»]'), entry('mock_tool_names: [«look_up»]')],

  KEY_UNKNOWN: [
    suiteWith({ limits: '{ «concurency»: 1 }' }),
    stepping('{ when: { «contans»: a }, say: b }'),
    entry('agent: clinic, «tag»: [a]'),
  ],
  KEY_MISSING: [
    suiteWith({ agents: '{ «clinic»: {} }' }),
    suiteWith({ agents: '{ clinic: { «connection»: { url: "ws://127.0.0.1" } } }' }),
  ],
  KEY_FORM: [suiteWith({ personalities: '{ «very calm»: {} }' })],
  KEYS_TOO_MANY: [expecting1('«{ turns: 1, ended_by: agent }»')],
  VALUE_TYPE: [
    suiteWith({ limits: '{ concurrency: «"3"» }' }),
    suiteWith({ limits: '«[]»' }),
    suiteWith({ suite: '{ name: «5» }' }),
    suiteWith({ thresholds: '{ pass_rate: { min: «high» } }' }),
    entry('agent: clinic, scenarios: [«true»]'),
  ],
  VALUE_FORM: [
    suiteWith({ limits: '{ run_timeout: «10 minutes» }' }),
    stepping('{ when: «anything», say: b }'),
    expecting1('{ turns: «1.5» }'),
    suiteWith({ thresholds: '{ pass_rate: «high» }' }),
    suiteWith({ agents: '{ clinic: { connection: { type: http, url: «ftp://127.0.0.1» } } }' }),
  ],
  ADDRESS_INVALID: [
    ...['"http://127.0.0.1:99999/"', '"http://h:abc/"', '"http://[::1/"', '"http://exa mple.com/"', '"http://127.0.0.1:{{run.id}}/"'].map(
      url => connecting(`type: http, url: «${url}»`),
    ),
    connecting('type: websocket, url: «"wss://:8765"»'),
    connecting('type: openai, model: m, base_url: «"http://h:x/v1"»'),
    connecting('type: hosted, agent_id: 1, base_url: «"https://h:x/"»'),
    connecting('type: http, url: "http://h", session: { url: «"http://h:x/"» }'),
    suiteWith({ agents: '{ clinic: { connection: { type: module, path: a.js }, start: { command: x, ready: «"tcp://h:99999"» } } }' }),
    suiteWith({ models: '{ caller: { base_url: «"http://h:x/v1"», model: m } }' }),
  ],
  SIP_ADDRESS_INVALID: [
    connecting('type: sip, uri: «"sip:"»'),
    connecting('type: sip, uri: «"sip:desk at 10.0.0.5"»'),
    connecting('type: sip, uri: «"sip:desk:secret@10.0.0.5"»'),
    connecting('type: sip, uri: «"sip:desk@10.0.0.5:70000"»'),
    connecting('type: sip, uri: «"sip:desk@10.0.0.5:0"»'),
    connecting('type: sip, uri: «"sip:desk@10.0.0.5;transport=ws"»'),
    telephoned('trunk: main', '').replace('"sip:pbx.example.com"', '«"sips:pbx example"»').replace('clinic: {', `clinic: { ${contact},`),
  ],
  RTP_PORTS_EMPTY: [
    telephoned('trunk: main', ', listen: { «rtp_ports»: { first: 20001, last: 20002 } }', contact),
    telephoned('trunk: main', ', listen: { «rtp_ports»: { first: 20010, last: 20000 } }', contact),
  ],
  CALL_TARGET_MISSING: [suiteWith({ agents: '{ clinic: { «connection»: { type: sip } } }' })],
  CALL_NUMBER_MISSING: [telephoned('trunk: «main»')],
  CALL_NUMBER_REFUSED: [
    telephoned('trunk: main', '', 'contact_number: «"+1 900 555 0100"»'),
    telephoned('trunk: main, uri: «"sip:19005550100@pbx.example.com"»'),
    telephoned('trunk: main, uri: «"sip:1-1-2@pbx.example.com"»'),
    telephoned('trunk: main', ', allow: ["+4930*"]', 'contact_number: «"+15555550100"»'),
    telephoned('trunk: main', ', allow: ["*"]', 'contact_number: «"+4490055501"»'),
    telephoned('trunk: main', '', contact).concat('runs: [{ agent: clinic, outbound_phone_number: «"+19005550100"» }]\n'),
  ],
  CALL_NUMBER_NOT_OURS: [
    telephoned('trunk: main', ', register: true, numbers: ["+15555550111"]', 'inbound: false').concat(
      'runs: [{ agent: clinic, outbound_phone_number: «"+15555550112"» }]\n',
    ),
  ],
  CALL_TRUNK_MISSING: [
    suiteWith({ agents: '{ clinic: { inbound: false, «connection»: { type: sip, uri: "sip:a@b.example" } } }' }),
    telephoned('trunk: «main»', ', register: true', 'inbound: false'),
  ],
  CALL_TRUNK_DEAF: [telephoned('trunk: «main»', ', numbers: ["+15555550111"]', 'inbound: false')],
  CALL_TRIGGER_UNUSED: [telephoned('trunk: main, «trigger»: { url: "https://a.example/call" }', '', contact)],
  CALL_LOGIN_ELSEWHERE: [
    telephoned('trunk: main, «username»: u', '', contact),
    telephoned('trunk: main, «password»: "correct horse"', '', contact),
  ],
  TRUNK_LOGIN_INCOMPLETE: [
    telephoned('trunk: main', ', «username»: u', contact),
    telephoned('trunk: main', ', «password»: "correct horse"', contact),
  ],
  HEADER_INVALID: [
    connecting('type: http, url: "http://h", headers: { «"A B"»: c, D: e }'),
    connecting('type: websocket, url: "ws://h", headers: { «"Ä"»: c }'),
    connecting('type: http, url: "http://h", session: { url: /s, headers: { «"A:"»: c } }'),
    suiteWith({ models: '{ caller: { base_url: "http://h/v1", model: m, headers: { «""»: c } } }' }),
  ],
  HEADER_VALUE_INVALID: [
    suiteWith({ models: '{ caller: { base_url: "http://h/v1", model: m, api_key: «“sk-1”» } }' }),
    suiteWith({ models: '{ judge: { base_url: "http://h/v1", model: m, headers: { A: b, C: «"d\\ne"» } } }' }),
    {
      files: { 'suite.yaml': suiteWith({ models: '{ judge: { base_url: "http://h/v1", model: m, api_key: «"${LLM_KEY}"» } }' }) },
      environment: { LLM_KEY: 'sk-0123456789\u2026' },
    },
  ],
  CONNECTION_NOT_YET: ['webrtc', 'livekit'].map(type =>
    suiteWith({ agents: `{ clinic: { connection: { type: «${type}», url: "ws://h" } } }` }),
  ),
  VALUE_UNKNOWN: [
    suiteWith({ version: '«2»' }),
    suiteWith({ personalities: '{ calm: { interruption_level: «medum» } }' }),
    suiteWith({ agents: '{ clinic: { connection: { type: «websockt», url: "ws://127.0.0.1" } } }' }),
  ],
  VALUE_EMPTY: [
    suiteWith({ suite: '{ name: «""» }' }),
    expecting1('{ agent_says: «{}» }'),
    suiteOf(`${speaking}, expect: «[]»`),
    suiteWith({ thresholds: '{ must_pass: { tags: «[]» } }' }),
    suiteWith({ thresholds: '{ must_pass: { scenarios: «[]» } }' }),
  ],
  VALUE_TOO_FEW: [metric('{ type: enum, judge: What?, values: «[a]» }')],
  VALUE_OUT_OF_RANGE: [
    suiteWith({ thresholds: '{ pass_rate: «95» }' }),
    suiteWith({ thresholds: '{ pass_rate: «0» }' }),
    suiteWith({ thresholds: '{ each_scenario: { pass_rate: { min: «0» } } }' }),
    suiteWith({ limits: '{ concurrency: «0» }' }),
    suiteWith({ thresholds: '{ pass_rate: { min: 0.9, confidence: «1» } }' }),
  ],
  ASSERTION_ASKS_NOTHING: [
    expecting1('{ metadata: «{ pointer: /a }» }'),
    expecting1('{ metric: «{ name: latency_ms }» }'),
    expecting1('{ not: { metric: «{ name: latency_ms, statistic: p95 }» } }'),
  ],
  ITEM_TWICE: [suiteOf(`${speaking}, ${expecting}, tags: [a, «a»]`)],
  FREQUENCY_MIN_ABOVE_MAX: [
    suiteOf(`${speaking}, ${expecting}, frequency: { min: «3», max: 2, until: decided }`),
    suiteWith({ runs: '[{ frequency: { min: «30», max: 20, until: decided } }]' }),
  ],
  NO_REGRESSION_PLACE: [suiteWith({ runs: '[{ thresholds: { «no_regression»: { baseline: ../main } } }]' })],
  WAIVERS_PLACE: [suiteWith({ runs: '[{ thresholds: { «waivers»: allow } }]' })],
  WAIVER_DAY: [
    suiteWith({ waivers: '[{ case: a, reason: b, issue: c, owner: d, expires: «"2026-02-30"» }]' }),
    suiteWith({ waivers: '[{ case: a, reason: b, issue: c, owner: d, expires: «2026-13-01» }]' }),
  ],
  DURATION_ZERO: [suiteWith({ limits: '{ run_timeout: «0s» }' })],
  DURATION_TOO_LONG: [suiteOf(`${speaking}, ${expecting}, max_duration: «1000h»`)],
  END_OF_TURN_TOO_LONG: [
    suiteWith({ agents: '{ a: { connection: { type: module, path: a.js, messages: { end_of_turn: «2m» } } } }' }),
    suiteWith({ agents: '{ a: { connection: { type: module, path: a.js, messages: { end_of_turn: «60001» } } } }' }),
  ],
  BOUNDS_CROSSED: [
    expecting1('{ turns: { min: «3», max: 2 } }'),
    expecting1('{ duration: { min: «2s», max: 900ms } }'),
    expecting1('{ tool_called: { name: a, times: { min: «3», max: 2 } } }'),
    expecting1('{ metric: { name: turns, min: «3», max: 2 } }'),
  ],
  TEXT_BLANK: [
    expecting1('{ agent_says: { contains: «" "» } }'),
    stepping('{ when: { contains: «" "» }, say: b }'),
    conditions(`${opening}, { id: 1, condition: 'contains "a"', action: «" "», type: standard, fixed_message: true }`),
    conditions(`${opening}, { id: 1, condition: «" "», action: b, type: standard, fixed_message: true }`),
    withCaller(steps('{ when: { says: «" "» }, say: b }')),
    withCaller('instructions: «" "»'),
  ],
  PATTERN_INVALID: [
    expecting1('{ agent_says: { matches: «(a» } }'),
    stepping('{ when: { matches: «a(?=b)» }, say: b }'),
    expecting1('{ metadata: { pointer: /a, matches: «"[a"» } }'),
    metric('{ type: binary, agent_says: { matches: «(a)\\1» } }'),
  ],

  SUITE_INCOMPLETE: [
    `«»${suiteWith({ version: '' })}`,
    `«»${suiteWith({ suite: '' })}`,
    `«»${suiteWith({ agents: '' })}`,
    `«»${suiteWith({ scenarios: '' })}`,
    `«»${suiteWith({ scenarios: '{}' })}`,
  ],
  SECTION_NOT_HERE: [{ files: { 'suite.yaml': suiteWith({ include: '[a.yaml]' }), 'a.yaml': '«version»: 1' } }],
  ID_TWICE: [
    suiteWith({ personalities: '{ calm: { id: 3 }, other: { id: «3» } }' }),
    { files: { 'suite.yaml': suiteWith({ include: '[a.yaml]' }), 'a.yaml': 'personalities: { other: { id: «3» } }' } },
    conditions(`${opening}, { id: «0», condition: 'contains "a"', action: b, type: standard, fixed_message: true }`),
    suiteWith({
      agents: `{ a: { assistant_id: x, connection: { type: module, path: a.js } }, b: { assistant_id: «x», connection: { type: module, path: b.js } } }`,
      runs: '[{ agent: a }]',
    }),
  ],

  TRUNK_UNKNOWN: [telephoned('trunk: «mian»', '', contact)],
  AGENT_UNKNOWN: [entry('agent: «clinc»'), entry('agent: «12»')],
  PERSONALITY_UNKNOWN: [suiteOf(`${speaking}, ${expecting}, personality: «clam»`), entry('agent: clinic, personalities: [calm, «4»]')],
  TEST_PROFILE_UNKNOWN: [suiteOf(`${speaking}, ${expecting}, test_profile: «21»`), entry('agent: clinic, test_profiles: [«mario»]')],
  METRIC_UNKNOWN: [
    suiteOf(`${speaking}, ${expecting}, metrics: [turns, «latency»]`),
    expecting1('{ not: { any: [{ metric: { name: «turn», max: 3 } }] } }'),
    suiteWith({ thresholds: '{ metrics: { «latency»: { mean: { max: 5 } } } }' }),
  ],
  SCENARIO_UNKNOWN: [
    entry('agent: clinic, scenarios: [greets, «greet»]'),
    suiteWith({ thresholds: '{ must_pass: { scenarios: [«7»] } }' }),
  ],
  FOLDER_UNKNOWN: [entry('agent: clinic, scenarios: «al»')],
  FOLDER_IS_SCENARIO: [entry('agent: clinic, scenarios: «greets»')],
  TAG_UNKNOWN: [
    entry('agent: clinic, tags: [«smoke»]'),
    entry('agent: clinic, tags_all: [«smoke»]'),
    suiteWith({ thresholds: '{ must_pass: { tags: [«smoke»] } }' }),
  ],
  TAG_NOT_THERE: [entry('agent: clinic, tags_not: [«slow»]')],

  RUNS_NEEDED: [`«»${suiteWith({ agents: twoAgents })}`],
  AGENT_NEEDED: [suiteWith({ agents: twoAgents, runs: '[«{ name: All }»]' })],
  RUN_NAME_TWICE: [
    suiteWith({ runs: '[{ name: Smoke }, { name: «Smoke» }]' }),
    suiteWith({ runs: '[{ name: Smoke test }, { name: «smoke-test» }]' }),
    suiteWith({ runs: '[{ name: run 2 }, «{ agent: clinic }»]' }),
  ],

  SCENARIO_DRIVER_MISSING: [suiteWith({ scenarios: `{ «greets»: { ${expecting} } }` })],
  SCENARIO_DRIVERS: [suiteOf(`${speaking}, «conditional_actions»: { role: A, conditions: [${opening}] }, ${expecting}`)],
  SCENARIO_PROVES_NOTHING: [
    suiteWith({ scenarios: `{ «greets»: { ${speaking} } }` }),
    suiteWith({ scenarios: `{ «greets»: { ${speaking}, metrics: [turns] } }` }),
    ...[
      '{ caller_says: { contains: Hi } }',
      '{ turns: { min: 0 } }',
      '{ duration: { min: 0s } }',
      '{ tool_called: { name: cancel, times: { min: 0 } } }',
      '{ metric: { name: turns, min: 0 } }',
      '{ agent_says: { matches: ".*" } }',
      '{ all: [{ caller_says: { contains: Hi } }, { any: [{ turns: { min: 0 } }] }] }',
    ].map(nothing => suiteWith({ scenarios: `{ «greets»: { ${speaking}, expect: [${nothing}] } }` })),
    suiteWith({
      scenarios: `{ «greets»: { ${speaking}, metrics: [turns] }, other: { ${speaking}, metrics: [words] } }`,
      thresholds: '{ metrics: { words: { mean: { max: 5 } } } }',
    }),
  ],
  FIRST_MESSAGE_MISPLACED: [suiteOf(`${speaking}, ${expecting}, «first_message»: Hello.`)],
  IDLE_PROMPT_ACTS: [suiteOf(`${speaking}, ${expecting}, idle_prompt: «Hello? <endcall/>»`)],
  SCRIPT_EMPTY: [suiteOf(`script: «{}», ${expecting}`), suiteOf(`script: «{ first_message: "" }», ${expecting}`)],
  STEP_TRIGGER: [stepping('«{ say: a }»'), stepping('{ when: any, say: a }, { when: any, «after»: 1, say: a }')],
  STEP_AFTER_UNKNOWN: [stepping('{ after: «2», say: a }')],
  STEP_AFTER_ITSELF: [stepping('{ when: any, say: a }, { after: «2», say: a }')],
  SAY_EMPTY: [stepping('{ when: any, say: «" "» }'), withCaller(steps('{ when: any, act: «" "» }'))],
  STEP_WORDS: [stepping('«{ when: any }»'), withCaller(steps('{ when: any, say: a, «act»: Agree. }'))],

  FIRST_CONDITION: [
    conditions('{ id: «1», condition: FIRST_MESSAGE, action: Hi., type: standard, fixed_message: true }'),
    conditions('{ id: 0, condition: «HELLO», action: Hi., type: standard, fixed_message: true }'),
    conditions('{ id: 0, condition: FIRST_MESSAGE, action: Hi., type: «action_followup», fixed_message: true }'),
    conditions('{ id: 0, condition: FIRST_MESSAGE, action: Hi., type: standard, fixed_message: «false» }'),
  ],
  FIRST_MESSAGE_NOT_FIRST: [
    conditions(`${opening}, { id: 1, condition: «FIRST_MESSAGE», action: a, type: standard, fixed_message: true }`),
  ],
  CONDITION_NUMBER: [conditions(`${opening}, { id: 1, condition: «0», action: a, type: standard, fixed_message: true }`)],
  FOLLOW_UP_FORM: [conditions(`${opening}, { id: 1, condition: «the first», action: a, type: action_followup, fixed_message: true }`)],
  FOLLOW_UP_ITSELF: [conditions(`${opening}, { id: 1, condition: «1», action: a, type: action_followup, fixed_message: true }`)],
  FOLLOW_UP_UNKNOWN: [conditions(`${opening}, { id: 1, condition: «"2"», action: a, type: action_followup, fixed_message: true }`)],

  MODEL_MISSING: [
    suiteOf(`«instructions»: Be angry., ${expecting}`),
    suiteOf(`${speaking}, ${expecting}, «expected_outcome»: It is solved.`),
    suiteOf(`${speaking}, «expected_outcome»: [It is solved., It never swears.]`),
    suiteOf(`${speaking}, ${expecting}, metrics: [turns, «hallucination»]`),
    suiteOf(`${speaking}, ${expecting}, metrics: [m]`, { metrics: '{ m: { type: rating, «builtin»: csat } }' }),
    suiteOf(`${speaking}, ${expecting}`, { judge_controls: `{ «c»: ${control('metrics: { csat: { max: 4 } }')} }` }),
    stepping('{ when: { «says»: It asks for a name }, say: a }'),
    stepping('{ when: any, «act»: Give your name. }'),
    conditions(`${opening}, { id: 1, «condition»: The agent greets, action: a, type: standard, fixed_message: true }`),
    conditions(`${opening}, { id: 1, condition: 'contains "a"', «action»: Be rude, type: standard, fixed_message: false }`),
    suiteOf(`${speaking}, ${expecting}, metrics: [m]`, { metrics: '{ m: { type: rating, «judge»: Was it kind? } }' }),
  ],

  TAG_MALFORMED: [saying('Hi «<hold time=2s/>» there'), saying('Bye «<endcall »')],
  UTTERANCE_TAG_UNKNOWN: [saying('Bye «<endcal/>»'), saying('Bye «<endcal>»'), saying('Wait «<pause time="2s"/>»')],
  TAG_SELF_CLOSING: [
    saying('«<hold time="2s">» there</hold>'),
    saying('«<noise sound="beep">» there</noise>'),
    saying('«<voice id="a" text="Hi">» there</voice>'),
  ],
  TAG_ATTRIBUTE: [
    saying('Hi «<hold tme="2s"/>»'),
    saying('Hi «<endcall time="2s"/>»'),
    saying('Hi «<noise sound="beep" text="Hi"/>»'),
    saying('Hi «<ivr id="a" text="Hi"/>»'),
  ],
  TAG_TOO_LONG: [saying('Hi «<hold time="9999h"/>» there'), saying('Hi «<silence time="301s"/>»')],
  TAG_VALUE: [
    saying('Hi «<hold/>»'),
    saying('Hi «<silence time="2"/>»'),
    saying('Hi «<dtmf digits="12x"/>»'),
    saying('Hi «<dtmf digits=""/>»'),
    saying('Hi «<speed/>»'),
    saying('Hi «<speed ratio="3"/>»'),
    saying('Hi «<volume ratio="loud"/>»'),
    saying('Hi «<voice id=" "/>»'),
    saying('Hi «<background_noise sound="street" volume="30">»there</background_noise>'),
    saying('Hi «<noise sound="beep" time="soon"/>»'),
    saying('Hi «<network_simulation packet_loss="101"/>»'),
    saying('Hi «<ivr/>»'),
    saying('Hi «<voicemail text=""/>»'),
  ],
  TAG_NOT_CLOSED: [saying('It is «<spell>»AB12')],
  TAG_NOT_OPENED: [saying('It is AB12«</spell>»')],
  TAG_CROSSED: [saying('<spell>AB<speed ratio="2">1«</spell>»2</speed>')],
  TAG_INTERRUPTION_PLACE: [
    saying('«<interruption time="3s"/>» Stop'),
    stepping(`{ when: any, say: '«<interruption time="3s"/>» Stop' }`),
    stepping(`{ when: any, say: a }, { after: 1, say: 'Stop «<interruption time="3s"/>»' }`),
  ],
  TAG_SPELL_TEMPLATE: [saying('It is «<spell>»{{test_profile.name}}</spell>')],
  TAG_AFTER_ENDCALL: [saying('Bye <endcall/> «and more»')],
  TAG_NEEDS_ONE: [saying('Hi «<audio/>»'), saying('Hi «<audio id="a" file="b"/>»'), saying('Hi «<network_simulation/>»')],
  TEMPLATE_NOT_CLOSED: [saying('I am «{{test_profile.name»')],
  TEMPLATE_NO_ID: [saying('I am «{{scenario.id}}»')],
  TEMPLATE_UNKNOWN: [
    saying('I am «{{test_profil.name}}»'),
    saying('I am {{test_profile.name}} «{{name}}» {{ run.key }}'),
    saying('<dtmf digits="«{{a}}»"/>'),
    withCaller("instructions: 'You are «{{name}}»'"),
    withCaller(steps("{ when: any, act: 'Say «{{name}}»' }")),
    withCaller(steps("{ when: { says: 'It asks for «{{name}}»' }, say: a }")),
    suiteWith({ personalities: "{ calm: { prompt: 'You are «{{name}}»' } }" }),
  ],

  SPEECH_PROGRAM: [
    suiteWith({ models: '{ tts: { engine: «command» } }' }),
    suiteWith({ models: '{ stt: { engine: «command», preset: whisper.cpp, command: hear } }' }),
  ],
  RECORDING_MISSING: [
    suiteWith({ personalities: '{ calm: { background_noise: «street.wav» } }' }),
    suiteWith({ personalities: '{ calm: { background_noise: { sound: «noises/street.WAV» } } }' }),
  ],
  IDENTITY_VERSION_TWICE: [
    suiteWith({ agents: '{ clinic: { connection: { type: module, path: a.js }, «version»: "1", identity: { version: "2" } } }' }),
  ],
  KNOWLEDGE_TOO_LARGE: [
    {
      files: {
        'suite.yaml': suiteWith({ agents: '{ clinic: { connection: { type: module, path: a.js }, «knowledge»: [a.md, b.md] } }' }),
        'a.md': 'a'.repeat(100_000),
        'b.md': 'b'.repeat(100_000),
      },
    },
  ],
  DENIAL_HAS_TO_HAPPEN: [
    claiming('«The agent never asks for a card number and refunds the order.»'),
    claiming('[It is solved., «It never hides the fee.»]'),
    claiming('«"It is solved. It does not hide the fee."»'),
    claiming('«The agent neither confirms nor denies that the account exists.»'),
    claiming('«At no point does the agent hide the fee.»'),
    claiming('«Der Agent siezt den Anrufer nicht.»'),
    claiming('«The caller gets a refund and does not have to repeat the order number.»'),
    claiming('«"The agent tells the caller to dial 911, and does not hide the fee."»'),
    claiming('«Der Agent bestätigt den Termin und fragt nicht noch einmal nach dem Namen.»'),
  ],
  NEVER_DENIES_TWICE: [
    claiming('[It is solved., «{ never: The agent never refunds. }»]'),
    claiming('[It is solved., «{ never: It does not apologise. }»]'),
    claiming('[It is solved., «{ never: The agent forgets to apologise. }»]'),
  ],
  ALWAYS_DENIES: [claiming('[It is solved., «{ always: The agent never shouts. }»]')],
  ALWAYS_HAPPENS_ONCE: [
    claiming('[It is solved., «{ always: The agent refunds the order. }»]'),
    claiming('[It is solved., «{ always: Der Agent erstattet. }»]'),
  ],
  JUDGE_UNCONTROLLED: [
    suiteOf(`${speaking}, expected_outcome: It is solved.`, { models: judgeModel.replace('judge', '«judge»') }),
    suiteOf(`${speaking}, ${expecting}, metrics: [csat]`, { models: judgeModel.replace('judge', '«judge»') }),
  ],
  SCENARIOS_UNCONTROLLED: [
    suiteOf(`${speaking}, expected_outcome: It is solved. }, other: { ${speaking}, expected_outcome: It is solved.`, {
      models: judgeModel.replace('judge', '«judge»'),
      judge_controls: `{ c: ${control('outcome: not_met')} }`,
    }),
  ],
  EMPTY_CONTROL_OFF: [
    suiteOf(`${speaking}, expected_outcome: It is solved.`, {
      models: judgeModel.replace('model:', '«empty_control»: off, model:'),
      judge_controls: `{ c: ${control('outcome: not_met')} }`,
    }),
  ],
  JUDGE_CONTROLS_ONE_SIDED: [
    suiteOf(`${speaking}, expected_outcome: It is solved.`, { models: judgeModel, judge_controls: `{ «c»: ${control('outcome: met')} }` }),
  ],
  CONTROL_NO_OUTCOME: [
    suiteOf(`${speaking}, ${expecting}, metrics: [csat]`, {
      models: judgeModel,
      judge_controls: `{ c: ${control('«outcome»: not_met')} }`,
    }),
  ],
  CONTROL_FILE: ['{', '{ "messages": 1 }', '[]', '[1]', '[{ "role": "narrator", "content": "Hi." }]'].map(text => ({
    files: { 'suite.yaml': controlled(`{ ${withScenario}, transcript: «c.json» }`), 'c.json': text },
  })),
  CONTROL_MESSAGE: [
    controlled(`{ ${withScenario}, transcript: [«{ role: agent }»] }`),
    controlled(`{ ${withScenario}, transcript: [{ role: caller, content: Hi. }, «{ role: tool_call, content: a }»] }`),
  ],
  CONTROL_ENDING: ['Main agent-silence-timed-out', 'customer-ended-call'].map(reason => ({
    files: {
      'suite.yaml': controlled(`{ ${withScenario}, ended_by: «agent», transcript: c.json }`),
      'c.json': JSON.stringify({ metadata: { ended_reason: reason }, messages: [{ role: 'user', content: 'Hi.' }] }),
    },
  })),
  CONTROL_ENDING_UNKNOWN: ['pipeline-error', 'call-failed-unknown-error'].map(reason => ({
    files: {
      'suite.yaml': controlled(`{ ${withScenario}, transcript: «c.json» }`),
      'c.json': JSON.stringify({ ended_reason: reason, messages: [{ role: 'user', content: 'Hi.' }] }),
    },
  })),
  CONTROL_PROVES_NOTHING: [
    controlled(control('metrics: { «csat»: { min: 0 } }')),
    controlled(control('outcome: met, metrics: { «csat»: { min: 0, max: 100 } }')),
  ],
  CONTROL_APPLIES: [controlled(control('metrics: { csat: { max: 4, applies: «false» } }'))],

  METRIC_SOURCE: [suiteWith({ metrics: '{ «m»: { type: binary } }' })],
  METRIC_SOURCES: [metric('{ type: binary, agent_says: { contains: a }, «tool_called»: { name: b } }')],
  METRIC_TYPE: [
    metric('{ type: «binary», builtin: hallucination }'),
    metric('{ type: «numeric», agent_says: { contains: a } }'),
    metric('{ type: «binary», builtin: latency_ms }'),
  ],
  METRIC_STATISTIC: [metric('{ type: numeric, builtin: turns, «statistic»: p95 }')],
  METRIC_VALUES_MISSING: [metric('{ type: «enum», metadata: /a }')],
  METRIC_VALUES_UNUSED: [metric('{ type: binary, metadata: /a, «values»: [a, b] }')],
  METRIC_NOT_JUDGED: [
    metric('{ type: numeric, builtin: turns, «votes»: 3 }'),
    metric('{ type: binary, agent_says: { contains: a }, trigger: «the caller was upset» }'),
    controlled(control('metrics: { «turns»: { max: 4 } }')),
    controlled(control('metrics: { «expected_outcome»: { max: 4 } }')),
  ],
  METRIC_NO_OUTCOME: [
    suiteOf(`${speaking}, ${expecting}, metrics: [«expected_outcome»]`, {
      models: judgeModel,
      judge_controls: `{ c: { scenario: greets, transcript: ${said}, expect: { metrics: { csat: { max: 9 } } } } }`,
    }),
  ],
  TRIGGER_ON_METRIC: [
    metric('{ type: rating, judge: How warm?, trigger: «{ metric: { name: turns, max: 3 } }» }'),
    metric('{ type: rating, judge: How warm?, trigger: «{ not: { any: [{ ended_by: agent }, { metric: { name: turns, max: 3 } }] } }» }'),
  ],
  METRIC_NOT_BOUNDED: [expecting1('{ metric: { name: appropriate_termination, «min»: 1 } }')],
  METRIC_NEVER_EQUAL: [
    expecting1('{ metric: { name: turns, equals: «"3"» } }'),
    expecting1('{ metric: { name: m, equals: «c» } }', '{ m: { type: enum, metadata: /a, values: [a, b] } }'),
    expecting1('{ metric: { name: appropriate_termination, equals: «1» } }'),
  ],
  THRESHOLD_METRIC_ENUM: [
    suiteOf(`${speaking}, ${expecting}, metrics: [m]`, {
      metrics: '{ m: { type: enum, metadata: /a, values: [a, b] } }',
      thresholds: '{ metrics: { «m»: { mean: { max: 1 } } } }',
    }),
  ],
  THRESHOLD_METRIC_UNUSED: [
    suiteWith({ thresholds: '{ metrics: { «turns»: { mean: { max: 5 } } } }' }),
    suiteOf(`${speaking}, ${expecting}, thresholds: { metrics: { «turns»: { mean: { max: 5 } } } }`),
    suiteWith({
      scenarios: `{ a: { ${speaking}, ${expecting}, metrics: [turns] }, b: { ${speaking}, ${expecting} } }`,
      runs: '[{ name: A, scenarios: [a] }, { name: B, scenarios: [b], thresholds: { metrics: { «turns»: { mean: { max: 5 } } } } }]',
    }),
  ],
}

for (const [code, list] of Object.entries(cases)) {
  for (const [index, each] of list.entries()) {
    test(`${code} is told where it is, and nothing else is (${index + 1})`, async () => {
      const {
        files,
        path = 'suite.yaml',
        environment = {},
        beside = [],
      } = typeof each === 'string' ? { files: { 'suite.yaml': each } } : each
      const unmarked = Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? content.replaceAll(/[«»]/g, '') : content,
      ])
      const [marked] = Object.entries(files).flatMap(([name, content]) =>
        typeof content === 'string' && content.includes('«') ? [{ name, content }] : [],
      )

      const all = diagnosticsOf(await loadIn(folderOf(Object.fromEntries(unmarked)), environment, path))
      const found = all.filter(({ code: told }) => !beside.some(other => other === told))

      expect(all).toHaveLength(1 + beside.length)
      expect(found.map(({ code: told, message }) => ({ told, message }))).toEqual([{ told: code, message: expect.any(String) }])
      const at = found[0]?.at
      const place = at && {
        path: at.file.path,
        start: at.start,
        end: at.end,
        words: at.file.text.slice(at.start, at.end),
      }
      expect(place).toEqual(marked && placeIn(marked.name, marked.content))
    })
  }
}

/** The place that « and » stand around. */
function placeIn(path: string, marked: string) {
  const start = marked.indexOf('«')
  const end = marked.indexOf('»') - 1
  return { path, start, end, words: marked.slice(start + 1, end + 1) }
}

/** A few lines that stand for a billion texts. */
function bomb(): string {
  const levels = [`&a0 [${Array(10).fill('x').join(', ')}]`]
  for (let level = 1; level < 9; level += 1) {
    const aliases = Array(9).fill(`*a${level - 1}`)
    if (level === 5) aliases[0] = '«*a4»'
    levels.push(`&a${level} [${aliases.join(', ')}]`)
  }
  const connection = `{ type: openai, base_url: "http://127.0.0.1", model: m, parameters: { levels: [${levels.join(', ')}] } }`
  return suiteWith({ agents: `{ clinic: { connection: ${connection} } }` })
}
