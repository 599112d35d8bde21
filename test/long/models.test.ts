import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import type { UsageReport } from '../../src/domain/report.js'
import { startModelServer } from '../agents/model-server.js'
import { root } from '../suites/callsheet.js'
import { endsOf, openWorkplace, statusesOf, until, type Workplace } from '../cli/workplace.js'

// Language models through the real binary: what they need, what they cost, and their cassettes.

type Options = Parameters<typeof startModelServer>[0]

const key = 'sk-test-4711-secret'
const prices = 'prices: { talker: { input: 10, output: 20 }, reader: { input: 10, output: 20 } }'

/** A folder with an agent that refunds whoever gives a name, a suite with models for callers and judges, and their endpoint. */
async function openModelPlace(options: Options = {}) {
  const place = await openWorkplace()
  const server = await startModelServer({ apiKey: key, models: ['talker', 'reader'], ...options })
  place.write(
    'agent.mjs',
    `import { appendFileSync } from 'node:fs'
export default function reply(message) {
  appendFileSync('called', message + '\\n')
  return /Maria/.test(message) ? 'Your money is refunded.' : 'I am sorry. What is your name?'
}
`,
  )
  place.write('suite.yaml', suiteText())
  const env = { LLM_URL: server.url, LLM_KEY: key }
  return {
    place,
    server,
    env,
    run: (flags: readonly string[] = [], environment: Record<string, string> = env) =>
      place.run(['run', 'suite.yaml', ...flags], environment),
    wasCalled: () => existsSync(join(place.path, 'called')),
    async [Symbol.asyncDispose]() {
      await server.close()
      await place[Symbol.asyncDispose]()
    },
  }
}

function suiteText({
  caller = 'talker',
  more = '',
  frequency = 2,
  told = 'You were charged twice and want your money back.',
} = {}): string {
  return `version: 1
suite: { name: Refunds }
models:
  caller: { base_url: "\${LLM_URL}", model: ${caller}, api_key: "\${LLM_KEY}", retries: 0, limits: { concurrency: 2 } }
  judge: { base_url: "\${LLM_URL}", model: reader, api_key: "\${LLM_KEY}", retries: 0 }
${more}
agents: { shop: { connection: { type: module, path: agent.mjs } } }
test_profiles: { maria: { caller_variables: { name: Maria Lopez } } }
scenarios:
  refund:
    test_profile: maria
    frequency: ${frequency}
    instructions: ${told}
    expected_outcome: The money is refunded.
judge_controls:
  good: { scenario: refund, transcript: [{ role: caller, content: Money! }, { role: agent, content: Your money is refunded. }], expect: { outcome: met } }
  bad: { scenario: refund, transcript: [{ role: caller, content: Money! }, { role: agent, content: Goodbye. }], expect: { outcome: not_met } }
`
}

interface Reported {
  readonly usage?: UsageReport
  readonly runs: readonly { readonly run: string; readonly status: string; readonly usage?: UsageReport['total'] }[]
}

function reportOf({ path }: Workplace, out: string): Reported {
  return JSON.parse(readFileSync(join(path, out, 'report.json'), 'utf8')) as Reported
}

test('validate, plan and export ask no model, and need no key; run does', async () => {
  await using models = await openModelPlace()
  models.place.write('suite.yaml', suiteText({ caller: '"${LLM_MODEL}"', more: `${prices}\nlimits: { max_cost: 5 }` }))
  for (const command of ['validate', 'plan', 'export']) {
    const { exit, stderr } = await models.place.run([command, 'suite.yaml'], {})
    expect([command, exit, stderr]).toEqual([command, 0, expect.not.stringContaining('ENV_MISSING')])
  }
  const ran = await models.run([], {})
  expect(ran.exit).toBe(2)
  for (const name of ['LLM_URL', 'LLM_MODEL', 'LLM_KEY']) expect(ran.stderr).toMatch(new RegExp(`ENV_MISSING.*${name}`))
})

describe('before the first call', () => {
  test.each<[string, Options, string | undefined, number, RegExp]>([
    [
      'a wrong key',
      { apiKey: 'sk-another' },
      undefined,
      2,
      /model at http:\/\/127\.0\.0\.1:\d+\/v1 answered 401, .*\. Correct models\.(caller|judge)\.api_key \(read from LLM_KEY\)\./,
    ],
    [
      'an unknown model',
      {},
      suiteText({ caller: 'gone' }),
      2,
      /The caller's model at .* answered 404, "The model `gone` does not exist.*\. Correct models\.caller\.model, which is gone/,
    ],
    [
      'an endpoint that is out of order',
      { mishap: () => ({ status: 503, message: 'overloaded' }) },
      undefined,
      3,
      /answered 503, "overloaded"/,
    ],
    [
      'a model that cannot answer in JSON',
      { mishap: () => ({ text: 'Sure, I am here!' }) },
      undefined,
      3,
      /did not answer in the shape asked for, twice, "Sure, I am here!"/,
    ],
    [
      'a bound on cost without prices',
      {},
      suiteText({ more: 'prices: { talker: { input: 1, output: 1 } }\nlimits: { max_cost: 5 }' }),
      2,
      /PRICES_MISSING: limits\.max_cost is set, but the suite has no prices for the judge model "reader"/,
    ],
  ])('%s is told, and nobody is called', async (_what, options, suite, exit, message) => {
    await using models = await openModelPlace(options)
    if (suite !== undefined) models.place.write('suite.yaml', suite)
    const ran = await models.run()
    expect(ran.stderr).toMatch(message)
    expect(ran.exit).toBe(exit)
    expect(ran.stderr).not.toContain(key)
    expect(models.wasCalled()).toBe(false)
    expect(models.place.results()).toEqual([])
  })

  test('a suite of scripts asks no model, whatever is configured', async () => {
    await using models = await openModelPlace()
    await models.server.close()
    models.place.write(
      'suite.yaml',
      suiteText()
        .replace(/instructions: .*/, 'script: { first_message: I am Maria. }')
        .replace(/expected_outcome: .*/, 'expect: [{ agent_says: { contains: refunded } }]')
        .replace(/judge_controls:[\s\S]*/, ''),
    )
    const ran = await models.run()
    expect([ran.exit, ran.stderr]).toEqual([0, expect.not.stringContaining('model')])
    expect(models.server.requests).toEqual([])
  })
})

test('what models took is told: of each run, of each role, with its cost, and in a line for people', async () => {
  await using models = await openModelPlace()
  models.place.write('suite.yaml', suiteText({ more: prices }))
  const ran = await models.run(['--out', 'out'])
  expect([ran.exit, ran.stderr]).toEqual([0, expect.any(String)])
  const { usage, runs } = reportOf(models.place, 'out')
  expect(usage?.total.map(({ role, model }) => [role, model])).toEqual([
    ['caller', 'talker'],
    ['judge', 'reader'],
  ])
  const requests = usage?.total.reduce((sum, each) => sum + each.requests, 0)
  expect(requests).toBe(models.server.requests.length)
  for (const { cost, inputTokens, outputTokens } of usage?.total ?? []) {
    expect(cost).toBeCloseTo((inputTokens * 10 + outputTokens * 20) / 1_000_000, 9)
  }
  expect(usage?.retried).toEqual([])
  expect(runs[0]?.usage?.[0]).toMatchObject({ role: 'caller', model: 'talker', requests: 3 })
  expect(ran.stdout).toMatch(
    /Calling took \d+ requests to talker, [\d,]+ tokens sent, [\d,]+ received; cost 0\.\d+\nJudging took \d+ requests to reader, .*\nTotal cost: 0\.\d+\n/,
  )
  expect(invalid(models.place, 'out')).toEqual([])
})

test('once models have cost max_cost no more runs are started, and the gate could not tell', async () => {
  await using models = await openModelPlace()
  models.place.write('suite.yaml', suiteText({ more: `${prices}\nlimits: { max_cost: 0.05, concurrency: 1 }`, frequency: 9 }))
  const ran = await models.run(['--out', 'out'])
  expect([ran.exit, ran.stderr]).toEqual([3, expect.any(String)])
  const events = models.place.journal('out')
  const { passed = 0, not_run = 0 } = statusesOf(events)
  expect(passed).toBeGreaterThan(0)
  expect(not_run).toBe(9 - passed)
  expect(endsOf(events).at(-1)?.outcome).toEqual({ status: 'not_run', reason: 'max_cost' })
  expect(ran.stderr).toContain('Stopping: the models reached max_cost.')
  expect(ran.stdout).toContain('8 runs: max_cost was reached')
  expect(invalid(models.place, 'out')).toEqual([])

  const again = await models.run(['--resume', 'out'])
  expect(again.exit).toBe(3)
  expect(statusesOf(models.place.journal('out'))).toMatchObject({ passed })
})

describe('a cassette', () => {
  test('is recorded, and replayed with no key and no network: everything comes to the same', async () => {
    await using models = await openModelPlace()
    models.place.write('suite.yaml', suiteText({ more: prices }))
    const recorded = await models.run(['--out', 'recorded', '--record', 'tapes/refunds.jsonl'])
    expect([recorded.exit, recorded.stderr]).toEqual([0, expect.any(String)])
    expect(recorded.stderr).toMatch(/Recorded \d+ answers in tapes\/refunds\.jsonl\. To replay them asks no model\./)
    await models.server.close()

    const replayed = await models.run(['--out', 'replayed', '--replay', 'tapes/refunds.jsonl'], {})
    expect([replayed.exit, replayed.stderr]).toEqual([0, expect.any(String)])
    const [then, now] = [reportOf(models.place, 'recorded'), reportOf(models.place, 'replayed')]
    expect(now.usage).toEqual(then.usage)
    expect(now.runs.map(({ run, status, usage }) => ({ run, status, usage }))).toEqual(
      then.runs.map(({ run, status, usage }) => ({ run, status, usage })),
    )

    expect(models.place.journal('recorded')[0]).toMatchObject({ cassette: { mode: 'recorded', file: 'tapes/refunds.jsonl' } })
    expect(models.place.journal('replayed')[0]).toMatchObject({ cassette: { mode: 'replayed', file: 'tapes/refunds.jsonl' } })
    expect(replayed.stderr).toContain('Refunds: 2 runs, seed 1, models replayed from tapes/refunds.jsonl\n')
    expect(replayed.stdout).toContain('No model was asked: answers, and what they took, are from tapes/refunds.jsonl\nJudge: reader')
    expect(usageIn(replayed.stdout)).not.toBe('')
    expect(usageIn(replayed.stdout)).toEqual(usageIn(recorded.stdout))
    expect(recorded.stdout).not.toContain('No model was asked')
    expect(invalid(models.place, 'replayed')).toEqual([])

    const rescored = await models.place.run(['rescore', 'recorded', '--out', 'rescored', '--replay', 'tapes/refunds.jsonl'])
    expect([rescored.exit, rescored.stderr]).toEqual([0, expect.any(String)])
    expect(reportOf(models.place, 'rescored').usage?.total.map(({ role }) => role)).toEqual(['judge'])
    expect(invalid(models.place, 'rescored')).toEqual([])
  })

  test('holds no secret, and neither does a result', async () => {
    await using models = await openModelPlace()
    await models.run(['--out', 'out', '--record', 'tape.jsonl'])
    const files = [
      join(models.place.path, 'tape.jsonl'),
      ...readdirSync(join(models.place.path, 'out')).map(name => join(models.place.path, 'out', name)),
    ]
    for (const file of files) {
      const text = readFileSync(file, 'utf8')
      expect(text).not.toContain(key)
      expect(text).not.toContain(models.server.url)
    }
  })

  test('that lacks an answer says what has changed, and the gate could not tell', async () => {
    await using models = await openModelPlace()
    await models.run(['--record', 'tape.jsonl'])
    const before = models.server.requests.length
    models.place.write('suite.yaml', suiteText({ told: 'You were billed twice and want your money back.' }))
    const ran = await models.run(['--replay', 'tape.jsonl'])
    expect(ran.exit).toBe(3)
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toContain('message 1 (system) differs from character')
    expect(ran.stdout.replaceAll(/\s+/g, ' ')).toMatch(
      /recorded "[^"]*You were charged twice[^"]*", now "[^"]*You were billed twice[^"]*"\. Record it again\./,
    )
    expect(models.server.requests).toHaveLength(before)
  })

  test('is found by the name of the model, wherever that is read from', async () => {
    await using models = await openModelPlace()
    models.place.write('suite.yaml', suiteText({ caller: '"${LLM_MODEL:-talker}"' }))
    const named = { ...models.env, LLM_MODEL: 'talker' }
    const recorded = await models.run(['--out', 'out', '--record', 'tape.jsonl'], named)
    expect([recorded.exit, recorded.stderr]).toEqual([0, expect.any(String)])
    expect(recorded.stdout).toMatch(/^Calling took \d+ requests to talker,/m)
    expect(readFileSync(join(models.place.path, 'tape.jsonl'), 'utf8')).not.toContain('[redacted')

    const usual = await models.run(['--replay', 'tape.jsonl'], {})
    expect([usual.exit, usual.stderr]).toEqual([0, expect.any(String)])
    const another = await models.run(['--replay', 'tape.jsonl'], { LLM_MODEL: 'reader' })
    expect(another.exit).toBe(2)
    expect(another.stderr).toContain(
      'It has the same words with model talker (now reader). If models.caller.model comes from the environment, set it to the value used for the recording.',
    )
  })

  test('is not mixed with what models themselves say in one result', async () => {
    await using models = await openModelPlace()
    await models.run(['--out', 'asked', '--record', 'tape.jsonl'])
    await models.run(['--out', 'replayed', '--replay', 'tape.jsonl'])
    const [asked, replayed] = [
      await models.run(['--resume', 'asked', '--replay', 'tape.jsonl']),
      await models.run(['--resume', 'replayed']),
    ]
    expect([asked.exit, asked.stderr]).toEqual([
      2,
      expect.stringMatching(/\S+ called the models themselves\. Resume it without a replay\./),
    ])
    expect([replayed.exit, replayed.stderr]).toEqual([
      2,
      expect.stringMatching(/\S+ replays the models' answers from tape\.jsonl\. Replay tape\.jsonl again to resume it\./),
    ])
  })

  test('that is truncated, or not there, or to be written and read at once, stops everything', async () => {
    await using models = await openModelPlace()
    await models.run(['--record', 'tape.jsonl'])
    const text = readFileSync(join(models.place.path, 'tape.jsonl'), 'utf8')
    models.place.write('short.jsonl', text.slice(0, text.length / 2))
    const short = await models.run(['--replay', 'short.jsonl'])
    expect([short.exit, short.stderr]).toEqual([
      2,
      expect.stringMatching(/^error: short\.jsonl is truncated: it has \d+ of its \d+ answers\./),
    ])
    const none = await models.run(['--replay', 'none.jsonl'])
    expect([none.exit, none.stderr]).toEqual([2, expect.stringContaining('There is no cassette none.jsonl. Record it first.')])
    const both = await models.run(['--replay', 'tape.jsonl', '--record', 'tape.jsonl'])
    expect([both.exit, both.stderr]).toEqual([2, expect.stringContaining('--record cannot be combined with --replay')])
  })

  test('whose recording was interrupted leaves the one before alone, and is gone on with by --resume', async () => {
    await using models = await openModelPlace({ delayMs: 30 })
    models.place.write('tape.jsonl', 'the one before')
    models.place.write('suite.yaml', suiteText({ frequency: 8 }).replace('agents:', 'limits: { concurrency: 1 }\nagents:'))
    const running = models.place.start(['run', 'suite.yaml', '--out', 'out', '--record', 'tape.jsonl'], models.env)
    await until('a run has passed', () => running.stderr().includes('✓'))
    running.signal('SIGINT')
    expect((await running.ended).exit).toBe(130)
    expect(running.stderr()).toContain('The recording is incomplete. Its answers so far are in tape.jsonl.part; tape.jsonl is unchanged.')
    expect(readFileSync(join(models.place.path, 'tape.jsonl'), 'utf8')).toBe('the one before')

    const resumed = await models.run(['--resume', 'out', '--record', 'tape.jsonl'])
    expect([resumed.exit, resumed.stderr]).toEqual([0, expect.any(String)])
    await models.server.close()
    const replayed = await models.run(['--out', 'replayed', '--replay', 'tape.jsonl'], {})
    expect([replayed.exit, replayed.stdout]).toEqual([0, expect.any(String)])
  })
})

/** The lines for people about what models took. */
function usageIn(stdout: string): string {
  return /^Calling took [\s\S]*^Total cost: .*$/m.exec(stdout)?.[0] ?? ''
}

/** What of a result is not as its schemas say. */
function invalid(place: Workplace, out: string): string[] {
  const ajv = new Ajv2020({ strict: false })
  formats.default(ajv)
  const [report, event] = ['report', 'event'].map(
    name => JSON.parse(readFileSync(join(root, `schemas/${name}.schema.json`), 'utf8')) as object,
  )
  const isEvent = ajv.addSchema(report!).compile(event!)
  const isReport = ajv.compile(report!)
  const wrong = place.journal(out).flatMap(each => (isEvent(each as unknown) ? [] : [ajv.errorsText(isEvent.errors)]))
  return isReport(reportOf(place, out)) ? wrong : [...wrong, ajv.errorsText(isReport.errors)]
}
