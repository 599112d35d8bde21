import { noMask } from '../../../../src/domain/mask.js'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Document, Personality, RunEntry, Scenario, TestProfile } from '../../../../src/domain/document.js'
import type { Assertion } from '../../../../src/domain/assertion.js'
import type { CutOff } from '../../../../src/domain/cut-off.js'
import type { CaseKey } from '../../../../src/domain/ids.js'
import { runsOf, type Plan } from '../../../../src/domain/plan.js'
import { boundsOf } from '../../../../src/pipeline/plan/bounds.js'
import { planDigest } from '../../../../src/pipeline/plan/digest.js'
import type { PlanOptions } from '../../../../src/domain/plan-options.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { summarise } from '../../../../src/pipeline/plan/summary.js'
import { agent, document, entry, limits, scenario, somewhere, step, text } from '../../../support/build.js'

const named = (key: string, more: Partial<Scenario> = {}): Scenario => scenario({}, { key, name: key, ...more })
const personality = (key: string): Personality => ({ key, name: key, at: somewhere, language: 'en' })
const profile = (key: string, callerVariables = {}): TestProfile => ({ key, name: key, at: somewhere, agentVariables: {}, callerVariables })

const scenarios = [
  named('a', { tags: ['smoke'], folder: 'Sales' }),
  named('b', { tags: ['smoke', 'slow'], folder: 'Sales.Inbound' }),
  named('c', { tags: ['slow'], folder: 'Sales.Inbound.Night' }),
  named('d', { folder: 'Salesforce' }),
]

function planned(suite: Document, options?: PlanOptions): Plan {
  const result = planRuns(suite, options)
  if (!('plan' in result)) throw new Error(JSON.stringify(result.diagnostics.map(({ message }) => message)))
  return result.plan
}

function keys(suite: Document, options?: PlanOptions): string[] {
  return planned(suite, options).entries.flatMap(each => [...runsOf(each)].map(({ key }) => key))
}

const codes = (suite: Document, options?: PlanOptions): string[] => {
  const result = planRuns(suite, options)
  return 'plan' in result ? [] : result.diagnostics.map(({ code }) => code)
}

const hints = (code: string, suite: Document, options?: PlanOptions): unknown[] => {
  const result = planRuns(suite, options)
  return 'plan' in result ? [] : result.diagnostics.flatMap(each => (each.code === code ? [each.hint] : []))
}

const selecting = (more: Partial<RunEntry>): string[] =>
  keys(document({ scenarios, entries: [entry(more)] })).map(key => key.replace(/^smoke\/(\w+)#1$/, '$1'))

test.each<[string, Partial<RunEntry>, string[]]>([
  ['all', { scenarios: { kind: 'all' } }, ['a', 'b', 'c', 'd']],
  ['the first two', { scenarios: { kind: 'first', count: 2 } }, ['a', 'b']],
  ['keys, in the order given', { scenarios: { kind: 'keys', keys: ['c', 'a'] } }, ['c', 'a']],
  [
    'a folder and those below it, not one whose name only begins the same',
    { scenarios: { kind: 'folder', folder: 'Sales' } },
    ['a', 'b', 'c'],
  ],
  ['any of the tags', { tags: ['smoke', 'slow'] }, ['a', 'b', 'c']],
  ['all of the tags', { tagsAll: ['smoke', 'slow'] }, ['b']],
  ['none of the tags', { tagsNot: ['slow'] }, ['a', 'd']],
  ['keys and tags: both apply', { scenarios: { kind: 'keys', keys: ['a', 'd'] }, tags: ['smoke'] }, ['a']],
  ['the first one of those with a tag', { scenarios: { kind: 'first', count: 1 }, tags: ['slow'] }, ['b']],
])('an entry selects %s', (_, more, wanted) => {
  expect(selecting(more)).toEqual(wanted)
})

test('runs are scenarios x personalities x test profiles x frequency, in the order of the file', () => {
  const suite = document({
    scenarios: [named('a', { frequency: 2, personality: personality('own') })],
    entries: [
      entry({ personalities: [personality('calm'), personality('hurried')], testProfiles: [profile('maria'), profile('ben')] }),
      entry({ name: 'Full regression!', frequency: 1 }),
      entry({ name: 'No one', testProfiles: [profile('maria')], frequency: 1 }),
    ],
  })
  expect(keys(suite)).toEqual([
    'smoke/a/calm/maria#1',
    'smoke/a/calm/maria#2',
    'smoke/a/calm/ben#1',
    'smoke/a/calm/ben#2',
    'smoke/a/hurried/maria#1',
    'smoke/a/hurried/maria#2',
    'smoke/a/hurried/ben#1',
    'smoke/a/hurried/ben#2',
    'full-regression/a/own#1',
    'no-one/a/own/maria#1',
  ])
  expect(keys(document({ scenarios: [named('a')], entries: [entry({ testProfiles: [profile('maria')] })] }))).toEqual(['smoke/a/-/maria#1'])
})

test('the runs of a plan are numbered from 0 without a gap', () => {
  const plan = planned(document({ scenarios, entries: [entry({ frequency: 3 }), entry({ name: 'Two' })] }), { tags: ['slow'] })
  expect(plan.entries.flatMap(each => [...runsOf(each)].map(({ index }) => index))).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect(plan.totalRuns).toBe(8)
})

test('options narrow and multiply', () => {
  const suite = document({ scenarios })
  expect(keys(suite, { tags: ['slow'], frequency: 2 })).toEqual(['smoke/b#1', 'smoke/b#2', 'smoke/c#1', 'smoke/c#2'])
  expect(keys(suite, { filter: ['SMOKE/B', 'd#4'] })).toEqual(['smoke/b#1', 'smoke/d#1'])
})

test('the shards of a plan hold each of its runs once, whatever their number', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 4 }), fc.integer({ min: 1, max: 3 }), (of, frequency) => {
      const suite = document({ scenarios, entries: [entry({ frequency })] })
      const parts = Array.from({ length: of }, (_, i) => keys(suite, { shard: { nth: i + 1, of } }))
      expect(parts.flat().toSorted()).toEqual(keys(suite).toSorted())
    }),
  )
})

test('a suite that selects nothing is an error, and so is an entry', () => {
  expect(codes(document({ scenarios, entries: [entry({ tags: ['none'] }), entry({ name: 'Two' })] }))).toEqual(['SELECTS_NOTHING'])
  expect(codes(document({ scenarios }), { tags: ['slow'], filter: ['/d'] })).toEqual(['OPTIONS_LEAVE_NOTHING'])
  expect(codes(document({ scenarios }), { shard: { nth: 5, of: 5 } })).toEqual(['OPTIONS_LEAVE_NOTHING'])
})

test('must_pass of what no run entry selects is an error; a filter that leaves it out is not', () => {
  const safety = { mustPass: { tags: ['smoke'], scenarios: [] }, metrics: [] }
  const only = entry({ scenarios: { kind: 'keys', keys: ['d'] } })
  expect(codes(document({ scenarios, entries: [only], thresholds: safety }))).toEqual(['MUST_PASS_NOTHING'])
  expect(codes(document({ scenarios, entries: [{ ...only, thresholds: safety }, entry({ name: 'Two' })] }))).toEqual(['MUST_PASS_NOTHING'])
  expect(codes(document({ scenarios, thresholds: safety }), { filter: ['/d'] })).toEqual([])
})

test('every tag and every filter of the command line has to find something', () => {
  const suite = document({ scenarios })
  expect(codes(suite, { tags: ['smoke', 'smoek'] })).toEqual(['OPTION_FINDS_NOTHING'])
  expect(codes(suite, { filter: ['smoke/a', 'smoke/z'] })).toEqual(['OPTION_FINDS_NOTHING'])
  expect(codes(suite, { filter: [''] })).toEqual(['OPTION_FINDS_NOTHING'])
  expect(codes(suite, { filter: ['#1'] })).toEqual(['OPTION_FINDS_NOTHING'])
})

test('a secret in the name of a run entry is in no key', () => {
  const suite = document({
    scenarios: [named('a')],
    entries: [entry({ name: 'Nightly hunter2-hunter2' })],
    secrets: [{ name: 'WHO', value: 'hunter2-hunter2', because: { kind: 'listed' } }],
  })
  expect(keys(suite)).toEqual(['nightly-redacted-who/a#1'])
})

test('an entry that options leave empty is left out', () => {
  const suite = document({ scenarios, entries: [entry({ tagsAll: ['smoke'] }), entry({ name: 'Slow', tags: ['slow'] })] })
  expect(planned(suite, { filter: ['slow/c'] }).entries.map(({ index, slug }) => [index, slug])).toEqual([[0, 'slow']])
})

test('a plan over max_runs is refused', () => {
  expect(codes(document({ scenarios, limits: { ...limits, maxRuns: 7 } }), { frequency: 2 })).toEqual(['TOO_MANY_RUNS'])
  expect(codes(document({ scenarios, limits: { ...limits, maxRuns: 8 } }), { frequency: 2 })).toEqual([])
})

test('an agent may be reached elsewhere, and is then not started', () => {
  const start = { command: 'x', timeoutMs: 1, env: {}, cwd: '/' }
  const clinic = agent({ start })
  const suite = document({ agents: [clinic], entries: [entry({ agent: clinic })] })
  const [only] = planned(suite, { agents: { clinic: 'wss://staging/agent' } }).entries
  expect(only!.agent).toMatchObject({ connection: { url: 'wss://staging/agent' } })
  expect(only!.agent.start).toBeUndefined()
  for (const address of ['http://staging', 'ws://staging:99999', 'ws://user:word@:bad', 'ws://[::1/']) {
    expect(codes(suite, { agents: { clinic: address } })).toEqual(['OPTION_AGENT_UNFIT'])
  }
  expect(codes(suite, { agents: { clinique: 'ws://staging' } })).toEqual(['OPTION_AGENT_UNKNOWN'])
})

test.each([
  [{ clinic: 'http://bob:s3cretPassw0rd@127.0.0.1:9/x?token=abcdefgh99' }],
  [{ clinic: 'htp://bob:s3cretPassw0rd@h' }],
  [{ clinic: 'bob:s3cretPassw0rd@h/x?token=abcdefgh99' }],
  [{ 'ws://bob:s3cretPassw0rd@h/x?token': 'abcdefgh99' }],
  [{ 'ws://bob:s3cret': 'Passw0rd@h' }],
])('an address that does not fit is shown without user, password and query: %j', agents => {
  const result = planRuns(document({}), { agents })
  expect('diagnostics' in result && result.diagnostics.map(({ code }) => code)).toEqual([expect.stringMatching(/^OPTION_AGENT_UN/)])
  expect(JSON.stringify(result)).not.toMatch(/bob|s3cret|Passw0rd|abcdefgh99/)
})

test('the fixes name the types of connection that have what is missing', () => {
  const http = agent({ connection: { type: 'http', url: 'http://x' } })
  const shell = agent({ connection: { type: 'command', command: 'x' } })
  const interrupts = scenario({ steps: [step({ kind: 'after', step: -1 }, [{ type: 'interruption', ms: 1 }])] })
  expect(
    hints('OPTION_AGENT_UNFIT', document({ agents: [shell], entries: [entry({ agent: shell })] }), { agents: { clinic: 'ws://x' } }),
  ).toEqual([
    'An address is for http, openai, websocket, chirp, twilio_stream, media_stream, openai_realtime, pipecat, pipecat_eval, conversation_relay, retell_llm or hosted agents.',
  ])
  expect(hints('CHANNEL_CANNOT_INTERRUPT', document({ scenarios: [interrupts], entries: [entry({ agent: http })] }))).toEqual([
    'Remove <interruption/>, or use a websocket, command, chirp, twilio_stream, media_stream, openai_realtime, pipecat, pipecat_eval, sip, conversation_relay, retell_llm or hosted connection.',
  ])
})

test('variables that a profile does not have are found before the first call, each once', () => {
  const asks = named('a', {
    frequency: 5,
    behaviour: {
      kind: 'script',
      script: { firstMessage: text('I am {{test_profile.name}}'), steps: [step({ kind: 'any' }, text('{{ test_profile.dob }}'))] },
    },
  })
  const maria = profile('maria', { name: 'Maria' })
  expect(codes(document({ scenarios: [asks], entries: [entry({ testProfiles: [maria] })] }))).toEqual(['VARIABLE_MISSING'])
  expect(codes(document({ scenarios: [asks] }))).toEqual(['TEST_PROFILE_NEEDED', 'TEST_PROFILE_NEEDED'])
  const http = agent({ connection: { type: 'http', url: 'http://x', body: { message: '{{message}}', tier: '{{test_profile.tier}}' } } })
  expect(codes(document({ entries: [entry({ agent: http, testProfiles: [maria] })] }))).toEqual(['VARIABLE_MISSING'])
})

test.each([
  { url: '/sessions/{{test_profile.tier}}' },
  { url: '/sessions', headers: { 'X-Tier': '{{test_profile.tier}}' } },
  { url: '/sessions', body: { user: { tier: '{{test_profile.tier}}' } } },
])('so are those that only the request at the beginning of a conversation sends: %j', session => {
  const http = agent({ connection: { type: 'http', url: 'http://x', body: { message: '{{message}}' }, session } })
  const maria = profile('maria', { name: 'Maria' })
  expect(codes(document({ entries: [entry({ agent: http, testProfiles: [maria] })] }))).toEqual(['VARIABLE_MISSING'])
  expect(codes(document({ entries: [entry({ agent: http })] }))).toEqual(['TEST_PROFILE_NEEDED'])
})

test.each<[string, object, number]>([
  ['http that shows nothing but words', { type: 'http', url: 'http://x' }, 3],
  ['http that says where all is', { type: 'http', url: 'http://x', toolCalls: '/t', metadata: '/m', end: '/e' }, 0],
  ['openai', { type: 'openai', baseUrl: 'http://x', model: 'm' }, 2],
  ['websocket', { type: 'websocket', url: 'ws://x' }, 0],
])('what %s does not show cannot be asked about', (_, connection, problems) => {
  const at = somewhere
  const asks = named('a', {
    expect: [
      { kind: 'not', at, assertion: { kind: 'tool_called', at, call: { name: 'refund', times: { min: 0, max: 0 } } } },
      { kind: 'any', at, assertions: [{ kind: 'metadata', at, pointer: '/x', exists: false }] },
      { kind: 'ended_by', at, by: 'agent' },
      { kind: 'ended_by', at, by: 'caller' },
    ],
  })
  const suite = document({
    scenarios: [asks],
    entries: [entry({ agent: agent({ connection: connection as ReturnType<typeof agent>['connection'] }) })],
  })
  expect(codes(suite)).toEqual(Array(problems).fill('CHANNEL_CANNOT_SHOW'))
})

test.each<[string, object, readonly CutOff[]]>([
  ['http', { type: 'http', url: 'http://x' }, []],
  ['openai', { type: 'openai', baseUrl: 'http://x', model: 'm' }, ['length', 'content_filter']],
  ['websocket', { type: 'websocket', url: 'ws://x' }, ['going_away']],
  ['command', { type: 'command', command: ['x'] }, []],
  ['module', { type: 'module', path: 'x.mjs' }, []],
  ['polled', { type: 'polled' }, []],
])('what %s does not tell of an answer that is cut off cannot be asked about, in whatever it is wrapped', (_, connection, told) => {
  const at = somewhere
  const wraps: readonly ((inner: Assertion) => Assertion)[] = [
    inner => inner,
    assertion => ({ kind: 'not', at, assertion }),
    inner => ({ kind: 'any', at, assertions: [{ kind: 'all', at, assertions: [inner] }] }),
  ]
  for (const by of ['length', 'content_filter', 'going_away'] as const) {
    for (const wrap of wraps) {
      const suite = document({
        scenarios: [named('a', { expect: [wrap({ kind: 'cut_off', at, by }), { kind: 'turns', at, bounds: { max: 5 } }] })],
        entries: [entry({ agent: agent({ connection: connection as ReturnType<typeof agent>['connection'] }) })],
      })
      expect(codes(suite)).toEqual(told.includes(by) ? [] : ['CHANNEL_CANNOT_TELL'])
    }
  }
})

test('a value that is keyed in has to have telephone keys', () => {
  const keysIn = scenario({ firstMessage: [{ type: 'dtmf', digits: '{{test_profile.dob}}#' }] })
  const suite = (dob: string): Document =>
    document({ scenarios: [keysIn], entries: [entry({ testProfiles: [profile('maria', { dob })] })] })
  expect(codes(suite('19900402'))).toEqual([])
  expect(codes(suite('April 2, 1990'))).toEqual(['NOT_TELEPHONE_KEYS'])
  expect(codes(suite('1990-04-02'))).toEqual([])
})

test('a case that runs less often than all_of asks is refused, unless the command line asks for fewer', () => {
  const suite = document({ scenarios, thresholds: { allOf: 3, metrics: [] }, entries: [entry({ frequency: 2 })] })
  expect(codes(suite)).toEqual(Array(4).fill('ALL_OF_TOO_FEW'))
  expect(codes(suite, { frequency: 1 })).toEqual([])
  expect(codes(document({ ...suite, entries: [entry({ frequency: 3 })] }))).toEqual([])
})

test('what the channel cannot do is found before the first call', () => {
  const http = agent({ connection: { type: 'http', url: 'http://x' } })
  const waits = named('a', { behaviour: { kind: 'script', script: { firstMessage: [], steps: [] } } })
  const interrupts = scenario({ steps: [step({ kind: 'after', step: -1 }, [{ type: 'interruption', ms: 1 }])] })
  expect(codes(document({ scenarios: [waits], entries: [entry({ agent: http })] }))).toEqual(['CHANNEL_CANNOT_GREET'])
  expect(codes(document({ scenarios: [interrupts], entries: [entry({ agent: http })] }))).toEqual(['CHANNEL_CANNOT_INTERRUPT'])
  expect(codes(document({ scenarios: [waits, interrupts] }))).toEqual([])
})

test.each<[string, object, string[]]>([
  [
    'fits',
    { url: 'http://x', body: { q: '{{message}}', who: '{{ test_profile.tier }}', t: '{{captured.thread}}' }, capture: { thread: '/t' } },
    ['TEST_PROFILE_NEEDED'],
  ],
  ['has the default body', { url: 'http://x' }, []],
  [
    'has an unknown placeholder',
    { url: 'http://x', body: ['{{message}}', '{{mesage}}', '{{captured.none}}'] },
    ['CONNECTION_PLACEHOLDER_UNKNOWN', 'CONNECTION_PLACEHOLDER_UNKNOWN'],
  ],
  ['never says the message', { url: 'http://x', body: { q: 'hello' } }, ['CONNECTION_SAYS_NOTHING']],
  [
    'opens a session',
    { url: 'http://x/{{captured.id}}', session: { url: '/sessions', body: { run: '{{run.id}}' }, capture: { id: '/id' } } },
    [],
  ],
  [
    'opens a session with what is not known yet',
    { url: 'http://x', session: { url: '/{{captured.id}}', body: '{{message}}', capture: { id: '/id' } } },
    ['CONNECTION_PLACEHOLDER_UNKNOWN', 'CONNECTION_PLACEHOLDER_UNKNOWN'],
  ],
  [
    'opens a session elsewhere, with a body in a GET',
    { url: 'http://x', session: { url: 'http://y/sessions', method: 'GET', body: {} } },
    ['CONNECTION_GET_BODY', 'SESSION_ELSEWHERE'],
  ],
  ['opens a session nowhere', { url: 'http://x', session: { url: 'http://' } }, ['SESSION_ELSEWHERE']],
  ['is a GET with a body', { url: 'http://x/{{message}}', method: 'GET', body: {} }, ['CONNECTION_GET_BODY']],
])('a connection that %s', (_, more, wanted) => {
  const http = agent({ connection: { type: 'http', url: 'http://x', ...more } })
  expect(codes(document({ entries: [entry({ agent: http })] }))).toEqual(wanted)
})

test('an agent that would call us is a warning, once', () => {
  const result = planRuns(document({ scenarios, entries: [entry({ agent: agent({ inbound: false }) })] }))
  expect('plan' in result && result.warnings.map(({ code }) => code)).toEqual(['AGENT_WOULD_CALL'])
})

test('the bound in minutes holds whatever the order, and however slowly calls may start', () => {
  const slow = named('a', { maxDurationMs: 60_000, frequency: 20 })
  expect(boundsOf(planned(document({ scenarios: [slow] })))).toEqual({ runs: 20, minutes: 2.9 })
  const paced = { ...limits, startsPerSecond: 0.1 }
  expect(boundsOf(planned(document({ scenarios: [slow], limits: paced }))).minutes).toBeCloseTo(2.9 + 190 / 60)
  const narrow = entry({ concurrencyLimit: 4 })
  expect(boundsOf(planned(document({ scenarios: [slow], entries: [narrow] })))).toEqual({ runs: 20, minutes: 5.75 })
})

const digest = (suite: Document, options?: PlanOptions): string => planDigest(planned(suite, options), suite, noMask)

const said = (contains: string): Document =>
  document({ metrics: [{ key: 'm', name: 'm', type: 'binary', source: { kind: 'agent_says', matcher: { contains } } }] })

const called = (at: string): Document =>
  document({ scenarios: [named('a', { expect: [{ kind: 'tool_called', at: somewhere, call: { name: 'book', arguments: { at } } }] })] })

test('the digest tells a plan that means something else, and nothing but that', () => {
  const suite = document({ scenarios })
  const elsewhere = { file: { path: 'other.yaml', text: '' }, start: 0, end: 0 }
  expect(digest(document({ scenarios: scenarios.map(each => ({ ...each, at: elsewhere })) }))).toBe(digest(suite))
  expect(digest(suite, { concurrency: 99 })).toBe(digest(suite))
  expect(digest(suite, { frequency: 2 })).not.toBe(digest(suite))
  expect(digest(said('booked'))).not.toBe(digest(said('.')))
  expect(digest(called('10:00'))).not.toBe(digest(called('11:00')))
  expect(digest(document({ scenarios: [...scenarios.slice(1), named('a', { maxTurns: 3 })] }))).not.toBe(digest(suite))
})

test('the summary is plain data, and says where each scenario stands', () => {
  const summary = summarise(planned(document({ scenarios, entries: [entry({ personalities: [personality('calm')] })] })))
  expect(JSON.parse(JSON.stringify(summary))).toEqual(summary)
  expect(summary.entries[0]!.cases[1]).toMatchObject({
    key: 'smoke/b/calm',
    scenario: { folder: 'Sales.Inbound', file: 'suite.yaml', line: 2 },
    personality: { key: 'calm' },
  })
})

const cases = (...wanted: string[]): PlanOptions => ({ cases: wanted as CaseKey[] })

test('only the cases that are asked for run, by their exact keys', () => {
  const suite = document({ scenarios: [named('a'), named('ab', { frequency: 2 }), named('b')], entries: [entry()] })
  expect(keys(suite, cases('smoke/a'))).toEqual(['smoke/a#1'])
  expect(keys(suite, cases('smoke/b', 'smoke/ab'))).toEqual(['smoke/ab#1', 'smoke/ab#2', 'smoke/b#1'])
  expect(codes(suite, cases('smoke/a', 'smoke/gone'))).toEqual(['OPTION_CASE_GONE'])
})
