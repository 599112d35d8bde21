import { seededRandom } from '../../../../src/adapters/clocks/system.js'
import { comparedWith } from '../../../../src/app/compare-results.js'
import type { ShownComparison } from '../../../../src/domain/comparison.js'
import type { ResultId } from '../../../../src/domain/ids.js'
import type { FinishedResult } from '../../../../src/ports/reporter.js'
import { failed, passed, resultOf, runsWith, startedWith } from './sample-result.js'

const scenario = (key: string) => ({ key, name: `Caller ${key}`, tags: [], metrics: [], file: 'suites/clinic.yaml', line: 1 })

function result(id: string, version: string, outcomes: readonly ('p' | 'f')[], seed: number): FinishedResult {
  const started = startedWith([
    {
      name: 'Smoke',
      slug: 'smoke',
      scenarios: [
        [scenario('worse'), 8],
        [scenario('better'), 8],
        [scenario('few'), 1],
      ],
    },
  ])
  const entries = started.plan.entries.map(entry => ({ ...entry, agent: { ...entry.agent, identity: { version } } }))
  const own = { ...started, result: id as ResultId, plan: { ...started.plan, seed, entries } }
  return resultOf(
    own,
    runsWith(
      own,
      outcomes.map(letter => (letter === 'p' ? passed() : failed)),
    ),
  )
}

const eight = (letter: 'p' | 'f') => Array.from({ length: 8 }, () => letter)

/** A case got worse, another better, and the seed is another. */
export async function sampleComparison(): Promise<ShownComparison> {
  const base = result('2026-11-20T20-00-00Z-0000', '1.4.1', [...eight('p'), ...eight('f'), 'p'], 7)
  const next = result('2026-11-24T20-27-28Z-1f3a', '1.4.2', [...eight('f'), ...eight('p'), 'p'], 8)
  return comparedWith(base, next, { random: async () => seededRandom })
}
