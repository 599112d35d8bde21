import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import formats from 'ajv-formats'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Comparison } from '../../src/domain/comparison.js'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'

// Thirty scenarios, eight runs each; PLANT names one whose agent forgets what to say.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)
const clock = { CALLSHEET_LOGICAL_CLOCK: '2026-01-01T09:00:00Z' }
const planted = 'scenario_17'

const agent = `export default function reply(_message, { scenario: { key } }) {
  return { content: key === process.env.PLANT ? 'Pardon?' : 'Good morning.', end: true }
}
`

const suite = `version: 1
suite: { name: Thirty }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios:
${Array.from(
  { length: 30 },
  (_, i) => `  scenario_${i}:
    frequency: 8
    metrics: [turns, latency_ms]
    script: { first_message: Hello. }
    expect: [{ agent_says: { contains: morning } }]
`,
).join('')}`

const run = (out: string, env: Record<string, string> = {}) =>
  callsheet(['run', 'suite.yaml', '--out', out, '--reporter', 'none'], folder.path, { ...clock, ...env })

const gated = (out: string, ...args: string[]) => callsheet(['run', 'gated.yaml', '--out', out, ...args], folder.path, clock)

const compare = async (...args: string[]) => {
  const executed = await callsheet(['compare', ...args, '--json', 'comparison.json'], folder.path, clock)
  return { ...executed, comparison: JSON.parse(readFileSync(path('comparison.json'), 'utf8')) as Comparison }
}

const worseIn = ({ cases }: Comparison): string[] => cases.filter(({ passRate }) => passRate?.verdict === 'worse').map(({ key }) => key)

beforeAll(async () => {
  writeFileSync(path('agent.mjs'), agent)
  writeFileSync(path('suite.yaml'), suite)
  await run('good')
  await run('good-again')
  await run('bad', { PLANT: planted })
})

describe('callsheet compare', () => {
  test('names the one scenario of thirty in which a regression was planted, and no other', async () => {
    const { exit, stdout, comparison } = await compare('good', 'bad', '--fail-on-regression')
    expect(exit).toBe(1)
    expect(comparison.verdict).toBe('regressed')
    expect(worseIn(comparison)).toEqual([`thirty/${planted}`])
    expect(new Set(stdout.match(/scenario_\d+/g))).toEqual(new Set([planted]))
    expect(stdout).toContain('pass rate 8/8 -> 0/8')
    expect(stdout).toContain('REGRESSED: 1 difference for the worse in 30 cases')
  })

  test('says so without failing where it is not asked to', async () => {
    const { exit, comparison } = await compare('good', 'bad')
    expect([exit, comparison.verdict]).toEqual([0, 'regressed'])
  })

  test('finds nothing between two results of one agent, and calls a mended scenario better', async () => {
    const same = await compare('good', 'good-again', '--fail-on-regression')
    expect([same.exit, same.comparison.verdict, same.comparison.tests]).toEqual([0, 'no_regression', 0])
    const mended = await compare('bad', 'good', '--fail-on-regression')
    expect(mended.exit).toBe(0)
    expect(mended.comparison.cases.filter(({ passRate }) => passRate?.verdict === 'better').map(({ key }) => key)).toEqual([
      `thirty/${planted}`,
    ])
  })

  test('writes JSON that is as the schema says', async () => {
    const ajv = new Ajv2020({ strict: true })
    formats.default(ajv)
    const printed = await callsheet(['schema', 'comparison'], folder.path)
    const validate = ajv.compile(JSON.parse(printed.stdout) as object)
    expect(printed.stdout).toBe(readFileSync(join(root, 'schemas/comparison.schema.json'), 'utf8'))
    const { comparison } = await compare('good', 'bad')
    expect(validate(comparison), `of the schema: ${ajv.errorsText(validate.errors)}`).toBe(true)
    const shard = { ...comparison.base, limits: [{ code: 'SHARD', count: 1, of: 2 }] }
    expect([validate({ ...comparison, base: shard }), validate({ ...comparison, verdict: 'fine' })]).toEqual([true, false])
  })
})

test('a gate on no regression says how much of the baseline was not run', async () => {
  writeFileSync(path('gated.yaml'), suite.replace('scenarios:', 'thresholds: { no_regression: { baseline: good } }\nscenarios:'))
  const part = await gated('part', '--filter', `thirty/${planted}`)
  expect(part.exit).toBe(0)
  expect(part.stdout.replaceAll(/\s+/g, ' ')).toContain('0 worse in 1 case, 29 of the baseline did not run')
  const all = await gated('all')
  expect(all.stdout.replaceAll(/\s+/g, ' ')).toContain('0 worse in 30 cases, required')
})
