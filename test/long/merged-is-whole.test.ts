import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { callsheet, temporaryFolder } from '../suites/callsheet.js'

// Four shards, merged, beside the whole suite in one run: an agent whose words depend on the question alone, on the logical clock.

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const path = (name: string): string => join(folder.path, name)

const agent = `export default (message, { scenario: { key } }) => {
  const words = [...message].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 97, 7) % 23
  return { content: \`\${key === 's3' ? 'Pardon?' : 'Good morning.'} \${'word '.repeat(words)}\`, end: true }
}
`
const scenarios = Array.from({ length: 13 }, (_, i) => {
  const more = 'expect: [{ agent_says: { contains: morning } }], metrics: [words, turns]'
  return `  s${i}: { frequency: ${(i % 3) + 1}, script: { first_message: "Hello ${i}." }, ${more} }\n`
})
const suite = `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
thresholds: { pass_rate: 0.9, metrics: { words: { p95: { max: 20 } } } }
scenarios:
${scenarios.join('')}`

const kinds = ['json', 'junit', 'markdown', 'ctrf', 'metrics'] as const
const filesOf = (name: string): string[] => kinds.flatMap(kind => [`--${kind}`, `${name}.${kind}`])
const at = (hour: number) => ({ CALLSHEET_LOGICAL_CLOCK: `2026-01-01T0${hour}:00:00.000Z` })

beforeAll(async () => {
  writeFileSync(path('agent.mjs'), agent)
  writeFileSync(path('suite.yaml'), suite)
  await callsheet(['run', 'suite.yaml', '--out', 'whole', '--reporter', 'none', ...filesOf('whole')], folder.path, at(9))
  for (const nth of [1, 2, 3, 4]) {
    await callsheet(['run', 'suite.yaml', '--shard', `${nth}/4`, '--out', `s${nth}`, '--reporter', 'none'], folder.path, at(nth))
  }
  await callsheet(['merge', 's3', 's1', 's4', 's2', '--out', 'merged', '--reporter', 'none', ...filesOf('merged')], folder.path, at(9))
})

test.each(kinds)('%s of merged shards is that of the whole, but for ids, times and what it was merged from', kind => {
  expect(withoutTimes(readFileSync(path(`merged.${kind}`), 'utf8'))).toBe(withoutTimes(readFileSync(path(`whole.${kind}`), 'utf8')))
})

test('percentiles are those of all runs, and decide as they do in the whole', () => {
  const [whole, merged] = ['whole', 'merged'].map(name => JSON.parse(readFileSync(path(`${name}.json`), 'utf8')) as Report)
  const [words] = merged!.metrics.filter(({ metric }) => metric === 'words')
  expect(new Set([words!['p25'], words!['p50'], words!['p75'], words!['p95']]).size).toBe(4)
  expect(merged!.metrics).toEqual(whole!.metrics)
  expect(merged!.gate).toEqual(whole!.gate)
  expect(merged!.gate.lines).toContainEqual(expect.objectContaining({ rule: 'metrics.words.p95', verdict: 'not_met' }))
})

interface Report {
  readonly metrics: readonly Readonly<Record<string, unknown>>[]
  readonly gate: { readonly lines: readonly unknown[] }
}

function withoutTimes(text: string): string {
  return text
    .replace(/ {2}"mergedFrom": \{\n[^]*?\n {2}\},\n/, '')
    .replace(/ *\{\n *"code": "MERGED",\n *"count": 4\n *\},\n/, '')
    .replace(/ *\{\n *"code": "MERGED",\n *"text": "[^"]*"\n *\},\n/, '')
    .replaceAll(/^.*The result is merged from 4 results\..*\n\n?/gm, '')
    .replace(/# TYPE callsheet_limit info\n# HELP callsheet_limit .*\n(?!callsheet_limit)/, '')
    .replaceAll(/2026-01-01T0\d[-:]00[-:]00(?:\.000)?Z(?:-0000)?/g, 'TIME')
    .replaceAll(/\b17672\d{8}\b/g, 'TIME')
    .replaceAll(/"durationMs": \d+/g, 'DURATION')
    .replaceAll(/ in 3 h 00 m/g, ' in 0.0 s')
    .replaceAll(/(?<=name="time" value=")[^"]*/g, 'TIME')
    .replaceAll(/(?<="plan": "|plan_digest" value=")[0-9a-f]{64}/g, 'PLAN')
}
