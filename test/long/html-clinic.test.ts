import { afterAll, beforeAll, expect, test } from 'vitest'
import { join } from 'node:path'
import { html } from '../../src/adapters/reporters/html.js'
import { defaultAdapters } from '../../src/app/registry.js'
import { readResult } from '../../src/app/report-result.js'
import type { RunEnded, SuiteStarted } from '../../src/domain/event.js'
import { runKey } from '../../src/domain/plan.js'
import { createTally } from '../../src/pipeline/tally/tally.js'
import type { FinishedResult } from '../../src/ports/reporter.js'
import { callsheet, root, temporaryFolder } from '../suites/callsheet.js'
import { textOf } from '../unit/adapters/reporters/report-text.js'

const folder = temporaryFolder()
afterAll(() => folder[Symbol.dispose]())
const place = join(folder.path, 'r')

beforeAll(async () => {
  await callsheet(['run', join(root, 'suites/clinic/suite.yaml'), '--out', 'r', '--reporter', 'none'], folder.path)
}, 120_000)

test('the page of the clinic, each case of which ran 33 times, has at most 0.4 MiB', async () => {
  const page = await textOf(html, await repeated(await readResult(place, await defaultAdapters({})), 33))
  expect(page.length).toBeGreaterThan(150_000)
  expect(Buffer.byteLength(page)).toBeLessThanOrEqual(0.4 * 1024 * 1024)
})

/** A result as if each case had run so often: its runs take turns. */
async function repeated({ started: once, place: of, runs: own }: FinishedResult, times: number): Promise<FinishedResult> {
  const byCase = new Map<string, RunEnded[]>()
  for await (const batch of own()) {
    for (const run of batch) {
      const key = run.run.slice(0, run.run.lastIndexOf('#'))
      byCase.set(key, [...(byCase.get(key) ?? []), run])
    }
  }
  let firstRun = -times
  const entries = once.plan.entries.map(entry => ({
    ...entry,
    cases: entry.cases.map(planned => ({ ...planned, repeats: times, firstRun: (firstRun += times) })),
  }))
  const started: SuiteStarted = { ...once, plan: { ...once.plan, entries, totalRuns: firstRun + times } }
  const runs = entries.flatMap(({ cases }) =>
    cases.flatMap(planned =>
      Array.from({ length: times }, (_, i): RunEnded => {
        const all = byCase.get(planned.key)!
        return { ...all[i % all.length]!, index: planned.firstRun + i, run: runKey(planned.key, i + 1) }
      }),
    ),
  )
  expect(runs).toHaveLength(42 * times)
  const tally = createTally(started)
  for (const run of runs) tally.add(run)
  return {
    started,
    report: tally.report(),
    place: of,
    async *runs() {
      yield runs
    },
  }
}
