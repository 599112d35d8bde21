import { readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { HistoryLine } from '../../src/domain/history-line.js'
import { openWorkplace, type Workplace } from './workplace.js'

const suite = (more: string): string => `version: 1
suite: { name: Shop }
agents: { shop: { identity: { version: "4.2.1" }, connection: { type: module, path: agent.mjs } } }
scenarios:
  greets: { script: { first_message: "Hi. <endcall/>" }, expect: [{ agent_says: { contains: hello } }] }
${more}`
const agent = `export default () => process.env.RUDE ? 'What?' : 'hello'\n`

function linesOf(place: Workplace): HistoryLine[] {
  const text = readFileSync(join(place.path, '.callsheet/history.jsonl'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map(line => JSON.parse(line) as HistoryLine)
}

test('a case that flips while only the bar changed is flaky: with other thresholds the suite is the same', async () => {
  await using place = await openWorkplace()
  place.write('agent.mjs', agent)
  place.write('shop.yaml', suite('thresholds: { pass_rate: 0.5 }\n'))
  await place.run(['run', 'shop.yaml', '--out', 'a'])
  place.write('shop.yaml', suite('thresholds: { pass_rate: 0.9, must_pass: { scenarios: [greets] } }\nlimits: { max_failures: 3 }\n'))
  await place.run(['run', 'shop.yaml', '--out', 'b', '--markdown', 'b.md'], { RUDE: '1' })
  const [a, b] = linesOf(place)
  expect(b?.digests.suite).toBe(a?.digests.suite)
  expect(b?.digests.bar).not.toBe(a?.digests.bar)
  const { stdout } = await place.run(['history'])
  expect(stdout).toContain('other thresholds')
  expect(stdout.replaceAll(/\s+/g, ' ')).toContain('flaky; failing since')
  expect(stdout).not.toContain('another suite')
  const compared = await place.run(['compare', 'a', 'b'])
  expect(compared.stdout).toContain('the thresholds changed')
  expect(compared.stdout).not.toContain('the suite changed')
})

const deciding = (thresholds: string): string => `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios: { greets: { script: { first_message: "Hi. <endcall/>" }, metrics: [appropriate_termination] } }
thresholds: ${thresholds}
`

test('a threshold that takes a metric away from the verdict of runs makes another suite', async () => {
  await using place = await openWorkplace()
  place.write('agent.mjs', agent)
  const suites = [
    '{ pass_rate: 0.5 }',
    '{ pass_rate: 0.9 }',
    '{ pass_rate: 0.9, metrics: { appropriate_termination: { mean: { min: 0 } } } }',
  ]
  for (const [i, thresholds] of suites.entries()) {
    place.write('shop.yaml', deciding(thresholds))
    await place.run(['run', 'shop.yaml', '--out', String(i)])
  }
  const [a, b, c] = linesOf(place).map(({ digests }) => digests.suite)
  expect(b).toBe(a)
  expect(c).not.toBe(b)
})

test('the history knows each journal by its digest, and does not count one that was changed since', async () => {
  await using place = await openWorkplace()
  place.write('agent.mjs', agent)
  place.write('shop.yaml', suite(''))
  await place.run(['run', 'shop.yaml', '--out', '.callsheet/a'], { RUDE: '1' })
  const journal = join(place.path, '.callsheet/a/journal.jsonl')
  const text = readFileSync(journal, 'utf8')
  expect(linesOf(place)[0]?.journal).toBe(createHash('sha256').update(text).digest('hex'))
  expect((await place.run(['history'])).stdout).not.toContain('Skipped')

  // What was said was made to say something else, with nothing that the journal contradicts.
  writeFileSync(journal, text.replaceAll('What?', 'Whit?'))
  const changed = await place.run(['history'])
  const words = changed.stdout.replaceAll(/\s+/g, ' ')
  expect(words).toContain('The journal in .callsheet/a is not the one in the history')
  expect(words).toContain('0/1')

  await place.run(['history', 'add', '.callsheet/a'])
  expect((await place.run(['history'])).stdout).not.toContain('is not the one')
})
