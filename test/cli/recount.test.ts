import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { RunEnded, SuiteEnded } from '../../src/domain/event.js'
import { openWorkplace, type Workplace } from './workplace.js'

/** A result of two runs, of which one failed, and its gate with it. */
async function failedResult(): Promise<Workplace> {
  const place = await openWorkplace()
  place.write('agent.mjs', `export default words => (words === 'Hi.' ? 'hello' : 'go away')\n`)
  place.write(
    'shop.yaml',
    `version: 1
suite: { name: Shop }
agents: { shop: { connection: { type: module, path: agent.mjs } } }
scenarios:
  greets: { script: { first_message: "Hi. <endcall/>" }, expect: [{ agent_says: { contains: hello } }] }
  asks: { script: { first_message: "Who? <endcall/>" }, expect: [{ agent_says: { contains: hello } }] }
`,
  )
  expect(await place.run(['run', 'shop.yaml', '--out', 'r'])).toMatchObject({ exit: 1 })
  expect(await place.run(['report', 'r'])).toMatchObject({ exit: 0, stderr: '' })
  return place
}

function editJournal(place: Workplace, edit: (lines: string[]) => readonly string[]): void {
  const path = join(place.path, 'r/journal.jsonl')
  writeFileSync(path, `${edit(readFileSync(path, 'utf8').trimEnd().split('\n')).join('\n')}\n`)
}

function passedLastLine(lines: string[]): readonly string[] {
  const last = JSON.parse(lines.at(-1)!) as SuiteEnded
  const gate = { verdict: 'passed', lines: last.report.gate.lines.map(line => ({ ...line, verdict: 'met' })) }
  return [...lines.slice(0, -1), JSON.stringify({ ...last, report: { ...last.report, gate } })]
}

test('a journal whose last line was edited is a warning on every output, and exit code 3', async () => {
  await using place = await failedResult()
  editJournal(place, passedLastLine)
  const report = await place.run(['report', 'r', '--junit', 'junit.xml', '--json', 'report.json'])
  const because = 'it says that the gate is passed, and the runs make it failed'
  expect(report).toMatchObject({ exit: 3 })
  expect(report.stderr).toBe(`warning: The last line of the journal in r contradicts its runs: ${because}.\n`)
  expect(report.stdout).toContain('INCONCLUSIVE: 1 of 2 runs passed')
  expect(report.stdout.replaceAll(/\s+/g, ' ')).toContain(`the journal was changed after the result: ${because}`)
  expect(JSON.parse(readFileSync(join(place.path, 'report.json'), 'utf8'))).toMatchObject({
    gate: {
      verdict: 'could_not_tell',
      lines: [{ rule: 'recount', verdict: 'could_not_tell' }, {}, { rule: 'pass_rate', verdict: 'not_met' }],
    },
    totals: { runs: 2, passed: 1, failed: 1 },
  })
  expect(readFileSync(join(place.path, 'junit.xml'), 'utf8')).toMatch(/<testcase name="suite recount"[^>]*>\s*<error /)
  expect(await place.run(['compare', 'r', 'r'])).toMatchObject({ exit: 3, stderr: expect.stringContaining('contradicts its runs') })
  expect(await place.run(['rescore', 'r', '--out', 'again'])).toMatchObject({
    exit: 1,
    stderr: expect.stringContaining('contradicts its runs'),
  })
  expect((await place.run(['flaky', '.'])).stdout).toContain('Skipped: The journal in r contradicts itself')
})

test('so is one whose runs were edited, and a result without a last line is none', async () => {
  await using place = await failedResult()
  const before = readFileSync(join(place.path, 'r/journal.jsonl'), 'utf8')
  editJournal(place, lines =>
    lines.map(line => {
      const event = JSON.parse(line) as RunEnded
      if (event.type !== 'run.ended') return line
      const outcome = { ...event.outcome, status: 'passed' }
      return JSON.stringify({ ...event, outcome })
    }),
  )
  expect(await place.run(['report', 'r'])).toMatchObject({
    exit: 3,
    stderr: expect.stringContaining('the gate is failed, and the runs make it passed'),
  })

  writeFileSync(join(place.path, 'r/journal.jsonl'), before)
  editJournal(place, lines => lines.slice(0, -1))
  expect(await place.run(['report', 'r'])).toMatchObject({ exit: 0, stderr: '', stdout: expect.stringContaining('FAILED: 1 of 2') })
})
