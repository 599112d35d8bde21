import pLimit from 'p-limit'
import { expectsCutOff } from '../domain/expects-cut-off.js'
import { isHosted } from '../domain/connection-facts.js'
import type { RunEnded, SuiteEvent, SuiteStarted } from '../domain/event.js'
import type { Scenario } from '../domain/document.js'
import type { CaseKey, RunKey } from '../domain/ids.js'
import { maskRun } from '../domain/mask-event.js'
import { sumUsage, type ModelUsage } from '../domain/model.js'
import { FaultError, type Fault } from '../domain/fault.js'
import { scored, type Outcome } from '../domain/outcome.js'
import { isUnaudited, unaudited } from '../domain/unaudited.js'
import type { Plan, PlannedCase, PlannedEntry } from '../domain/plan.js'
import { isFlaky } from '../domain/run-ended.js'
import { neededModels } from '../pipeline/plan/needed-models.js'
import { createScorer, type Scorer } from '../pipeline/score/score.js'
import { createTally } from '../pipeline/tally/tally.js'
import type { ConversationCase, Judge } from '../ports/judge.js'
import { asUnusable, type ModelUse } from '../ports/language-model.js'
import type { FinishedResult } from '../ports/reporter.js'
import { StoreError } from '../ports/store.js'
import { amendRuns } from './amend-runs.js'
import { ended, leaveReports, notEnded, type Destination, type Executed } from './execute-suite.js'
import { finish } from './finish.js'
import { judgeControls } from './judge-controls.js'
import { lastEvents } from './last-events.js'
import { isByChoice, leftOutStill, type ByChoice } from './left-out.js'
import { openBaseline } from './open-baseline.js'
import type { Prepared } from './plan-document.js'
import { readInputs } from './read-inputs.js'
import type { Adapters } from './registry.js'
import { refuseOtherRuns } from './rescore-match.js'
import { leavePlace, newPlace, newResultId } from './result-place.js'
import { refuseUnknown } from './write-reports.js'
import type { SuiteRun } from './run-suite.js'
import { startedEvent } from './started-event.js'
import { openModels, type SuiteModels } from './suite-models.js'

/**
 * Scores a result's conversations again, with the current suite. Calls no agent, and writes a new result with its reports.
 *
 * Scored runs get a new verdict, except those that a hosted service has judged. Faults, runs without a conversation and
 * earlier attempts stay as they were, but for conversations that were cut off as their scenarios expect. Where the judge failed, the conversation is judged now, and so is its caller, which may
 * never have been audited.
 *
 * A run that was skipped because the gate was decided, or because too many runs failed, stays skipped only if that reason
 * still applies. Otherwise it becomes `not_run`, `not_held` and costs coverage, so a gate never passes on conversations that
 * never happened.
 *
 * @param prepared  Today's suite, planned with the options of the result.
 * @throws {RangeError} for a reporter that there is not.
 */
export async function rescoreResult(
  prepared: Prepared,
  base: FinishedResult,
  destination: Omit<Destination, 'resume'>,
  use: Adapters,
): Promise<Executed> {
  refuseUnknown(destination.reports ?? [])
  const refusal = refuseOtherRuns(base, prepared)
  if (refusal !== undefined) return { status: 'refused', code: 'plan_changed', message: refusal }
  const id = newResultId(use)
  let hasBegun = false
  /** The folder of the new result while it is not complete. */
  let half: string | undefined
  try {
    const inputs = await readInputs(prepared, destination, use)
    if ('problem' in inputs) return { status: 'refused', ...inputs.problem }
    const plan = judging(prepared, base.report.totals.infra_error + base.report.totals.unscored > 0)
    using models = await openModels({ ...prepared, plan }, { isResumed: false, check: true }, use, new AbortController().signal)
    const store = await use.store()
    await using journal = await store.create(destination.out ?? newPlace(id))
    hasBegun = true
    half = journal.place
    const started = rescoredEvent(prepared, base, startedEvent(prepared, id, use.clock.date().toISOString()))
    await rescoreRuns(prepared, base, { started, journal, models, ...inputs }, use)
    half = undefined
    const stored = await journal.stored()
    if (!stored) throw new StoreError('damaged', `The journal in ${journal.place} is empty.`)
    const result = await finish(stored, journal.place)
    const doubt = await leaveReports(result, destination, use)
    return ended(result, [models.keepRecording(undefined), doubt])
  } catch (cause) {
    // Half a result would be taken for a whole one, and cannot be resumed.
    if (half !== undefined) leavePlace(half)
    return notEnded(cause, hasBegun)
  }
}

/** The agents as they were when the conversations were conducted: the new result names these. Their messages are read as the suite says now. */
function rescoredEvent(prepared: Prepared, base: FinishedResult, fresh: SuiteStarted): SuiteStarted {
  const agents = new Map(base.started.plan.entries.flatMap(({ agent, cases }) => cases.map(({ key }) => [key, agent] as const)))
  const entries = fresh.plan.entries.map(entry => {
    const [first] = entry.cases
    const { messages: _, ...conducted } = (first && agents.get(first.key)) ?? entry.agent
    const { messages } = entry.agent
    return { ...entry, agent: { ...conducted, ...(messages && { messages }) } }
  })
  return { ...fresh, rescoredFrom: base.started.result, plan: { ...fresh.plan, entries } }
}

/**
 * The plan without a caller: rescoring asks only the judge.
 *
 * @param mayLackAudits  Whether a judge may have failed on some conversations. Only then does an auditor read their callers.
 */
function judging({ plan, document }: Prepared, mayLackAudits: boolean): Plan {
  const scenarios = plan.entries.flatMap(({ cases }) => cases.map(({ scenario }) => scenario))
  const { caller: _, ...models } = neededModels(scenarios, { ...document, callerCheck: document.callerCheck && mayLackAudits })
  return { ...plan, models }
}

interface Rescoring extends Pick<SuiteRun, 'journal' | 'models' | 'baseline'> {
  readonly started: SuiteStarted
}

async function rescoreRuns(
  prepared: Prepared,
  base: FinishedResult,
  { started, journal, models, baseline }: Rescoring,
  use: Adapters,
): Promise<void> {
  const { plan, mask } = prepared
  const scoring = { score: await scorerOf(prepared, models.judge, use), audit: models.audit }
  const planned = placesIn(plan)
  const totals = createTally(started, await openBaseline(started, baseline, use))
  const write = (event: SuiteEvent): void => {
    journal.append(event)
    totals.add(event)
  }

  write(started)
  for (const ready of models.ready) write(ready)
  const controls = judgeControls(prepared, {
    judge: models.judge,
    patterns: await use.patterns(),
    clock: use.clock,
    signal: new AbortController().signal,
    emit: write,
  })
  // A failure is reported after all runs are read.
  controls.catch(() => undefined)
  const { maxCost = Infinity } = plan.limits
  let cost = 0
  models.onCost(now => (cost = now))
  // Same concurrency as the conversations, so that what a judge costs is known before the next is judged.
  const inTurn = pLimit(plan.limits.concurrency)
  const leftOut: { run: RunEnded; reason: ByChoice; place: PlaceInPlan }[] = []
  for await (const batch of base.runs()) {
    // Scored together, because a judge may take time; written in their order.
    const rescored = batch.map(async before => {
      const place = planned(before.run)
      const { entry, planned: own, index } = place
      const run = { ...withoutUsage(before), index }
      const { outcome } = before
      if (outcome.status === 'not_run' && isByChoice(outcome.reason)) {
        leftOut.push({ run, reason: outcome.reason, place })
        return undefined
      }
      // Only the hosted service can judge its own runs again.
      if (isHosted(entry.agent.connection)) return run
      return inTurn(() =>
        cost < maxCost || !wasConducted(outcome, own.scenario) ? rescore(run, { entry, case: own }, scoring) : unread(run),
      )
    })
    for (const run of await Promise.all(rescored)) if (run) write(maskRun(run, mask))
  }
  await controls

  const still = leftOutStill(
    totals,
    plan.entries.map(({ index }) => index),
    plan.limits.maxFailures,
  )
  const { stopped } = base.report
  if (cost >= maxCost) write({ type: 'suite.stopping', at: use.clock.date().toISOString(), reason: 'max_cost' })
  else if (stopped && (stopped !== 'max_failures' || still.tooManyFailed)) {
    write({ type: 'suite.stopping', at: use.clock.date().toISOString(), reason: stopped })
  }
  for (const { run, reason, place } of leftOut) {
    const stands = still.stands({ reason, entry: place.entry.index, case: place.planned.index })
    write({ ...run, outcome: { status: 'not_run', reason: stands ? reason : 'not_held' } })
  }
  for await (const amended of amendRuns(journal, totals, () => use.clock.date().toISOString())) amended.forEach(write)
  for (const event of lastEvents(totals, use.clock.date().toISOString())) write(event)
  await journal.flush()
}

/** The usage of the conversation belongs to the earlier result. */
function withoutUsage({ usage: _, earlier, ...run }: RunEnded): RunEnded {
  return { ...run, earlier: earlier.map(({ usage: _usage, ...attempt }) => attempt) }
}

/** A run that may not be judged any more, because the judge has reached the cost limit. */
function unread(run: RunEnded): RunEnded {
  return { ...run, outcome: { status: 'not_run', reason: 'max_cost' }, flaky: false }
}

interface Scoring {
  readonly score: Scorer
  readonly audit: SuiteModels['audit']
}

/** Scores a run again if its conversation reached its end. */
async function rescore(run: RunEnded, subject: ConversationCase, scoring: Scoring): Promise<RunEnded> {
  const { outcome: before, ...rest } = run
  if (!wasConducted(before, subject.case.scenario)) return run
  const usages: ModelUsage[] = []
  const use: ModelUse = { signal: new AbortController().signal, spent: usage => usages.push(usage) }
  const outcome = await outcomeOf(before, subject, scoring, use)
  return { ...rest, outcome, flaky: isFlaky(outcome, run.earlier), ...(usages.length > 0 && { usage: sumUsage(usages) }) }
}

/** A scored run's caller has been audited, unless its verdict says otherwise. Where the judge failed, this is unknown. */
async function outcomeOf(before: ConductedOutcome, subject: ConversationCase, { score, audit }: Scoring, use: ModelUse): Promise<Outcome> {
  const { transcript } = before
  try {
    const isAudited = 'verdict' in before && !isUnaudited(before.verdict)
    const reason = isAudited ? undefined : await audit?.(subject, transcript, use).catch(asUnusable)
    if (typeof reason === 'string') return { status: 'caller_invalid', transcript, reason }
    const verdict = await score(subject, transcript, use, 'verdict' in before ? before.verdict : {})
    return scored(transcript, reason ? unaudited(verdict, reason.fault.message) : verdict)
  } catch (cause) {
    if (!(cause instanceof FaultError)) throw cause
    return { status: 'infra_error', transcript, fault: cause.fault }
  }
}

type ConductedOutcome = Exclude<Outcome, { status: 'not_run' | 'caller_invalid' }>

/** Whether a conversation reached its end and can be scored. */
function wasConducted(outcome: Outcome, scenario: Scenario): outcome is ConductedOutcome {
  return 'verdict' in outcome || ('fault' in outcome && (outcome.fault.code === 'judge_model' || isExpected(outcome.fault, scenario)))
}

/** Whether a conversation was cut off as its scenario now expects. */
function isExpected({ cutOff }: Fault, { expect }: Scenario): boolean {
  return cutOff !== undefined && expectsCutOff(expect, cutOff)
}

async function scorerOf({ document: { metrics, thresholds }, mask }: Prepared, judge: Judge | undefined, use: Adapters): Promise<Scorer> {
  return createScorer({ metrics, thresholds, mask, patterns: await use.patterns(), ...(judge && { judge }) })
}

interface PlaceInPlan {
  readonly entry: PlannedEntry
  readonly planned: PlannedCase
  readonly index: number
}

/** Finds runs of a plan by key. @throws {RangeError} when the plan lacks it. */
function placesIn(plan: Plan): (run: RunKey) => PlaceInPlan {
  const cases = new Map(plan.entries.flatMap(entry => entry.cases.map(planned => [planned.key, { entry, planned }] as const)))
  return run => {
    const at = run.lastIndexOf('#')
    const found = cases.get(run.slice(0, at) as CaseKey)
    if (!found) throw new RangeError(`Run ${run} is not in the plan.`)
    return { ...found, index: found.planned.firstRun + Number(run.slice(at + 1)) - 1 }
  }
}
