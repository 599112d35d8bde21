import { expect, test } from 'vitest'
import type { DiagnosticCode } from '../../../src/domain/diagnostic.js'
import type { loadMessages } from '../../../src/domain/load-messages.js'
import { diagnosticsOf, expecting, folderOf, loadIn, speaking, suiteOf, suiteWith } from './suites.js'

/** A suite with one mistake; « and » stand around the place that is to be told. */
type Case =
  | string
  | {
      readonly files: Readonly<Record<string, string | Uint8Array>>
      readonly path?: string
      /** What is told beside it. */
      readonly beside?: readonly DiagnosticCode[]
    }

const saying = (text: string) => suiteOf(`script: { first_message: '${text}' }, ${expecting}`)
const stepping = (steps: string) => suiteOf(`script: { first_message: Hi., steps: [${steps}] }, ${expecting}`)
const conditions = (list: string) =>
  suiteOf(`conditional_actions: { role: A patient, conditions: [${list}] }, ${expecting}`)
const opening = '{ id: 0, condition: FIRST_MESSAGE, action: Hi., type: standard, fixed_message: true }'
const metric = (yaml: string) => suiteWith({ metrics: `{ m: ${yaml} }` })
const expecting1 = (assertion: string, metrics = '') => suiteOf(`${speaking}, expect: [${assertion}]`, { metrics })
const entry = (yaml: string, changed = {}) => suiteWith({ runs: `[{ ${yaml} }]`, ...changed })
const twoAgents = '{ a: { connection: { type: module, path: a.js } }, b: { connection: { type: module, path: b.js } } }'

/** Every code at least once: the compiler asks for one that is left out. */
const cases: { readonly [Code in keyof typeof loadMessages]: readonly Case[] } = {
  FILE_MISSING: [{ files: {} }],
  FILE_IS_FOLDER: [{ files: { 'suite.yaml/a.yaml': '' } }],
  FILE_UNREADABLE: [{ files: {}, path: 'suite\0.yaml' }],
  FILE_TOO_LARGE: [{ files: { 'suite.yaml': '#'.repeat(5 * 1024 * 1024) } }],
  FILE_NOT_UTF8: [{ files: { 'suite.yaml': new Uint8Array([0x61, 0x3a, 0xff, 0xfe]) } }],
  FILE_NOT_MAP: ['«»- a', '«»just words'],

  INCLUDE_MISSING: [suiteWith({ include: '[«people.yaml»]' })],
  INCLUDE_EMPTY: [suiteWith({ include: '[«"people/*.yaml"»]' })],
  INCLUDE_OUTSIDE: [suiteWith({ include: '[«../../people.yaml»]' }), suiteWith({ include: '[«/»]' })],
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

  YAML_INVALID: ['a: "«»', 'a: «b»: c', '«\t»a: 1', 'a: [1, 2«»', 'a: { b: $«{»X} }'],
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

  KEY_UNKNOWN: [
    suiteWith({ limits: '{ «concurency»: 1 }' }),
    stepping('{ when: { «contans»: a }, say: b }'),
    entry('agent: clinic, «tag»: [a]'),
  ],
  KEY_MISSING: [
    stepping('«{ when: any }»'),
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
  DURATION_ZERO: [suiteWith({ limits: '{ run_timeout: «0s» }' })],
  DURATION_TOO_LONG: [suiteOf(`${speaking}, ${expecting}, max_duration: «1000h»`)],
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

  AGENT_UNKNOWN: [entry('agent: «clinc»'), entry('agent: «12»')],
  PERSONALITY_UNKNOWN: [
    suiteOf(`${speaking}, ${expecting}, personality: «clam»`),
    entry('agent: clinic, personalities: [calm, «4»]'),
  ],
  TEST_PROFILE_UNKNOWN: [
    suiteOf(`${speaking}, ${expecting}, test_profile: «21»`),
    entry('agent: clinic, test_profiles: [«mario»]'),
  ],
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
  SCENARIO_DRIVERS: [
    suiteOf(`${speaking}, «conditional_actions»: { role: A, conditions: [${opening}] }, ${expecting}`),
  ],
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
  SAY_EMPTY: [stepping('{ when: any, say: «" "» }')],

  FIRST_CONDITION: [
    conditions('{ id: «1», condition: FIRST_MESSAGE, action: Hi., type: standard, fixed_message: true }'),
    conditions('{ id: 0, condition: «HELLO», action: Hi., type: standard, fixed_message: true }'),
    conditions('{ id: 0, condition: FIRST_MESSAGE, action: Hi., type: «action_followup», fixed_message: true }'),
    conditions('{ id: 0, condition: FIRST_MESSAGE, action: Hi., type: standard, fixed_message: «false» }'),
  ],
  FIRST_MESSAGE_NOT_FIRST: [
    conditions(`${opening}, { id: 1, condition: «FIRST_MESSAGE», action: a, type: standard, fixed_message: true }`),
  ],
  CONDITION_NUMBER: [
    conditions(`${opening}, { id: 1, condition: «0», action: a, type: standard, fixed_message: true }`),
  ],
  FOLLOW_UP_FORM: [
    conditions(`${opening}, { id: 1, condition: «the first», action: a, type: action_followup, fixed_message: true }`),
  ],
  FOLLOW_UP_ITSELF: [
    conditions(`${opening}, { id: 1, condition: «1», action: a, type: action_followup, fixed_message: true }`),
  ],
  FOLLOW_UP_UNKNOWN: [
    conditions(`${opening}, { id: 1, condition: «"2"», action: a, type: action_followup, fixed_message: true }`),
  ],

  MODEL_MISSING: [
    suiteOf(`«instructions»: Be angry., ${expecting}`),
    suiteOf(`${speaking}, ${expecting}, «expected_outcome»: It is solved.`),
    stepping('{ when: { «says»: It asks for a name }, say: a }'),
    conditions(`${opening}, { id: 1, «condition»: The agent greets, action: a, type: standard, fixed_message: true }`),
    conditions(
      `${opening}, { id: 1, condition: 'contains "a"', «action»: Be rude, type: standard, fixed_message: false }`,
    ),
    suiteOf(`${speaking}, ${expecting}, metrics: [m]`, { metrics: '{ m: { type: rating, «judge»: Was it kind? } }' }),
  ],
  PLAIN_LANGUAGE_NOT_YET: [
    suiteOf(`«instructions»: Be angry., ${expecting}`, {
      models: '{ caller: { base_url: "http://127.0.0.1", model: m } }',
    }),
    suiteOf(`${speaking}, «expected_outcome»: It is solved.`, {
      models: '{ judge: { base_url: "http://127.0.0.1", model: m } }',
    }),
  ],

  TAG_MALFORMED: [saying('Hi «<hold time=2s/>» there'), saying('Bye «<endcall »')],
  UTTERANCE_TAG_UNKNOWN: [saying('Bye «<endcal/>»'), saying('Bye «<endcal>»'), saying('Wait «<pause time="2s"/>»')],
  TAG_SELF_CLOSING: [saying('«<hold time="2s">» there</hold>')],
  TAG_ATTRIBUTE: [saying('Hi «<hold tme="2s"/>»'), saying('Hi «<endcall time="2s"/>»')],
  TAG_VALUE: [
    saying('Hi «<hold/>»'),
    saying('Hi «<silence time="2"/>»'),
    saying('Hi «<dtmf digits="12x"/>»'),
    saying('Hi «<dtmf digits=""/>»'),
  ],
  TAG_NOT_CLOSED: [saying('It is «<spell>»AB12')],
  TAG_NOT_OPENED: [saying('It is AB12«</spell>»')],
  TAG_CROSSED: [
    { files: { 'suite.yaml': saying('<spell>AB<speed ratio="2">1«</spell>»2</speed>') }, beside: ['TAG_NO_EFFECT'] },
  ],
  TAG_INTERRUPTION_PLACE: [
    saying('«<interruption time="3s"/>» Stop'),
    stepping(`{ when: any, say: '«<interruption time="3s"/>» Stop' }`),
    stepping(`{ when: any, say: a }, { after: 1, say: 'Stop «<interruption time="3s"/>»' }`),
  ],
  TAG_SPELL_TEMPLATE: [saying('It is «<spell>»{{test_profile.name}}</spell>')],
  TAG_AFTER_ENDCALL: [saying('Bye <endcall/> «and more»')],
  TAG_NO_EFFECT: [saying('«<speed ratio="1.2"/>» Hi'), saying('«<voice id="a">»Hi</voice>')],
  TEMPLATE_NOT_CLOSED: [saying('I am «{{test_profile.name»')],
  TEMPLATE_NO_ID: [saying('I am «{{scenario.id}}»')],
  TEMPLATE_UNKNOWN: [
    saying('I am «{{test_profil.name}}»'),
    saying('I am {{test_profile.name}} «{{name}}» {{ run.key }}'),
    saying('<dtmf digits="«{{a}}»"/>'),
  ],

  METRIC_SOURCE: [suiteWith({ metrics: '{ «m»: { type: binary } }' })],
  METRIC_SOURCES: [metric('{ type: binary, agent_says: { contains: a }, «tool_called»: { name: b } }')],
  METRIC_TYPE: [
    metric('{ type: «numeric», agent_says: { contains: a } }'),
    metric('{ type: «binary», builtin: latency_ms }'),
  ],
  METRIC_STATISTIC: [metric('{ type: numeric, builtin: turns, «statistic»: p95 }')],
  METRIC_VALUES_MISSING: [metric('{ type: «enum», metadata: /a }')],
  METRIC_VALUES_UNUSED: [metric('{ type: binary, metadata: /a, «values»: [a, b] }')],
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
        beside = [],
      } = typeof each === 'string' ? { files: { 'suite.yaml': each } } : each
      const unmarked = Object.entries(files).map(([name, content]) => [
        name,
        typeof content === 'string' ? content.replaceAll(/[«»]/g, '') : content,
      ])
      const [marked] = Object.entries(files).flatMap(([name, content]) =>
        typeof content === 'string' && content.includes('«') ? [{ name, content }] : [],
      )

      const all = diagnosticsOf(await loadIn(folderOf(Object.fromEntries(unmarked)), {}, path))
      const found = all.filter(({ code: told }) => !beside.some(other => other === told))

      expect(all).toHaveLength(1 + beside.length)
      expect(found.map(({ code: told, message }) => ({ told, message }))).toEqual([
        { told: code, message: expect.any(String) },
      ])
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
