import * as fc from 'fast-check'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { compareResults } from '../../../src/app/compare-results.js'
import { isPlainError } from '../../../src/app/plain-error.js'
import { readHistory } from '../../../src/app/history/read-history.js'
import { readResult } from '../../../src/app/report-result.js'
import { costSoFar, resumptionOf } from '../../../src/app/resumption.js'
import { defaultAdapters, reporters } from '../../../src/app/registry.js'
import { executeSuite, prepare } from '../../../src/index.js'

// How many journals to read; `npm run soak` reads many more.
const numRuns = Number(process.env['MUTATIONS'] ?? 150)
const folder = mkdtempSync(join(tmpdir(), 'callsheet-mutated-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const use = await defaultAdapters({})

/** The lines of a journal with a bit of everything. */
async function linesOfAJournal(): Promise<string[]> {
  writeFileSync(
    join(folder, 'agent.mjs'),
    "export default said => ({ content: `You said ${said}`, tool_calls: [{ name: 'look', arguments: { said } }] })\n",
  )
  writeFileSync(
    join(folder, 'suite.yaml'),
    `version: 1
suite: { name: Mutated, owner: us }
agents: { a: { version: "1", connection: { type: module, path: agent.mjs } } }
scenarios:
  good: { frequency: 2, metrics: [latency_ms, turns], script: { first_message: "Hi.", steps: [{ when: any, say: "Bye. <endcall/>" }] }, expect: [{ agent_says: { contains: Hi } }, { tool_called: { name: look } }] }
  bad: { script: { first_message: "Hi. <endcall/>" }, expect: [{ agent_says: { contains: never } }] }
`,
  )
  const prepared = await prepare({ path: 'suite.yaml', cwd: folder, environment: {}, options: {} }, use)
  if ('diagnostics' in prepared) throw new Error(prepared.diagnostics.map(({ message }) => message).join(' '))
  const out = join(folder, 'original')
  await executeSuite({ prepared, use, destination: { out } })
  return readFileSync(join(out, 'journal.jsonl'), 'utf8').trim().split('\n')
}

/** Reads a result in every way there is. */
async function readInEveryWay(place: string): Promise<void> {
  const result = await readResult(place, use)
  for (const reporter of Object.values(reporters)) {
    for await (const piece of (await reporter())(result, { colour: false, junitPerRun: true })) expect(typeof piece).toBe('string')
  }
  await compareResults(result, result, 0.05, use)
  const stored = await (await use.store()).read(place)
  await resumptionOf(stored, () => undefined)
  await costSoFar(stored, () => undefined)
}

test(
  'no damage of a journal makes reading it fail otherwise than in a sentence',
  async () => {
    const lines = await linesOfAJournal()
    const values = fc.oneof(
      fc.constantFrom(null, -1, 0, 1e9, '', 'x', true, [], {}, [null], { type: 'said' }),
      fc.jsonValue({ maxDepth: 2 }),
    )
    const damages = fc.array(
      fc.oneof(
        fc.record({ kind: fc.constant('value' as const), line: fc.nat(), at: fc.nat(), value: values }),
        fc.record({ kind: fc.constant('remove' as const), line: fc.nat(), at: fc.nat() }),
        fc.record({ kind: fc.constant('bytes' as const), line: fc.nat(), at: fc.nat(), text: fc.string({ maxLength: 3 }) }),
        fc.record({
          kind: fc.constant('line' as const),
          line: fc.nat(),
          value: fc.oneof(values, fc.constantFrom(...lines.map(line => JSON.parse(line) as unknown))),
        }),
        fc.record({ kind: fc.constant('without' as const), line: fc.nat() }),
      ),
      { minLength: 1, maxLength: 3 },
    )
    let count = 0
    let refused = 0
    await fc.assert(
      fc.asyncProperty(damages, async all => {
        const damaged = all.reduce(apply, lines)
        const place = join(folder, `r${(count += 1)}`, 'result')
        mkdirSync(place, { recursive: true })
        writeFileSync(join(place, 'journal.jsonl'), `${damaged.join('\n')}\n`)
        try {
          await readInEveryWay(place)
        } catch (cause) {
          if (!isPlainError(cause) || !/^[^\n]+\.$/.test(cause.message)) throw cause
          refused += 1
        }
        await readHistory(join(place, '..'), use)
        rmSync(join(place, '..'), { recursive: true })
      }),
      { numRuns },
    )
    expect(refused).toBeGreaterThan(numRuns / 10)
  },
  60_000 + 100 * numRuns,
)

type Damage =
  | { readonly kind: 'value'; readonly line: number; readonly at: number; readonly value: unknown }
  | { readonly kind: 'remove'; readonly line: number; readonly at: number }
  | { readonly kind: 'bytes'; readonly line: number; readonly at: number; readonly text: string }
  | { readonly kind: 'line'; readonly line: number; readonly value: unknown }
  | { readonly kind: 'without'; readonly line: number }

function apply(lines: readonly string[], damage: Damage): string[] {
  const at = damage.line % Math.max(1, lines.length)
  const line = lines[at] ?? ''
  switch (damage.kind) {
    case 'bytes': {
      const cut = damage.at % (line.length + 1)
      return lines.with(at, `${line.slice(0, cut)}${damage.text}${line.slice(cut + 1)}`)
    }
    case 'line':
      return lines.with(at, JSON.stringify(damage.value))
    case 'without':
      return lines.toSpliced(at, 1)
    default:
      return lines.with(at, changed(line, damage))
  }
}

/** The line with one of its values changed or removed, wherever it is. */
function changed(line: string, damage: Extract<Damage, { at: number }>): string {
  let value: unknown
  try {
    value = JSON.parse(line)
  } catch {
    return line
  }
  const places: [container: Record<string, unknown>, key: string][] = []
  const collect = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    for (const key of Object.keys(node)) {
      places.push([node as Record<string, unknown>, key])
      collect((node as Record<string, unknown>)[key])
    }
  }
  collect(value)
  const place = places[damage.at % Math.max(1, places.length)]
  if (!place) return line
  const [container, key] = place
  if (damage.kind === 'value') container[key] = damage.value
  else if (Array.isArray(container)) container.splice(Number(key), 1)
  else delete container[key]
  return JSON.stringify(value)
}
