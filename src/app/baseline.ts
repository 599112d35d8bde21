import { resolve } from 'node:path'
import type { Comparison, MetricComparison, Share } from '../domain/comparison.js'
import type { SuiteStarted } from '../domain/event.js'
import type { NoRegression } from '../domain/thresholds.js'
import { compare, type Compared } from '../pipeline/compare/compare.js'
import { gatherFacts, type ResultFacts } from '../pipeline/compare/facts.js'
import { tellsNothing } from '../pipeline/compare/tells-nothing.js'
import type { Baseline } from '../pipeline/tally/rules/no-regression.js'
import type { FinishedResult } from '../ports/reporter.js'
import { StoreError } from '../ports/store.js'
import { comparisonSeed, factsOf } from './compare-results.js'
import type { Adapters } from './registry.js'
import { storedResult } from './report-result.js'

/** A gate line names at most this many differences. */
const mostNamed = 5

/**
 * Reads the result that a new one must not be worse than.
 *
 * @param started  The new result's start event.
 * @param place  Folder of the new result.
 */
export async function readBaseline(
  { baseline, alpha }: NoRegression,
  started: SuiteStarted,
  place: string,
  use: Pick<Adapters, 'store' | 'random'>,
): Promise<Baseline | undefined> {
  if (baseline === undefined) return undefined
  if (resolve(baseline) === resolve(place)) return unreadable('The baseline is this result itself. Name an earlier result.')
  const found = await storedResult(baseline, use)
  if ('problem' in found) return unreadable(found.problem)
  const before = await factsOrProblem(found.result)
  if (typeof before === 'string') return unreadable(before)
  const now = gatherFacts(started)
  const random = await use.random()
  return {
    add: now.add,
    judge: () => judgementOf(compare(before, now.facts(), alpha, random(comparisonSeed))),
  }
}

/** The facts of a stored result, or why it cannot be read to its end. */
async function factsOrProblem(result: FinishedResult): Promise<ResultFacts | string> {
  try {
    return await factsOf(result)
  } catch (cause) {
    if (cause instanceof StoreError) return cause.message
    throw cause
  }
}

function unreadable(because: string): Baseline {
  return { add: () => undefined, judge: () => ({ measured: 'no baseline', verdict: 'could_not_tell', because }) }
}

function judgementOf(compared: Compared): ReturnType<Baseline['judge']> {
  const cases = compared.cases.filter(({ passRate }) => passRate).length
  const few = compared.tooFewRuns.length
  const worse = worseIn(compared)
  const measured = `${worse.length} worse in ${cases} ${cases === 1 ? 'case' : 'cases'}`
  if (worse.length > 0) {
    const more = worse.length > mostNamed ? ` and ${worse.length - mostNamed} more` : ''
    return { measured, verdict: 'not_met', because: worse.slice(0, mostNamed).join('; ') + more }
  }
  if (cases === 0) return { measured, verdict: 'could_not_tell', because: 'no case has counted runs in both results' }
  if (tellsNothing(compared)) {
    return {
      measured,
      verdict: 'could_not_tell',
      because: 'too few runs: even a change from always passing to never passing would be unclear',
    }
  }
  const unseen = compared.gone.length > 0 ? `, ${compared.gone.length} of the baseline did not run` : ''
  return { measured: `${measured}${few > 0 ? `, ${few} with too few runs to tell by themselves` : ''}${unseen}`, verdict: 'met' }
}

/** What got worse, a few words each. */
function worseIn({ cases, entries }: Pick<Comparison, 'cases' | 'entries'>): string[] {
  return [
    ...cases.flatMap(({ key, base, new: now, passRate, metrics }) => [
      ...(passRate?.verdict === 'worse' ? [`${key} pass rate ${shares(base, now)}`] : []),
      ...metrics.filter(isWorse).map(metric => `${key} ${means(metric)}`),
    ]),
    ...entries.flatMap(({ entry, others, metrics }) => [
      ...(others?.passRate.verdict === 'worse'
        ? [`${entry}, ${others.cases} cases together, pass rate ${shares(others.base, others.new)}`]
        : []),
      ...metrics.filter(isWorse).map(metric => `${entry}, all cases together, ${means(metric)}`),
    ]),
  ]
}

function isWorse({ finding }: Pick<MetricComparison, 'finding'>): boolean {
  return finding.verdict === 'worse'
}

function shares(base: Share, now: Share): string {
  return `${base.passed}/${base.counted} -> ${now.passed}/${now.counted}`
}

function means({ metric, base, new: now }: MetricComparison): string {
  return `${metric} ${figure(base.mean)} -> ${figure(now.mean)}`
}

function figure(value: number): number {
  return Number(value.toPrecision(4))
}
