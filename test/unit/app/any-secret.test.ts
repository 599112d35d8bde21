import * as fc from 'fast-check'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readResult } from '../../../src/app/report-result.js'
import { defaultAdapters } from '../../../src/app/registry.js'
import { ownWords } from '../../../src/domain/generated/own-words.js'
import { executeSuite, prepare } from '../../../src/index.js'

/**
 * Whatever a secret variable holds, be it a word, a number or a piece of our own files: the verdicts, the names, the times and the
 * form of every report are as ever.
 */

const folder = mkdtempSync(join(tmpdir(), 'callsheet-any-secret-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
/** How many values to try; `npm run soak` tries many more. */
const numRuns = Number(process.env['VALUES'] ?? 25)
const start = '2026-11-29T10:00:00.000Z'
let count = 0
let ordinary: Outputs

interface Outputs {
  readonly gate: string
  readonly journal: string
  readonly junit: string
  readonly json: string
}

beforeAll(async () => {
  writeFileSync(
    join(folder, 'agent.mjs'),
    `export default said => {
  if (said === 'Break.') throw new Error('It is broken by passed, agent_error and 1100.')
  return { content: \`You said \${said} on 2026-11-29, agent.\`, tool_calls: [{ name: 'look_up', arguments: { status: 'passed', type: 'run.ended' } }], metadata: { outcome: 'passed' } }
}
`,
  )
  writeFileSync(
    join(folder, 'suite.yaml'),
    `version: 1
suite: { name: Any, owner: us }
secrets: [ODD]
agents: { agent_one: { version: "2026-11-29", connection: { type: module, path: agent.mjs } } }
scenarios:
  passes_today: { tags: [passed], metrics: [latency_ms, turns], script: { first_message: "Hello there.", steps: [{ when: any, say: "Bye. <endcall/>" }] }, expect: [{ agent_says: { contains: Hello } }, { tool_called: { name: look_up, arguments: { status: passed } } }] }
  fails_today: { frequency: 2, script: { first_message: "Nothing. <endcall/>" }, expect: [{ agent_says: { contains: never_said } }, { metadata: { pointer: /outcome, equals: failed } }] }
  breaks_today: { script: { first_message: "Break.", steps: [{ when: any, say: "Bye. <endcall/>" }] }, expect: [{ turns: { min: 1 } }] }
thresholds: { pass_rate: 0.2 }
`,
  )
  ordinary = await outputsWith('nothing-like-it-at-all')
})

async function outputsWith(value: string): Promise<Outputs> {
  const use = await defaultAdapters({ CALLSHEET_LOGICAL_CLOCK: start })
  const prepared = await prepare({ path: 'suite.yaml', cwd: folder, environment: { ODD: value }, options: { seed: 7 } }, use)
  if ('diagnostics' in prepared) throw new Error(prepared.diagnostics.map(({ message }) => message).join(' '))
  const out = join(folder, String((count += 1)))
  await executeSuite({ prepared, use, destination: { out } })
  const { report } = await readResult(out, use)
  const read = (name: string): string => readFileSync(join(out, name), 'utf8')
  return {
    gate: JSON.stringify([report.gate, report.totals]),
    journal: read('journal.jsonl'),
    junit: read('junit.xml'),
    json: read('report.json'),
  }
}

/**
 * Where the JSON report has words of agents, of callers and of suites; versions may be read from variables too. Digests are of suites without
 * their secrets: another one is right where a value, or a line of it, stands in the suite by chance.
 */
const wordsOfPeople = /\/(?:version|check|seen|message|assertion|because|detail|text|metadata|arguments|result)(?:\/|$)/

/** A value of JSON, every text in it with its place. */
function leaves(value: unknown, path = ''): [path: string, leaf: unknown][] {
  if (typeof value !== 'object' || value === null) return [[path, value]]
  return Object.entries(value).flatMap(([key, item]) => leaves(item, `${path}/${key}`))
}

interface ReportRead {
  readonly limits: readonly { readonly code: string }[]
  readonly causes: readonly { readonly id: string }[]
}

/**
 * Of the JSON report; whether something was taken out, which it tells, is left aside: values that are too ordinary are not. The id of a
 * cause is a hash of the check's words as they are masked, since one of the words themselves would let a secret be guessed: the place of
 * the cause stands in for it, wherever it is.
 */
function leavesOf({ json }: Outputs): [path: string, leaf: unknown][] {
  const { limits, causes } = JSON.parse(json) as ReportRead
  const placed = causes.reduce((text, { id }, i) => text.replaceAll(`"${id}"`, `"cause ${i}"`), json)
  return leaves({ ...JSON.parse(placed), limits: limits.filter(({ code }) => code !== 'SECRETS_REDACTED') })
}

test(
  'whatever a secret variable holds, results and reports have the form, the names, the numbers and the verdicts that they ever have',
  async () => {
    const vocabulary = [
      ...ownWords,
      'text',
      'agent',
      'passed',
      'suite',
      '1100',
      '2026-11-29',
      '10:00:00.000Z',
      start,
      'Any secret',
      'passes_today',
    ]
    const everything = `${ordinary.journal}${ordinary.junit}${ordinary.json}`
    const values = fc.oneof(
      fc.constantFrom(...vocabulary),
      fc
        .tuple(fc.nat({ max: everything.length - 1 }), fc.integer({ min: 1, max: 40 }))
        .map(([at, length]) => everything.slice(at, at + length)),
      fc.constantFrom(...vocabulary).map(word => `"${word}":"`),
      fc.constantFrom(...vocabulary).map(word => ` ${word.toUpperCase()} `),
    )
    await fc.assert(
      fc.asyncProperty(values, async value => {
        const now = await outputsWith(value)
        expect(now.gate).toBe(ordinary.gate)
        expect(tagsOf(now.junit)).toEqual(tagsOf(ordinary.junit))
        const [before, after] = [leavesOf(ordinary), leavesOf(now)]
        for (const [i, [path, leaf]] of after.entries()) {
          const [pathBefore, leafBefore] = before[i]!
          if (path === pathBefore && (leaf === leafBefore || path.startsWith('/digests/'))) continue
          expect(path).toMatch(wordsOfPeople)
          expect(leaf).toContain('[redacted ODD]')
        }
      }),
      { numRuns },
    )
  },
  60_000 + 500 * numRuns,
)

/** The elements of XML, with what names and counts them. */
function tagsOf(xml: string): string[] {
  return (xml.match(/<[a-z]+[^>]*>/g) ?? []).map(tag =>
    tag.replaceAll(/ (?!name|classname|file|tests|failures|errors|skipped|time)[a-z]+="[^"]*"/g, ''),
  )
}
