import { noMask } from '../../../../src/domain/mask.js'
import { expect, test } from 'vitest'
import type { HostedConnection } from '../../../../src/domain/connection.js'
import type { Agent, Document, Personality, RunEntry } from '../../../../src/domain/document.js'
import type { HostedRequest, HostedResult } from '../../../../src/domain/hosted.js'
import type { CaseKey } from '../../../../src/domain/ids.js'
import type { PlanOptions } from '../../../../src/domain/plan-options.js'
import { runAt, runsOf } from '../../../../src/domain/plan.js'
import { planDigest } from '../../../../src/pipeline/plan/digest.js'
import { planRuns } from '../../../../src/pipeline/plan/plan-runs.js'
import { agent, document, entry, scenario, somewhere } from '../../../support/build.js'

const hosted: Agent = {
  ...agent(),
  connection: { type: 'hosted', baseUrl: 'https://api.example.com', agentId: 12, projectId: 4 },
  limits: { concurrency: 5 },
}
const calm: Personality = { key: 'calm', id: 3, name: 'Calm', at: somewhere, language: 'en' }
const cancels = scenario({}, { key: 'cancels', id: 101, frequency: 3 })

const suite = (more: Partial<RunEntry>, others: Partial<Document> = {}): Document =>
  document({ scenarios: [cancels], personalities: [calm], entries: [entry({ agent: hosted, name: 'Nightly', ...more })], ...others })

function request(more: Partial<RunEntry>, options?: PlanOptions): HostedRequest | undefined {
  const planned = planRuns(suite(more), options)
  if (!('plan' in planned)) throw new Error(planned.diagnostics.map(({ message }) => message).join(' '))
  expect(planned.plan.totalRuns).toBe(0)
  return planned.plan.toBegin?.[0]?.request
}

const codes = (more: Partial<RunEntry>, options?: PlanOptions, others?: Partial<Document>): string[] => {
  const planned = planRuns(suite(more, others), options)
  return 'plan' in planned ? [] : planned.diagnostics.map(({ code }) => code)
}

const rest = { agent_id: 12, mode: 'same_number', concurrency_limit: 5 }

test.each<[string, Partial<RunEntry>, object]>([
  ['all', {}, { scenarios: 'all', frequency: 1 }],
  ['all with tags, which stand alone', { tags: ['smoke'] }, { tags: ['smoke'], frequency: 1 }],
  ['the first N', { scenarios: { kind: 'first', count: 2 }, tags: ['smoke'] }, { scenarios: 2, tags: ['smoke'], frequency: 1 }],
  [
    'a folder, with its project',
    { scenarios: { kind: 'folder', folder: 'Sales.Inbound' } },
    { scenarios: 'Sales.Inbound', project_id: 4, frequency: 1 },
  ],
  [
    'ids, and what the suite declares by its id and frequency',
    { scenarios: { kind: 'keys', keys: ['cancels'] } },
    { scenarios: [101], frequency: 3 },
  ],
  ['overrides', { personalities: [calm], frequency: 2 }, { scenarios: 'all', personality_ids: [3], frequency: 2 }],
  [
    'numbers and mode',
    { mode: 'different_numbers', outboundPhoneNumber: '+15555550111', agentNumber: '+15555550122', concurrencyLimit: 2 },
    {
      scenarios: 'all',
      frequency: 1,
      mode: 'different_numbers',
      outbound_phone_number: '+15555550111',
      agent_number: '+15555550122',
      concurrency_limit: 2,
    },
  ],
])('a run entry is passed on: %s', (_, more, wanted) => {
  expect(request(more)).toEqual({ ...rest, ...wanted })
})

test('options are passed on where there are words for them', () => {
  expect(request({}, { frequency: 4, tags: ['smoke'], concurrency: 3 })).toEqual({
    ...rest,
    tags: ['smoke'],
    frequency: 4,
    concurrency_limit: 3,
  })
  const cases = ['nightly/cancels/calm', 'nightly/202', 'other/303'] as CaseKey[]
  expect(request({ tags: ['smoke'] }, { cases, frequency: 1 })).toEqual({ ...rest, scenarios: [101, 202], frequency: 1 })
})

test.each<[string, Partial<RunEntry>, PlanOptions, string[]]>([
  ['tags that all have to be there', { tagsAll: ['a'] }, {}, ['HOSTED_CANNOT']],
  ['tags that may not be there', { tagsNot: ['a'] }, {}, ['HOSTED_CANNOT']],
  ['--filter and --shard', {}, { filter: ['x'], shard: { nth: 1, of: 2 } }, ['HOSTED_CANNOT', 'HOSTED_CANNOT']],
  ['--tag beside tags', { tags: ['a'] }, { tags: ['b'] }, ['HOSTED_CANNOT']],
  ['two frequencies', { scenarios: { kind: 'keys', keys: ['cancels', '202'] } }, {}, ['HOSTED_ONE_FREQUENCY']],
  ['what has no id', { personalities: [{ key: 'new', name: 'New', at: somewhere, language: 'en' }] }, {}, ['HOSTED_ID_MISSING']],
  [
    'a request to a server of ours',
    {},
    {
      request: {
        name: 'R',
        agent: hosted.key,
        scenarios: { kind: 'all' },
        tags: [],
        frequency: 1,
        personalities: [],
        testProfiles: [],
        mode: 'same_number',
        reach: { kind: 'own' },
      },
    },
    ['HOSTED_NOT_SERVED'],
  ],
])('%s cannot be had', (_, more, options, wanted) => {
  expect(codes(more, options, { agents: [hosted] })).toEqual(wanted)
})

test('a folder needs a project, an all_of enough repeats, and nothing is started for a service', () => {
  const { projectId: _, ...connection } = hosted.connection as HostedConnection
  const start = { command: 'x', timeoutMs: 1, env: {}, cwd: '/' }
  expect(
    codes({ agent: { ...hosted, connection, start }, scenarios: { kind: 'folder', folder: 'A' }, thresholds: { allOf: 2, metrics: [] } }),
  ).toEqual(['AGENT_NOT_STARTABLE', 'HOSTED_PROJECT_NEEDED', 'ALL_OF_TOO_FEW'])
})

test('what has begun makes the plan: declared scenarios by their keys, others by their ids, and the same again each time', () => {
  const begun: HostedResult = {
    id: 167,
    cases: [
      { scenario: { id: 101, name: 'There' }, personality: { id: 3, name: 'Calm' }, runs: [274, 275] },
      { scenario: { id: 202, name: 'Unknown here' }, testProfile: { id: 20, name: 'Maria' }, runs: [276] },
    ],
  }
  const options = { hosted: { nightly: begun } }
  const [first, second] = [planRuns(suite({}), options), planRuns(suite({}), options)]
  if (!('plan' in first) || !('plan' in second)) throw new Error('It cannot be planned.')
  const [planned] = first.plan.entries
  expect([...runsOf(planned!)].map(({ key }) => key)).toEqual(['nightly/cancels/calm#1', 'nightly/cancels/calm#2', 'nightly/202/-/20#1'])
  expect(first.plan).toMatchObject({ totalRuns: 3 })
  expect(first.plan.toBegin).toBeUndefined()
  expect(runAt(first.plan, 2)?.case.scenario).toMatchObject({ key: '202', id: 202, name: 'Unknown here' })
  const digest = ({ plan }: typeof first): string => planDigest(plan, { metrics: [], variables: [] }, noMask)
  expect(digest(first)).toBe(digest(second))
})
