import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { parse as parseJunit, type TestSuites } from 'junit2json'
import { afterAll, expect, test } from 'vitest'
import { executeSuite } from '../../src/app/execute-suite.js'
import { prepare } from '../../src/app/prepare.js'
import { defaultAdapters, type Adapters } from '../../src/app/registry.js'
import { exitOf } from '../../src/cli/exit.js'
import type { SuiteEvent } from '../../src/domain/event.js'
import type { Report } from '../../src/domain/report.js'
import { endsOf, statusesOf } from '../cli/workplace.js'

// Whole suites, through the real pipeline and real files, against agents that behave in every attempt as the suite says;
// what must come of them is worked out here, independently.

const folder = mkdtempSync(join(tmpdir(), 'callsheet-any-suite-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

writeFileSync(
  join(folder, 'agent.mjs'),
  `export default function reply(behaviours, { runKey, runId }) {
  const [repeat, attempt] = [Number(runKey.split('#')[1]), Number(runId.split('-').at(-1))]
  const each = behaviours.split(' ')
  switch (each[(repeat + attempt) % each.length]) {
    case 'passes': return { content: 'Fine.', end: true }
    case 'fails': return { content: 'Bad.', end: true }
    case 'breaks': throw 'broken'
    case 'is_silent': return { content: '' }
  }
}
`,
)

type Behaviour = 'passes' | 'fails' | 'breaks' | 'is_silent'
type Status = 'passed' | 'failed' | 'agent_error' | 'infra_error'

interface Shape {
  readonly scenarios: readonly { readonly behaviours: readonly Behaviour[]; readonly frequency: number }[]
  /** Whether a second entry runs the first scenario with an agent that is not there. */
  readonly hasAway: boolean
  readonly retries: { readonly failed: number; readonly agent_error: number }
  readonly passRate: number
  readonly coverage: number
  readonly concurrency: number
  readonly stopWhenDecided: boolean
}

const anyBehaviour = fc.constantFrom<Behaviour>('passes', 'passes', 'passes', 'fails', 'breaks', 'is_silent')
const shapes: fc.Arbitrary<Shape> = fc.record({
  scenarios: fc.array(
    fc.record({ behaviours: fc.array(anyBehaviour, { minLength: 1, maxLength: 3 }), frequency: fc.integer({ min: 1, max: 4 }) }),
    { minLength: 1, maxLength: 3 },
  ),
  hasAway: fc.boolean(),
  retries: fc.record({ failed: fc.integer({ min: 0, max: 2 }), agent_error: fc.integer({ min: 0, max: 1 }) }),
  passRate: fc.constantFrom(0.01, 0.5, 0.8, 1),
  coverage: fc.constantFrom(0.3, 0.9, 1),
  concurrency: fc.constantFrom(1, 3, 10),
  stopWhenDecided: fc.boolean(),
})

test('whatever a suite and its agent do, journal, JUnit, JSON and exit code say the same, and it is what had to come of it', async () => {
  const adapters = await impatient()
  let count = 0
  await fc.assert(
    fc.asyncProperty(shapes, async shape => {
      const place = join(folder, `result-${(count += 1)}`)
      const { report, events, junit, json } = await execute(shape, place, adapters)
      const expected = expectedStatuses(shape)
      const statuses = statusesOf(events)

      // Every planned run has exactly one end, and it is the one that had to come; unless it was left out.
      const ends = endsOf(events).toSorted((a, b) => a.index - b.index)
      expect(ends.map(({ index }) => index)).toEqual(expected.map((_, index) => index))
      for (const { index, outcome } of ends) {
        if (shape.stopWhenDecided && outcome.status === 'not_run') continue
        expect(`${index} ${outcome.status}`).toBe(`${index} ${expected[index]}`)
      }

      // The report and its JSON count what the journal holds.
      expect(withoutZeros(report.totals)).toEqual({ ...statuses, runs: expected.length })
      expect(json.totals).toEqual(report.totals)
      expect(json.runs.map(({ status }) => status)).toEqual(ends.map(({ outcome }) => outcome.status))
      expect(json.gate).toEqual(report.gate)

      // JUnit with a testcase a run counts them too.
      const cases = (junit.testsuite ?? []).flatMap(suite => suite.testcase ?? [])
      const having = (key: 'failure' | 'error' | 'skipped'): number => cases.filter(each => each[key] !== undefined).length
      expect(cases).toHaveLength(expected.length)
      expect(having('failure')).toBe((statuses['failed'] ?? 0) + (statuses['agent_error'] ?? 0))
      expect(having('error')).toBe(statuses['infra_error'] ?? 0)
      expect(having('skipped')).toBe(statuses['not_run'] ?? 0)

      expect(exitOf(report)).toBe(expectedExit(shape, expected))
    }),
    { numRuns: 40, seed: 2026, endOnFailure: false },
  )
}, 30_000)

async function execute(shape: Shape, place: string, adapters: Adapters) {
  writeFileSync(join(folder, 'suite.yaml'), suiteText(shape))
  const request = { path: 'suite.yaml', cwd: folder, environment: {}, options: {} }
  const prepared = await prepare(request, adapters)
  if ('diagnostics' in prepared) throw new Error(prepared.diagnostics.map(({ message }) => message).join('\n'))
  const destination = { out: place, reports: [], how: { colour: false, junitPerRun: true } }
  const executed = await executeSuite({ prepared, use: adapters, destination })
  if (executed.status !== 'ended') throw new Error(executed.message)
  const read = (file: string): string => readFileSync(join(place, file), 'utf8')
  return {
    report: executed.result.report,
    events: read('journal.jsonl')
      .trimEnd()
      .split('\n')
      .map(line => JSON.parse(line) as SuiteEvent),
    junit: (await parseJunit(read('junit.xml'))) as TestSuites,
    json: JSON.parse(read('report.json')) as Pick<Report, 'totals' | 'gate'> & { runs: { status: string }[] },
  }
}

function suiteText({ scenarios, hasAway, retries, passRate, coverage, concurrency, stopWhenDecided }: Shape): string {
  return JSON.stringify({
    version: 1,
    suite: { name: 'Any' },
    agents: {
      here: { connection: { type: 'module', path: 'agent.mjs' } },
      // The discard port: nothing listens there.
      away: { connection: { type: 'http', url: 'http://127.0.0.1:9/' } },
    },
    scenarios: Object.fromEntries(
      scenarios.map(({ behaviours, frequency }, index) => [
        `s${index}`,
        { frequency, script: { first_message: behaviours.join(' ') }, expect: [{ agent_says: { contains: 'Fine' } }] },
      ]),
    ),
    runs: [{ name: 'Here', agent: 'here' }, ...(hasAway ? [{ name: 'Away', agent: 'away', scenarios: 1 }] : [])],
    thresholds: { pass_rate: passRate, coverage },
    limits: { concurrency, stop_when_decided: stopWhenDecided },
    retries: { ...retries, infra_error: 0 },
  })
}

/** How each run of the plan has to end, were none left out. */
function expectedStatuses({ scenarios, hasAway, retries }: Shape): Status[] {
  const here = scenarios.flatMap(({ behaviours, frequency }) =>
    Array.from({ length: frequency }, (_, index): Status => {
      const left = { failed: retries.failed, agent_error: retries.agent_error }
      for (let attempt = 1; ; attempt += 1) {
        const status = statusOf(behaviours[(index + 1 + attempt) % behaviours.length])
        if (status === 'passed' || left[status] === 0) return status
        left[status] -= 1
      }
    }),
  )
  return [...here, ...Array.from({ length: hasAway ? (scenarios[0]?.frequency ?? 0) : 0 }, (): Status => 'infra_error')]
}

function statusOf(behaviour: Behaviour | undefined): 'passed' | 'failed' | 'agent_error' {
  return behaviour === 'passes' ? 'passed' : behaviour === 'fails' ? 'failed' : 'agent_error'
}

function expectedExit({ passRate, coverage }: Shape, statuses: readonly Status[]): number {
  const passed = statuses.filter(status => status === 'passed').length
  const counted = statuses.filter(status => status !== 'infra_error').length
  if (counted / statuses.length < coverage) return 3
  return passed / counted >= passRate ? 0 : 1
}

function withoutZeros({ flaky: _flaky, ...counts }: Report['totals']): Record<string, number> {
  return Object.fromEntries(Object.entries(counts).filter(([, count]) => count > 0))
}

/** The adapters for this machine, but that the pauses between tries are short. */
async function impatient(): Promise<Adapters> {
  const adapters = await defaultAdapters({})
  const { clock } = adapters
  return { ...adapters, clock: { ...clock, after: (ms, then) => clock.after(ms < 5000 ? ms / 500 : ms, then) } }
}
