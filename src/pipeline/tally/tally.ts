import type { SuiteEvent, RunEnded, SuiteStarted } from '../../domain/event.js'
import { countsAgainstAgent } from '../../domain/outcome.js'
import type { CaseDecision, MetricSummary, Report } from '../../domain/report.js'
import { undecidedRates, type Decision } from '../../domain/sequential-test.js'
import { createCallerCheck } from './caller-check.js'
import { createControls } from './controls.js'
import { failuresIn, totalsOf } from './counts.js'
import { judgeGate, rulesOf } from './gate.js'
import { judgeControlsRule } from './rules/judge-controls.js'
import { afterFailure, stateOf } from './run-state.js'
import type { Baseline } from './rules/no-regression.js'
import { createRuns } from './runs.js'
import { createSamples } from './samples.js'
import { createSpending } from './spending.js'
import { openCases, scopeOver, type Scope } from './scope.js'
import type { Trial } from './trial.js'

/** Counts a suite's runs as they end, and decides. */
export interface Tally {
  /**
   * Counts an event. Of a run that ends twice (its result was resumed) the last end counts.
   *
   * @throws {RangeError} when it is about a run that the plan does not hold.
   */
  add(event: SuiteEvent): void
  /**
   * Whether a run entry has open runs that can no longer change the gate: the rules that look at them are settled, be
   * those runs passed, failed, agent_error or left out. (A run that could not be told would still cost coverage; leaving
   * it out costs none.)
   */
  decided(entryIndex: number): boolean
  /** What a case has decided that runs until then; `undecided` of any other. By its index in the plan. */
  caseVerdict(caseIndex: number): Decision
  /** Runs that failed so far: failed and agent_error. */
  readonly failures: number
  /** What it all came to so far. Runs without an end count as not run. The same events give the same report. */
  report(): Report
}

/**
 * Tallies a suite, live or from its journal. Keeps counters, one state and one duration a run, and the metrics'
 * samples; never an outcome. Reads no clock: the end is the latest time that an event bears.
 *
 * @param baseline  What `no_regression` is about, where the suite asks for it and it is at hand.
 */
export function createTally(started: SuiteStarted, baseline?: Baseline): Tally {
  const { plan } = started
  const cases = openCases(plan)
  const suite = scopeOver('suite', cases)
  const entries = plan.entries.map(entry => ({
    entry,
    scope: scopeOver(
      entry.name,
      cases.filter(each => each.entry === entry.index),
    ),
  }))
  const trials = new Map(cases.flatMap(({ summary, trial }) => (trial ? [[summary.index, trial] as const] : [])))
  const runs = createRuns(cases)
  const samples = createSamples()
  const spending = createSpending()
  const callerCheck = createCallerCheck(plan, run => runs.caseOf(run).summary)
  const controls = createControls(plan)
  const rules = rulesOf(plan, { suite, entries }, summarise, controls.report, baseline)
  const rulesAbout = plan.entries.map(({ index }) => rules.filter(rule => rule.scope.cases.some(each => each.entry === index)))
  let endedAt = started.at
  let stopped: Report['stopped']

  function summarise(metric: string, scope: Scope): MetricSummary | undefined {
    if (scope === suite) return samples.summarise(metric)
    const own = new Set(scope.cases)
    return samples.summarise(metric, run => own.has(runs.caseOf(run)))
  }

  function summariseAll(scope: Scope): MetricSummary[] {
    const all = samples.metrics().flatMap(metric => summarise(metric, scope) ?? [])
    return all.filter(({ count, unscored, notApplicable = 0 }) => count + unscored + notApplicable > 0)
  }

  function addEnded(event: RunEnded): void {
    const { index, outcome, durationMs } = event
    const before = runs.stateOf(index)
    const hadSamples = before.status === 'passed' || before.status === 'failed' || before.status === 'unscored'
    if (hadSamples) samples.forget(index)
    if ('verdict' in outcome) {
      for (const score of outcome.verdict.metrics) samples.add(index, score, outcome.status !== 'unscored')
    }
    callerCheck.add(event)
    runs.set(index, stateOf(event, before.failedOnce), durationMs)
  }

  function addFailedAttempt(index: number): void {
    runs.set(index, afterFailure(runs.stateOf(index)), 0)
  }

  return {
    add(event) {
      if ('at' in event && event.type !== 'suite.ended' && event.at > endedAt) endedAt = event.at
      spending.add(event)
      if (event.type === 'run.ended') {
        addEnded(event)
        baseline?.add(event)
      }
      if (event.type === 'run.retrying' && countsAgainstAgent(event.status)) addFailedAttempt(event.index)
      if (event.type === 'judge.controlled') controls.add(event)
      if (event.type === 'suite.stopping') stopped = event.reason
      if (event.type === 'suite.resumed') stopped = undefined
    },
    decided(entryIndex) {
      const place = plan.entries.findIndex(({ index }) => index === entryIndex)
      const isOpen = (entries[place]?.scope.counts.open ?? 0) > 0
      return isOpen && (rulesAbout[place]?.every(rule => rule.isSettled()) ?? false)
    },
    caseVerdict: caseIndex => trials.get(caseIndex)?.verdict() ?? 'undecided',
    get failures() {
      return failuresIn(suite.counts)
    },
    report() {
      const callers = callerCheck.report()
      const judged = controls.report()
      const usage = spending.report()
      const stoppedBy = stopped ?? (suite.counts.open > 0 ? 'crashed' : undefined)
      return {
        result: started.result,
        startedAt: started.at,
        endedAt,
        durationMs: Date.parse(endedAt) - Date.parse(started.at),
        totals: totalsOf(suite.counts),
        // A service may come to distrust its judge where the suite has no controls of its own.
        gate: judgeGate(judged.length > 0 && !plan.controls?.length ? [judgeControlsRule(suite, controls.report), ...rules] : rules),
        entries: entries.map(({ entry, scope }) => ({
          index: entry.index,
          name: entry.name,
          totals: totalsOf(scope.counts),
          saved: scope.counts.saved,
          cases: scope.cases.map(each => ({
            index: each.summary.index,
            key: each.summary.key,
            totals: totalsOf(each.counts),
            durationMs: runs.durationMsOf(each),
            saved: each.counts.saved,
            ...(each.trial && { decision: decisionOf(each.trial) }),
          })),
          metrics: summariseAll(scope),
        })),
        metrics: summariseAll(suite),
        ...(judged.length > 0 && { controls: judged }),
        ...(callers && { callers }),
        ...(usage && { usage }),
        ...(stoppedBy && { stopped: stoppedBy }),
      }
    },
  }
}

function decisionOf(trial: Trial): CaseDecision {
  const { passed, failed } = trial.looked()
  const confidence = Math.max(...trial.bars.map(bar => bar.confidence))
  return { verdict: trial.verdict(), counted: passed + failed, passed, ...undecidedRates({ passed, failed }, confidence), confidence }
}
