import type { EntrySummary, PlanSummary } from '../../domain/event.js'
import type { ControlReport, Gate, GateLine, MetricSummary } from '../../domain/report.js'
import type { Bar, PassRate, Thresholds } from '../../domain/thresholds.js'
import { isNamed } from '../../domain/critical-cases.js'
import { allOfRule } from './rules/all-of.js'
import { coverageRule } from './rules/coverage.js'
import { eachScenarioRule } from './rules/each-scenario.js'
import { judgeControlsName, judgeControlsRule } from './rules/judge-controls.js'
import { maxFailuresRule } from './rules/max-failures.js'
import { metricRule } from './rules/metric.js'
import { mustPassRule } from './rules/must-pass.js'
import { noRegressionRule, type Baseline } from './rules/no-regression.js'
import { passRateRule } from './rules/pass-rate.js'
import { asOne, lineOf, type Rule } from './rules/rule.js'
import { shardsRuleName } from './rules/shards.js'
import { isDecidedBy, untilDecidedRule } from './rules/until-decided.js'
import { scopeOver, type CaseTally, type Scope } from './scope.js'

/**
 * The rules of a plan's gate, in the order of reports: the suite's, then those of each entry and its scenarios.
 *
 * A threshold covers all runs of its owner: the suite, a run entry, or a scenario, which is counted separately in each entry
 * that runs it. `each_scenario`, `all_of` and `must_pass` look at each of these cases separately.
 *
 * What is absent is not required, with two exceptions, so that nothing passes unasked:
 *
 * - `coverage` of the suite is 1.
 * - Every case needs a rule about how often it passes (`pass_rate`, `each_scenario` or `all_of`): the suite's, its entry's
 *   or its scenario's. Cases without one must always pass: `pass_rate` 1. That is one line for the suite if no case has a
 *   rule, otherwise one for each entry with such cases.
 *
 * Whichever rules these are, a case that runs until it is decided is checked against its bars by its own test.
 *
 * `must_pass` skips scenarios that the plan lacks (they are in another shard, or a filter left them out). Bounds on a metric that
 * only such scenarios name are skipped too.
 */
export function rulesOf(plan: PlanSummary, { suite, entries }: PlanScopes, { summarise, controls, baseline }: GateFacts): Rule[] {
  const { noRegression } = plan.thresholds
  const unasked = suite.cases.filter(each => !asksHowOften(each, plan))
  const nobodyAsks = unasked.length === suite.cases.length

  return [
    ...(plan.controls?.length ? [judgeControlsRule(suite, controls)] : []),
    coverageRule(suite, plan.thresholds.coverage ?? 1),
    ...(plan.maxFailures === undefined ? [] : [maxFailuresRule(suite, plan.maxFailures)]),
    ...(nobodyAsks ? [passRateRule(suite, always)] : []),
    ...thresholdRules(suite, plan.thresholds, 'suite', summarise),
    ...(noRegression ? [noRegressionRule(suite, noRegression, baseline)] : []),
    ...entries.flatMap(({ entry, scope }) => {
      const left = nobodyAsks ? [] : unasked.filter(each => each.entry === entry.index)
      return [
        ...(left.length > 0 ? [passRateRule(scopeOver(scope.name, left), always)] : []),
        ...ownRules(scope, entry.thresholds, 'entry', summarise),
        ...scenariosWithThresholds(entry, scope).flatMap(each => ownRules(each.scope, each.thresholds, 'scenario', summarise)),
      ]
    }),
  ]
}

/** The suite, and each entry in plan order. */
export interface PlanScopes {
  readonly suite: Scope
  readonly entries: readonly EntryScope[]
}

export interface EntryScope {
  readonly entry: EntrySummary
  readonly scope: Scope
}

/** What rules read besides the runs of their scopes. */
export interface GateFacts {
  readonly summarise: Summarise
  readonly controls: () => readonly ControlReport[]
  readonly baseline: Pick<Baseline, 'judge'>
}

/** The summary of a metric in a scope, so far. */
export type Summarise = (metric: string, scope: Scope) => MetricSummary | undefined

const always: PassRate = { min: 1 }

/**
 * The gate's verdict. In order of precedence: a judge that got a control wrong makes the gate inconclusive, because the
 * failures are its judgements too; too many failures fail the gate, because the remaining runs were left out on purpose; a
 * coverage below its minimum, or a missing part of the result, makes it inconclusive; any other rule that is not met fails it.
 */
export function judgeGate(rules: readonly Rule[]): Gate {
  const lines = rules.map(lineOf)
  return { verdict: together(lines), lines }
}

function together(lines: readonly GateLine[]): Gate['verdict'] {
  if (lines.some(({ rule, verdict }) => rule === judgeControlsName && verdict !== 'met')) return 'could_not_tell'
  const notMet = lines.filter(({ verdict }) => verdict === 'not_met')
  if (notMet.some(({ rule }) => rule === 'max_failures')) return 'failed'
  if (notMet.some(({ rule }) => rule === 'coverage' || rule === shardsRuleName)) return 'could_not_tell'
  if (notMet.length > 0) return 'failed'
  return lines.some(({ verdict }) => verdict === 'could_not_tell') ? 'could_not_tell' : 'passed'
}

function asksHowOften({ entry, summary }: CaseTally, plan: PlanSummary): boolean {
  const ofEntry = plan.entries.find(({ index }) => index === entry)?.thresholds
  const over = [plan.thresholds, ofEntry, summary.scenario.thresholds]
  return over.some(each => (each?.passRate ?? each?.eachScenario ?? each?.allOf) !== undefined)
}

function ownRules(scope: Scope, thresholds: Thresholds | undefined, of: Bar['of'], summarise: Summarise): Rule[] {
  if (!thresholds) return []
  const coverage = thresholds.coverage === undefined ? [] : [coverageRule(scope, thresholds.coverage)]
  return [...coverage, ...thresholdRules(scope, thresholds, of, summarise)]
}

/** All rules of some thresholds, except coverage. */
function thresholdRules(scope: Scope, thresholds: Thresholds, of: Bar['of'], summarise: Summarise): Rule[] {
  const { passRate, eachScenario, allOf, mustPass, metrics } = thresholds
  const critical = mustPass ? scope.cases.filter(({ summary }) => isNamed(summary, mustPass)) : []
  return [
    ...(passRate ? [rateRule(scope, passRate, { of, rule: 'pass_rate' }, passRateRule)] : []),
    ...(eachScenario ? [rateRule(scope, eachScenario, { of, rule: 'each_scenario' }, eachScenarioRule)] : []),
    ...(allOf === undefined ? [] : [allOfRule(scope, allOf)]),
    ...(critical.length > 0 ? [mustPassRule(scopeOver(scope.name, critical))] : []),
    ...metrics
      .filter(({ metric }) => isMeasured(metric, scope))
      .map(threshold => metricRule(scope, threshold, () => summarise(threshold.metric, scope))),
  ]
}

/**
 * A rule about a pass rate. Cases that this rule decides have a test each; the others are checked against the rate as it is.
 */
function rateRule(scope: Scope, rate: PassRate, bar: Pick<Bar, 'of' | 'rule'>, rule: (scope: Scope, rate: PassRate) => Rule): Rule {
  const decided = scope.cases.filter(each => isDecidedBy(each, bar))
  if (decided.length === 0) return rule(scope, rate)
  if (decided.length === scope.cases.length) return untilDecidedRule(scope, rate, bar)
  const others = scope.cases.filter(each => !decided.includes(each))
  return asOne(scope, [rule(scopeOver(scope.name, others), rate), untilDecidedRule(scopeOver(scope.name, decided), rate, bar)])
}

function isMeasured(metric: string, { cases }: Scope): boolean {
  return cases.some(({ summary }) => summary.scenario.metrics.includes(metric))
}

/** The entry's scenarios with thresholds of their own. */
function scenariosWithThresholds({ slug }: EntrySummary, { cases }: Scope): { scope: Scope; thresholds: Thresholds }[] {
  const byKey = new Map<string, { thresholds: Thresholds; cases: CaseTally[] }>()
  for (const each of cases) {
    const { key, thresholds } = each.summary.scenario
    if (!thresholds) continue
    const known = byKey.get(key)
    if (known) known.cases.push(each)
    else byKey.set(key, { thresholds, cases: [each] })
  }
  return [...byKey].map(([key, own]) => ({ scope: scopeOver(`${slug}/${key}`, own.cases), thresholds: own.thresholds }))
}
