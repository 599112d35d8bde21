import { resolve } from 'node:path'
import type { Comparison, MetricComparison, PassCounts } from '../domain/comparison.js'
import type { PastRule, SuiteStarted } from '../domain/event.js'
import { compare, type Compared } from '../pipeline/compare/compare.js'
import { gatherFacts, type ResultFacts } from '../pipeline/compare/facts.js'
import { tellsNothing } from '../pipeline/compare/tells-nothing.js'
import type { Baseline } from '../pipeline/tally/rules/no-regression.js'
import { StoreError } from '../ports/store.js'
import { comparisonSeed, factsOf } from './compare-results.js'
import { isPlainError, type PlainError } from './plain-error.js'
import type { Adapters } from './registry.js'
import { readResult } from './report-result.js'

/** A gate line names at most this many differences. */
const mostNamed = 5

/** What a baseline has to compare with, or why there is nothing. */
export type BaselineRead = { readonly facts: ResultFacts; readonly bar: readonly PastRule[] } | { readonly problem: PlainError }

/**
 * Reads a baseline to its end.
 *
 * @param name  A folder, an id, or `latest`.
 * @param own  Folder of the result that is compared with it, if that has begun.
 */
export async function readFacts(
  name: string,
  own: string | undefined,
  use: Pick<Adapters, 'store' | 'serverDatabase'>,
): Promise<BaselineRead> {
  if (own !== undefined && resolve(name) === resolve(own)) return nothingIn('The baseline is this result itself. Name an earlier result.')
  try {
    const result = await readResult(name, use)
    if (result.contradiction !== undefined) return nothingIn(`The journal of ${name} contradicts itself: ${result.contradiction}.`)
    const facts = await factsOf(result)
    const isEmpty = [...facts.cases.values()].every(({ passes }) => passes.length === 0)
    return isEmpty
      ? nothingIn(`No run of the result ${name} passed or failed, so it has nothing to compare with. Name another result.`)
      : { facts, bar: result.report.gate.lines.map(({ scope, rule, required }) => ({ scope, rule, required })) }
  } catch (cause) {
    if (isPlainError(cause)) return { problem: cause }
    throw cause
  }
}

function nothingIn(why: string): BaselineRead {
  return { problem: new StoreError('not_found', why) }
}

/** @param started  The new result's start event. @param alpha  0..1 exclusive. */
export async function compareWith(
  read: BaselineRead,
  started: SuiteStarted,
  alpha: number,
  use: Pick<Adapters, 'random'>,
): Promise<Baseline> {
  if ('problem' in read) {
    const { message: because } = read.problem
    return { add: () => undefined, judge: () => ({ measured: 'no baseline', verdict: 'could_not_tell', because }) }
  }
  const now = gatherFacts(started)
  const random = await use.random()
  return {
    add: now.add,
    judge: () => judgementOf(compare(read.facts, now.facts(), alpha, random(comparisonSeed))),
  }
}

function judgementOf(compared: Compared): ReturnType<Baseline['judge']> {
  const cases = compared.cases.filter(({ passRate }) => passRate).length
  const few = compared.tooFewRuns.length
  const worse = worseIn(compared)
  const numbers = { value: worse.length, k: worse.length, n: cases }
  const measured = `${worse.length} worse in ${cases} ${cases === 1 ? 'case' : 'cases'}`
  if (worse.length > 0) {
    const more = worse.length > mostNamed ? ` and ${worse.length - mostNamed} more` : ''
    return { ...numbers, measured, verdict: 'not_met', because: worse.slice(0, mostNamed).join('; ') + more }
  }
  if (cases === 0) return { ...numbers, measured, verdict: 'could_not_tell', because: 'no case has counted runs in both results' }
  if (tellsNothing(compared)) {
    return {
      ...numbers,
      measured,
      verdict: 'could_not_tell',
      because: 'too few runs: even a change from always passing to never passing would be unclear',
    }
  }
  const unseen = compared.gone.length > 0 ? `, ${compared.gone.length} of the baseline did not run` : ''
  return {
    ...numbers,
    measured: `${measured}${few > 0 ? `, ${few} with too few runs to tell by themselves` : ''}${unseen}`,
    verdict: 'met',
  }
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

function shares(base: PassCounts, now: PassCounts): string {
  return `${base.passed}/${base.counted} -> ${now.passed}/${now.counted}`
}

function means({ metric, base, new: now }: MetricComparison): string {
  return `${metric} ${figure(base.mean)} -> ${figure(now.mean)}`
}

function figure(value: number): number {
  return Number(value.toPrecision(4))
}
