import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// Reports read by programs of others, where they are installed: what a reader shows is what the gate counted.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)

/** The command line of github-actions-ctrf: `npm install github-actions-ctrf` somewhere, and name its dist/core/cli.js. */
const ctrfReader = process.env['TEST_GITHUB_ACTIONS_CTRF'] ?? 'node_modules/github-actions-ctrf/dist/core/cli.js'
/** A Python with junitparser (Debian: python3-junitparser). */
const python = pythonWith('junitparser')
/** One with prometheus_client (Debian: python3-prometheus-client). */
const prometheus = pythonWith('prometheus_client')
const hasCmark = spawnSync('cmark-gfm', ['--version']).status === 0

function pythonWith(module: string): string | undefined {
  const pythons = [process.env['TEST_PYTHON'] ?? [], '/usr/bin/python3', 'python3'].flat()
  return pythons.find(each => spawnSync(each, ['-c', `import ${module}`]).status === 0)
}

const hostile = `<img src=x onerror=alert(1)> | @octocat [click](javascript:alert(1)) \`\`\` mail a@b.example.com or www.example.com, GH-12 ]]> ::error::no`

beforeAll(async () => {
  writeFileSync(
    path('agent.mjs'),
    `let tries = 0
export default (_message, { scenario: { key } }) => {
  const isFine = key === 'fine' || (key === 'flaky' && tries++ > 0)
  const content = isFine ? 'Good morning.' : key === 'flaky' ? 'Pardon?' : ${JSON.stringify(hostile)}
  return { content, end: true }
}
`,
  )
  writeFileSync(
    path('suite.yaml'),
    `version: 1
suite: { name: "Shop | <b>" }
limits: { max_failures: 2, concurrency: 1 }
retries: { failed: 1 }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
runs: [{ name: ${JSON.stringify('Shop "} 1\n# EOF\n\\')}, scenarios: all }]
scenarios:
  fine: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
  flaky: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
  hostile: { name: ${JSON.stringify(hostile)}, script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
  again: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
  late: { script: { first_message: Hello. }, expect: [{ agent_says: { contains: morning } }] }
`,
  )
  await callsheet(
    ['run', 'suite.yaml', '--junit', 'j.xml', '--ctrf', 'c.json', '--markdown', 'm.md', '--metrics', 'o.txt', '--json', 'r.json'],
    folder.path,
  )
})

interface Totals {
  readonly runs: number
  readonly passed: number
  readonly failed: number
  readonly flaky: number
  readonly not_run: number
}
const totals = (): Totals => (JSON.parse(readFileSync(path('r.json'), 'utf8')) as { totals: Totals }).totals

test('what was run has one of each kind', () => {
  expect(totals()).toMatchObject({ runs: 5, passed: 2, flaky: 1, failed: 2, not_run: 1 })
})

test.skipIf(!existsSync(ctrfReader))('github-actions-ctrf shows the counts of the gate, and annotates the lines of the suite', () => {
  writeFileSync(path('summary.md'), '')
  const { status, stdout, stderr } = spawnSync(process.execPath, [ctrfReader, path('c.json'), '--annotate'], {
    cwd: folder.path,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], GITHUB_STEP_SUMMARY: path('summary.md'), GITHUB_REPOSITORY: 'acme/shop' },
  })
  expect([status, stderr]).toEqual([0, ''])
  const { runs, passed, failed, not_run: skipped, flaky } = totals()
  const shown = readFileSync(path('summary.md'), 'utf8')
  expect(shown).toContain(`| ${runs} | ${passed} | ${failed} | ${skipped} | 0 | 0 | ${flaky} |`)
  expect(shown).toMatch(/flaky.*🍂|Flaky Tests[^]*flaky/)
  expect(stdout.match(/^::error /gm)).toHaveLength(failed)
})

test.skipIf(!python)('junitparser, of Python, counts as the gate does', () => {
  const script = `import junitparser, json, sys
xml = junitparser.JUnitXml.fromfile(sys.argv[1])
cases = [case for suite in xml for case in suite]
print(json.dumps({
  'told': [xml.tests, xml.failures, xml.errors, xml.skipped],
  'failed': [case.name for case in cases if any(isinstance(r, junitparser.Failure) for r in case.result)],
  'skipped': [case.name for case in cases if any(isinstance(r, junitparser.Skipped) for r in case.result)],
  'said': [r.message for case in cases for r in case.result],
}))`
  const { stdout, stderr } = spawnSync(python ?? '', ['-c', script, path('j.xml')], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const read = JSON.parse(stdout) as { told: number[]; failed: string[]; skipped: string[]; said: string[] }
  const { runs, failed, not_run: skipped } = totals()
  expect(read.told).toEqual([runs, failed, 0, skipped])
  expect(read.failed).toHaveLength(failed)
  expect(read.skipped).toEqual(['late'])
  expect(read.said.join('\n')).toContain(hostile.slice(0, 30))
})

test.skipIf(!hasCmark)("cmark-gfm, GitHub's own Markdown, makes no link, image or table cell of an agent's words", () => {
  const { stdout, status } = spawnSync('cmark-gfm', ['--unsafe', '-e', 'table', '-e', 'autolink', '-e', 'strikethrough', path('m.md')], {
    encoding: 'utf8',
  })
  expect(status).toBe(0)
  expect(stdout).not.toMatch(/<img|<a /)
  const rows = stdout.match(/<tr>[^]*?<\/tr>/g) ?? []
  expect(rows.length).toBeGreaterThan(1)
  expect(new Set(rows.map(row => row.match(/<t[dh]/g)?.length)).size).toBe(1)
  const text = stdout
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
  expect(text).toContain('<img src=x onerror=alert(1)>')
  expect(text).toMatch(/Failed/)
})

test.skipIf(!prometheus)('prometheus_client reads OpenMetrics, strictly, and counts as the gate does', () => {
  const script = `import json, sys
from prometheus_client.openmetrics.parser import text_string_to_metric_families as families
samples = [s for family in families(open(sys.argv[1], encoding='utf8').read()) for s in family.samples]
print(json.dumps([[s.name, s.labels, s.value] for s in samples]))`
  const { stdout, stderr } = spawnSync(prometheus ?? '', ['-c', script, path('o.txt')], { encoding: 'utf8' })
  expect(stderr).toBe('')
  const samples = JSON.parse(stdout) as [name: string, labels: Record<string, string>, value: number][]
  const { runs: _, ...counts } = totals() as Totals & Record<string, number>
  const read = samples.flatMap(([name, { status = '' }, value]) => (name === 'callsheet_runs' ? [[status, value] as const] : []))
  expect(Object.fromEntries(read)).toEqual(counts)
  expect(samples).toContainEqual(['callsheet_report_info', { state: 'finished' }, 1])
})
