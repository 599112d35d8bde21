import type {
  CaseComparison,
  ChoiceComparison,
  Comparison,
  EntryComparison,
  MetricComparison,
  PassCounts,
} from '../../domain/comparison.js'
import type { CaseKey } from '../../domain/ids.js'
import { mean } from '../../domain/statistics.js'
import type { Random } from '../../ports/clock.js'
import { directionOf, type Direction } from './direction.js'
import type { CaseFacts, ResultFacts } from './facts.js'
import { bootstrapInterval } from './statistics/bootstrap.js'
import { fisherExact } from './statistics/fisher.js'
import { underNamesOf } from './names.js'
import { passesIn } from './statistics/permutation.js'
import { meanDifference, type Stratum } from './statistics/strata.js'
import { createFamily, type Findings, type TestFamily } from './test-family.js'

/** A case of both results. */
interface Pair {
  readonly base: CaseFacts
  readonly next: CaseFacts
}

/** A comparison without the names of its results; the caller adds them. */
export type Compared = Omit<Comparison, 'base' | 'new' | 'conditions'>

/**
 * Compares two results case by case (matched by key) and run entry by run entry: pass rates and means of metrics. Each
 * difference has its probability under no change, corrected for the number of tests.
 *
 * Runs are the unit: the tests treat runs as independent of each other, but not the samples within a run. The same results
 * give the same comparison.
 *
 * @param random  Freshly seeded for each comparison.
 */
export function compare(before: ResultFacts, next: ResultFacts, alpha: number, random: Random): Compared {
  const base = underNamesOf(next, before)
  const pairs = [...next.cases.values()].flatMap(own => {
    const then = base.cases.get(own.key)
    return then ? [{ base: then, next: own }] : []
  })
  const plan = next.started.plan
  const tests = createFamily(alpha, random)

  const cases = pairs.map(pair => draftCase(pair, tests, metric => directionOf(metric, plan)))
  const entries = [...new Set(pairs.map(pair => pair.next.entry))].map(slug =>
    draftEntry(
      slug,
      pairs.filter(pair => pair.next.entry === slug),
      tests,
      metric => directionOf(metric, plan),
    ),
  )

  const { findings, count } = tests.conclude()
  const compared = {
    alpha,
    tests: count,
    cases: cases.map(finish => finish(findings)),
    entries: entries.map(finish => finish(findings)),
    tooFewRuns: pairs.flatMap(({ base: then, next: now }) => (hasTooFewRuns(then, now, alpha) ? [now.key] : [])),
    added: [...next.cases.keys()].filter(key => !base.cases.has(key)),
    gone: [...base.cases.keys()].filter(key => !next.cases.has(key)),
    flaky: flakyIn(base, next),
  }
  return { ...compared, verdict: verdictOf(compared) }
}

type DirectionOf = (metric: string) => Direction | undefined

function draftCase({ base, next }: Pair, tests: TestFamily, direction: DirectionOf): (findings: Findings) => CaseComparison {
  const strata = strataOf([{ base, next }], passesOf)
  const passRate = strata.length > 0 ? tests.add(strata, 'up') : undefined
  const metrics = draftMetrics([{ base, next }], tests, direction)
  const choices = draftChoices([{ base, next }], tests)
  return findings => ({
    key: next.key,
    base: shareOf([base]),
    new: shareOf([next]),
    ...(passRate && { passRate: findings.get(passRate)! }),
    metrics: metrics.map(finish => finish(findings)),
    choices: choices.map(finish => finish(findings)),
  })
}

function draftEntry(
  entry: string,
  pairs: readonly Pair[],
  tests: TestFamily,
  direction: DirectionOf,
): (findings: Findings) => EntryComparison {
  const seldom = pairs.filter(pair => {
    const [own] = strataOf([pair], passesOf)
    return own && fisherExact(passesIn(own.base), passesIn(own.next)).least > tests.alpha
  })
  const others = seldom.length > 1 ? tests.add(strataOf(seldom, passesOf), 'up') : undefined
  const metrics = draftMetrics(pairs, tests, direction, 2)
  const choices = draftChoices(pairs, tests, 2)
  return findings => ({
    entry,
    ...(others && {
      others: {
        cases: seldom.length,
        base: shareOf(seldom.map(({ base }) => base)),
        new: shareOf(seldom.map(({ next }) => next)),
        passRate: findings.get(others)!,
      },
    }),
    metrics: metrics.map(finish => finish(findings)),
    choices: choices.map(finish => finish(findings)),
  })
}

/** @param least  In how many cases there must be values. */
function draftMetrics(
  pairs: readonly Pair[],
  tests: TestFamily,
  direction: DirectionOf,
  least = 1,
): ((findings: Findings) => MetricComparison)[] {
  const names = new Set(pairs.flatMap(({ next }) => [...next.metrics.keys()]))
  return [...names].toSorted().flatMap(metric => {
    const strata = strataOf(pairs, facts => facts.metrics.get(metric) ?? [])
    if (strata.length < least) return []
    const tested = tests.add(strata, direction(metric))
    return [
      (findings: Findings): MetricComparison => {
        const interval = bootstrapInterval(strata, 1 - tests.alpha, tests.random)
        return {
          metric,
          base: meanOf(strata.flatMap(({ base }) => base)),
          new: meanOf(strata.flatMap(({ next }) => next)),
          difference: meanDifference(strata),
          ...(interval && { interval }),
          finding: findings.get(tested)!,
        }
      },
    ]
  })
}

/** @param least  In how many cases there must be values. */
function draftChoices(pairs: readonly Pair[], tests: TestFamily, least = 1): ((findings: Findings) => ChoiceComparison)[] {
  const names = new Set(pairs.flatMap(({ next }) => [...next.choices.keys()]))
  return [...names].toSorted().flatMap(metric => {
    const strata = pairs
      .map(({ base, next }) => ({ base: base.choices.get(metric) ?? [], next: next.choices.get(metric) ?? [] }))
      .filter(({ base, next }) => base.length > 0 && next.length > 0)
    if (strata.length < least) return []
    const tested = tests.addChoices(strata)
    const values = [...new Set(strata.flatMap(({ base, next }) => [...base, ...next]))].toSorted()
    const counted = (side: readonly string[]) =>
      Object.fromEntries(values.map(value => [value, side.filter(each => each === value).length]))
    return [
      (findings: Findings): ChoiceComparison => ({
        metric,
        base: counted(strata.flatMap(({ base }) => base)),
        new: counted(strata.flatMap(({ next }) => next)),
        finding: findings.get(tested)!,
      }),
    ]
  })
}

function strataOf(pairs: readonly Pair[], values: (facts: CaseFacts) => readonly number[]): Stratum[] {
  return pairs
    .map(({ base, next }) => ({ base: values(base), next: values(next) }))
    .filter(({ base, next }) => base.length > 0 && next.length > 0)
}

function passesOf({ passes }: CaseFacts): number[] {
  return passes.map(Number)
}

function meanOf(values: readonly number[]): { runs: number; mean: number } {
  return { runs: values.length, mean: mean(values) }
}

function shareOf(cases: readonly CaseFacts[]): PassCounts {
  const passes = cases.flatMap(each => each.passes)
  return {
    passed: passes.filter(Boolean).length,
    counted: passes.length,
    untold: cases.reduce((sum, { untold }) => sum + untold, 0),
  }
}

function hasTooFewRuns(base: CaseFacts, next: CaseFacts, alpha: number): boolean {
  const [before, now] = [base.passes.length, next.passes.length]
  return before > 0 && now > 0 && fisherExact({ passed: before, counted: before }, { passed: 0, counted: now }).p > alpha
}

function flakyIn(base: ResultFacts, next: ResultFacts): Comparison['flaky'] {
  const keys = new Set<CaseKey>([...next.cases.keys(), ...base.cases.keys()])
  return [...keys].flatMap(key => {
    const [before, now] = [base.cases.get(key), next.cases.get(key)]
    if (!before?.flaky && !now?.flaky) return []
    return [{ key, ...(before && { base: shareOf([before]) }), ...(now && { new: shareOf([now]) }) }]
  })
}

function verdictOf({ cases, entries }: Pick<Comparison, 'cases' | 'entries'>): Comparison['verdict'] {
  if (cases.every(({ passRate }) => !passRate)) return 'nothing_compared'
  const findings = [
    ...cases.flatMap(({ passRate, metrics }) => [passRate, ...metrics.map(({ finding }) => finding)]),
    ...entries.flatMap(({ others, metrics }) => [others?.passRate, ...metrics.map(({ finding }) => finding)]),
  ]
  return findings.some(finding => finding?.verdict === 'worse') ? 'regressed' : 'no_regression'
}
