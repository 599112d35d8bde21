import type { RunEnded, SuiteEvent, SuiteStarted } from '../domain/event.js'
import type { CaseKey, RunKey } from '../domain/ids.js'
import { countsAgainstAgent, scored, type NotRunReason } from '../domain/outcome.js'
import type { Plan, PlannedCase, PlannedEntry } from '../domain/plan.js'
import type { Transcript } from '../domain/transcript.js'
import type { Verdict } from '../domain/verdict.js'
import { createScorer } from '../pipeline/score/score.js'
import { createTally } from '../pipeline/tally/tally.js'
import type { FinishedResult } from '../ports/reporter.js'
import { type Journal, StoreError } from '../ports/store.js'
import { leaveReports, type Destination, type Executed } from './execute-suite.js'
import { finish } from './finish.js'
import type { Prepared } from './prepare.js'
import { createAskRedactor } from './redact-asks.js'
import type { Adapters } from './registry.js'
import { refuseOtherRuns } from './rescore-match.js'
import { newPlace, newResultId } from './result-place.js'
import { startedEvent } from './run-suite.js'

/**
 * Gives the conversations of a result new verdicts: those of the suite as it is now. Calls no agent, and leaves a result of
 * its own, with its reports.
 *
 * Runs that were scored get a new verdict, but for those that a hosted service has judged; faults, runs that were not held and earlier attempts stay as they were. A run
 * that was left out because the gate was decided, or had failed too often, stays left out only if that still holds: else
 * it is `not_run`, `not_held`, and costs coverage, so that a gate never passes on conversations that nobody had.
 *
 * @param prepared  Today's suite, planned with the options of the result.
 */
export async function rescoreResult(
  prepared: Prepared,
  base: FinishedResult,
  destination: Omit<Destination, 'resume'>,
  use: Adapters,
): Promise<Executed> {
  const refusal = refuseOtherRuns(base, prepared)
  if (refusal !== undefined) return { status: 'refused', message: refusal }
  const store = await use.store()
  const id = newResultId(use)
  let hasBegun = false
  try {
    await using journal = await store.create(destination.out ?? newPlace(id))
    hasBegun = true
    const started = rescoredEvent(prepared, base, startedEvent(prepared, id, use.clock.date().toISOString()))
    await rescoreRuns(prepared, base, started, journal, use)
    const stored = await journal.stored()
    if (!stored) throw new StoreError(`The journal in ${journal.place} is empty.`)
    const result = await finish(stored, journal.place)
    await leaveReports(result, destination)
    return { status: 'ended', result }
  } catch (cause) {
    if (!(cause instanceof StoreError)) throw cause
    return { status: hasBegun ? 'cut_off' : 'refused', message: cause.message }
  }
}

/** The conversations were held with the agents as they were then, so it is these that the new result names. */
function rescoredEvent(prepared: Prepared, base: FinishedResult, fresh: SuiteStarted): SuiteStarted {
  const agents = new Map(base.started.plan.entries.flatMap(({ agent, cases }) => cases.map(({ key }) => [key, agent] as const)))
  const entries = fresh.plan.entries.map(entry => {
    const [first] = entry.cases
    return { ...entry, agent: (first && agents.get(first.key)) ?? entry.agent }
  })
  return { ...fresh, rescoredFrom: base.started.result, plan: { ...fresh.plan, entries } }
}

async function rescoreRuns(prepared: Prepared, base: FinishedResult, started: SuiteStarted, journal: Journal, use: Adapters): Promise<void> {
  const { plan, redact } = prepared
  const score = await scorerOf(prepared, use)
  const planned = placesIn(plan)
  const totals = createTally(started)
  const write = (event: SuiteEvent): void => {
    journal.append(event)
    totals.add(event)
  }

  write(started)
  const leftOut: { run: RunEnded; reason: 'decided' | 'max_failures'; entry: PlannedEntry }[] = []
  for await (const batch of base.runs()) {
    for (const before of batch) {
      const { entry, planned: own, index } = planned(before.run)
      const run = { ...before, index }
      const { outcome } = before
      if (outcome.status === 'not_run' && isByChoice(outcome.reason)) leftOut.push({ run, reason: outcome.reason, entry })
      else if (entry.agent.connection.type === 'hosted') write(run)
      else write(redact(rescored(run, transcript => score(own, transcript))))
    }
  }

  const { maxFailures } = plan.limits
  const failedTooOften = maxFailures !== undefined && totals.failures >= maxFailures
  const decided = new Set(plan.entries.filter(({ index }) => totals.decided(index)))
  const { stopped } = base.report
  if (stopped && (stopped !== 'max_failures' || failedTooOften)) {
    write({ type: 'suite.stopping', at: use.clock.date().toISOString(), reason: stopped })
  }
  for (const { run, reason, entry } of leftOut) {
    const stillHolds = reason === 'decided' ? decided.has(entry) : failedTooOften
    write({ ...run, outcome: { status: 'not_run', reason: stillHolds ? reason : 'not_held' } })
  }
  write({ type: 'suite.ended', at: use.clock.date().toISOString(), report: totals.report() })
  await journal.flush()
}

function isByChoice(reason: NotRunReason): reason is 'decided' | 'max_failures' {
  return reason === 'decided' || reason === 'max_failures'
}

function rescored(run: RunEnded, score: (transcript: Transcript) => Verdict): RunEnded {
  if (!('verdict' in run.outcome)) return run
  const { transcript } = run.outcome
  const outcome = scored(transcript, score(transcript))
  const flaky = outcome.status === 'passed' && run.earlier.some(each => countsAgainstAgent(each.outcome.status))
  return { ...run, outcome, flaky }
}

/** Scores what was stored, in which secrets are redacted: so they are in what is asked of it. */
async function scorerOf({ document, redact }: Prepared, use: Adapters): Promise<(planned: PlannedCase, transcript: Transcript) => Verdict> {
  const redactAsks = createAskRedactor(redact)
  const metrics = document.metrics.map(metric => ({ ...metric, source: redactAsks(metric.source) }))
  const score = createScorer({ metrics, patterns: await use.patterns() })
  const scenarios = new Map(document.scenarios.map(scenario => [scenario, { ...scenario, expect: redactAsks(scenario.expect) }]))
  return ({ scenario }, transcript) => score(scenarios.get(scenario) ?? scenario, transcript)
}

interface Place {
  readonly entry: PlannedEntry
  readonly planned: PlannedCase
  readonly index: number
}

/** Finds runs in a plan by their key. @throws {RangeError} when it is not there. */
function placesIn(plan: Plan): (run: RunKey) => Place {
  const cases = new Map(plan.entries.flatMap(entry => entry.cases.map(planned => [planned.key, { entry, planned }] as const)))
  return run => {
    const at = run.lastIndexOf('#')
    const found = cases.get(run.slice(0, at) as CaseKey)
    if (!found) throw new RangeError(`Run ${run} is not in the plan.`)
    return { ...found, index: found.planned.firstRun + Number(run.slice(at + 1)) - 1 }
  }
}
