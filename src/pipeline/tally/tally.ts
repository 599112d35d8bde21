import { largest } from '../../domain/largest.js'
import { amendRun } from '../../domain/amend-run.js'
import type { BaselineCompared, EntrySummary, RunAmended, RunEnded, SuiteEvent, SuiteStarted } from '../../domain/event.js'
import { cutPartsOf, missingIn } from '../../domain/merged-from.js'
import { countsAgainstAgent } from '../../domain/outcome.js'
import type { CaseDecision, ControlReport, EntryReport, MetricSummary, Report } from '../../domain/report.js'
import { undecidedRates, type Decision } from '../../domain/sequential-test.js'
import { createCallerCheck, type CallerCheck } from './caller-check.js'
import { createCauses, type Causes } from './causes.js'
import { createControls, type Controls } from './controls.js'
import { failuresIn, totalsOf } from './counts.js'
import { judgeGate, rulesOf, type EntryScope } from './gate.js'
import { judgeControlsRule } from './rules/judge-controls.js'
import { createLimits, type Limits } from './limits.js'
import { afterFailure, stateOf } from './run-state.js'
import { notCompared, type Baseline } from './rules/no-regression.js'
import type { Rule, Ruling } from './rules/rule.js'
import { createPointers, type Pointers } from './pointers.js'
import { createRuns, type Runs } from './runs.js'
import { shardsRule } from './rules/shards.js'
import { createSamples } from './samples.js'
import { createSpending } from './spending.js'
import { openCases, scopeOver, type CaseTally, type Scope } from './scope.js'
import type { Trial } from './trial.js'
import { createSoundWarnings } from './sound-warnings.js'
import { createWaivers, type Waivers } from './waivers.js'

/** Counts a suite's runs as they end, and decides. */
export interface Tally {
  /**
   * Counts an event. If a run ends twice (its result was resumed), the last end counts.
   *
   * @throws {RangeError} when it is about a run that the plan lacks.
   */
  add(event: SuiteEvent): void
  /**
   * Whether a run entry's open runs can no longer change the gate: the rules that cover them are settled, whether those runs
   * end passed, failed, agent_error or left out. (An inconclusive run would still reduce coverage; leaving it out does not.)
   */
  decided(entryIndex: number): boolean
  /** The decision of a case that runs until decided, by its index in the plan; `undecided` for any other. */
  caseVerdict(caseIndex: number): Decision
  /**
   * At the end: the run with what rests on pointers that found nothing in the whole result taken as inconclusive; `undefined` if
   * nothing of it does.
   *
   * @param at  When that is known.
   */
  amend(run: RunEnded, at: string): RunAmended | undefined
  /** At the end: how the result compares with its baseline; `undefined` if there is none. @param at  When that is known. */
  compared(at: string): BaselineCompared | undefined
  /** Whether any run is to be amended. */
  readonly mustAmend: boolean
  /** Failed runs so far: failed and agent_error. */
  readonly failures: number
  /** The report so far. Runs without an end count as not run. The same events give the same report. */
  report(): Report
}

/**
 * Tallies a suite, live or from its journal. It keeps counters, one state and one duration per run, and the metrics'
 * samples, but no outcomes. It reads no clock: the end is the latest time in an event.
 *
 * @param baseline  For `no_regression`, if the suite asks for it and the baseline is available.
 */
export function createTally(started: SuiteStarted, baseline?: Baseline): Tally {
  return new SuiteTally(started, baseline)
}

class SuiteTally implements Tally {
  readonly #started: SuiteStarted
  readonly #baseline: Baseline | undefined
  readonly #suite: Scope
  readonly #entries: readonly EntryScope[]
  /** By the case's index. */
  readonly #trials: ReadonlyMap<number, Trial>
  readonly #runs: Runs
  readonly #samples = createSamples()
  readonly #spending = createSpending()
  readonly #callerCheck: CallerCheck
  readonly #controls: Controls
  readonly #pointers: Pointers
  readonly #sound = createSoundWarnings()
  readonly #causes: Causes
  readonly #limits: Limits
  readonly #waivers: Waivers | undefined
  /** The result as it would be if what the waivers cover had passed. */
  readonly #excepted: SuiteTally | undefined
  readonly #rules: readonly Rule[]
  /** The rules that cover a run entry's cases, by its index in the plan. */
  readonly #rulesAbout: readonly (readonly Rule[])[]
  #endedAt: string
  /** What was found in a comparison whose baseline may be gone. */
  #compared: Ruling | undefined
  #stopped: Report['stopped']

  constructor(started: SuiteStarted, baseline: Baseline | undefined) {
    const { plan } = started
    const cases = openCases(plan)
    const casesOf = (entry: EntrySummary): CaseTally[] => cases.filter(each => each.entry === entry.index)
    this.#started = started
    this.#endedAt = started.at
    this.#baseline = baseline
    this.#suite = scopeOver('suite', cases)
    this.#entries = plan.entries.map(entry => ({ entry, scope: scopeOver(entry.name, casesOf(entry)) }))
    this.#trials = new Map(cases.flatMap(({ summary, trial }) => (trial ? [[summary.index, trial] as const] : [])))
    this.#runs = createRuns(cases)
    this.#waivers = createWaivers(started, run => this.#runs.caseOf(run).summary)
    if (this.#waivers) {
      const { waivers: _, ...withoutWaivers } = plan
      this.#excepted = new SuiteTally({ ...started, plan: withoutWaivers }, undefined)
    }
    this.#callerCheck = createCallerCheck(plan, run => this.#runs.caseOf(run).summary)
    this.#controls = createControls(plan)
    this.#pointers = createPointers(plan)
    this.#causes = createCauses(plan, run => this.#runs.caseOf(run).summary)
    this.#limits = createLimits(started, run => plan.entries[this.#entryOf(run)]?.agent.key ?? '')
    const scopes = { suite: this.#suite, entries: this.#entries }
    this.#rules = rulesOf(plan, scopes, {
      summarise: (metric, scope) => this.#summarise(metric, scope),
      controls: this.#controls.report,
      baseline: { judge: () => this.#regression() },
    })
    this.#rulesAbout = plan.entries.map(({ index }) => this.#rules.filter(rule => rule.scope.cases.some(each => each.entry === index)))
  }

  add(event: SuiteEvent): void {
    if ('at' in event && event.type !== 'suite.ended' && event.at > this.#endedAt) this.#endedAt = event.at
    const excepted = this.#waivers?.excepted(event)
    if (excepted) this.#excepted?.add(excepted)
    this.#spending.add(event)
    this.#limits.add(event)
    if (event.type === 'run.ended' || event.type === 'run.amended') this.#addEnded(event)
    if (event.type === 'run.ended') {
      this.#pointers.add(event)
      this.#sound.add(event)
      this.#callerCheck.add(event)
      this.#baseline?.add(event)
    }
    if (event.type === 'run.retrying' && countsAgainstAgent(event.status)) {
      this.#runs.set(event.index, afterFailure(this.#runs.stateOf(event.index)), 0)
    }
    if (event.type === 'judge.controlled') this.#controls.add(event)
    if (event.type === 'suite.stopping') this.#stopped = event.reason
    if (event.type === 'suite.resumed') {
      this.#stopped = undefined
      this.#compared = undefined
    }
    if (event.type === 'baseline.compared') {
      const { type: _, at: _at, ...ruling } = event
      this.#compared = ruling
    }
  }

  decided(entryIndex: number): boolean {
    const place = this.#entries.findIndex(({ entry }) => entry.index === entryIndex)
    const isOpen = (this.#entries[place]?.scope.counts.open ?? 0) > 0
    return isOpen && (this.#rulesAbout[place]?.every(rule => rule.isSettled()) ?? false)
  }

  caseVerdict(caseIndex: number): Decision {
    return this.#trials.get(caseIndex)?.verdict() ?? 'undecided'
  }

  amend(run: RunEnded, at: string): RunAmended | undefined {
    return amendRun(run, this.#pointers.unresolvedFor(run.index), at)
  }

  compared(at: string): BaselineCompared | undefined {
    return this.#baseline && { type: 'baseline.compared', at, ...this.#regression() }
  }

  get mustAmend(): boolean {
    return this.#pointers.isUnresolved
  }

  get failures(): number {
    return failuresIn(this.#suite.counts)
  }

  report(): Report {
    const { result, at } = this.#started
    const callers = this.#callerCheck.report()
    const controls = this.#controls.report()
    const usage = this.#spending.report()
    const unresolved = this.#pointers.report()
    const leftOut = this.#pointers.leftOut()
    const warnings = [...this.#pointers.warnings(), ...this.#sound.sentences(), ...(this.#waivers?.warnings() ?? [])]
    const causesOf = this.#causes.ofCases()
    const isCut = this.#suite.counts.open > 0 || cutPartsOf(this.#started.mergedFrom).length > 0
    const stopped = this.#stopped ?? (isCut ? 'crashed' : undefined)
    const report = {
      result,
      startedAt: at,
      endedAt: this.#endedAt,
      durationMs: Date.parse(this.#endedAt) - Date.parse(at),
      totals: totalsOf(this.#suite.counts),
      gate: judgeGate(this.#rulesOfReport(controls)),
      ...(this.#waivers && this.#excepted && { waived: this.#waivers.report(this.#excepted.report().gate) }),
      entries: this.#entries.map(each => this.#reportEntry(each, causesOf)),
      metrics: this.#summariseAll(this.#suite),
      ...(controls.length > 0 && { controls }),
      ...(callers && { callers }),
      ...(usage && { usage }),
      ...(unresolved.length > 0 && { unresolved }),
      ...(leftOut.length > 0 && { leftOut }),
      ...(warnings.length > 0 && { warnings }),
      ...(stopped && { stopped }),
      ...this.#causes.report(),
    }
    const votes = this.#limits.votes()
    const toldVersions = this.#limits.toldVersions()
    return {
      ...report,
      ...(votes && { votes }),
      ...(toldVersions && { toldVersions }),
      limits: this.#limits.report(report, this.#waivers?.limits() ?? []),
    }
  }

  #addEnded(event: RunEnded | RunAmended): void {
    const { index, outcome, durationMs } = event
    this.#causes.add(event)
    const before = this.#runs.stateOf(index)
    const hadSamples = before.status === 'passed' || before.status === 'failed' || before.status === 'unscored'
    if (hadSamples) this.#samples.forget(index)
    if ('verdict' in outcome) {
      for (const score of outcome.verdict.metrics) this.#samples.add(index, score, outcome.status !== 'unscored')
    }
    this.#runs.set(index, stateOf(event, event.type === 'run.ended' && before.failedOnce), durationMs)
  }

  #entryOf(run: number): number {
    const { entry } = this.#runs.caseOf(run)
    return this.#entries.findIndex(each => each.entry.index === entry)
  }

  /** A baseline has taken in the runs as they ended. */
  #regression(): Ruling {
    if (this.#compared) return this.#compared
    if (!this.#baseline) return notCompared
    if (!this.mustAmend) return this.#baseline.judge()
    return { measured: 'not compared', verdict: 'could_not_tell', because: 'runs rest on pointers that found nothing' }
  }

  /** Without controls of the suite, only a service's unreliable judge adds the rule about them. */
  #rulesOfReport(controls: readonly ControlReport[]): readonly Rule[] {
    const { plan, mergedFrom } = this.#started
    const isOnlyElsewhere = controls.length > 0 && !plan.controls?.length
    const missing = mergedFrom && missingIn(mergedFrom)
    return [
      ...(isOnlyElsewhere ? [judgeControlsRule(this.#suite, this.#controls.report)] : []),
      ...(missing ? [shardsRule(this.#suite, missing)] : []),
      ...this.#rules,
    ]
  }

  #reportEntry({ entry, scope }: EntryScope, causesOf: ReadonlyMap<number, readonly string[]>): EntryReport {
    return {
      index: entry.index,
      name: entry.name,
      totals: totalsOf(scope.counts),
      saved: scope.counts.saved,
      cases: scope.cases.map(each => {
        const causes = causesOf.get(each.summary.index)
        return {
          index: each.summary.index,
          key: each.summary.key,
          totals: totalsOf(each.counts),
          durationMs: this.#runs.durationMsOf(each),
          saved: each.counts.saved,
          ...(each.trial && { decision: decisionOf(each.trial) }),
          ...(causes && { causes }),
        }
      }),
      metrics: this.#summariseAll(scope),
    }
  }

  #summarise(metric: string, scope: Scope): MetricSummary | undefined {
    if (scope === this.#suite) return this.#samples.summarise(metric)
    const own = new Set(scope.cases)
    return this.#samples.summarise(metric, run => own.has(this.#runs.caseOf(run)))
  }

  #summariseAll(scope: Scope): MetricSummary[] {
    const all = this.#samples.metrics().flatMap(metric => this.#summarise(metric, scope) ?? [])
    return all.filter(({ count, unscored, notApplicable = 0 }) => count + unscored + notApplicable > 0)
  }
}

function decisionOf(trial: Trial): CaseDecision {
  const { passed, failed } = trial.looked()
  const confidence = largest(trial.bars.map(bar => bar.confidence))
  return { verdict: trial.verdict(), counted: passed + failed, passed, ...undecidedRates({ passed, failed }, confidence), confidence }
}
