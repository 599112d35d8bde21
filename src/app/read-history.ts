import type { History } from '../domain/case-history.js'
import type { ResultFacts } from '../pipeline/compare/facts.js'
import { historyOf } from '../pipeline/compare/history.js'
import { factsOf } from './compare-results.js'
import { isPlainError } from './plain-error.js'
import type { Adapters } from './registry.js'
import { readResult } from './report-result.js'
import { resultsIn } from './result-place.js'

/**
 * Reads how cases ended over all results in a folder, suite by suite. Leaves out rescored and merged results, which repeat
 * the conversations of others.
 */
export async function readHistory(folder: string, use: Pick<Adapters, 'store'>): Promise<History> {
  const bySuite = new Map<string, ResultFacts[]>()
  const unreadable: { place: string; because: string }[] = []
  for (const place of resultsIn(folder)) {
    try {
      const result = await readResult(place, use)
      const { suite, rescoredFrom, mergedFrom } = result.started
      if (rescoredFrom !== undefined || mergedFrom !== undefined) continue
      if (result.contradiction !== undefined) {
        unreadable.push({ place, because: `The journal in ${place} contradicts itself: ${result.contradiction}.` })
        continue
      }
      bySuite.set(suite.name, [...(bySuite.get(suite.name) ?? []), await factsOf(result)])
    } catch (cause) {
      if (!isPlainError(cause)) throw cause
      unreadable.push({ place, because: cause.message })
    }
  }
  const suites = [...bySuite].map(([suite, results]) => historyOf(suite, results.toSorted(byStart)))
  return { folder, suites: suites.toSorted((a, b) => (a.suite < b.suite ? -1 : 1)), unreadable }
}

function byStart(a: ResultFacts, b: ResultFacts): number {
  return a.started.at === b.started.at ? 0 : a.started.at < b.started.at ? -1 : 1
}

/** Version of the history's JSON format. */
const historyVersion = 1

/** A history as JSON. */
export function historyJson(history: History): string {
  return `${JSON.stringify({ version: historyVersion, ...history }, null, 2)}\n`
}

/** A history as text for people. */
export async function showHistory(history: History, how: { readonly colour: boolean }): Promise<string> {
  const { historyReport } = await import('../adapters/reporters/history.js')
  return historyReport(history, how)
}
