import type { RunEnded, SuiteEvent } from '../domain/event.js'
import type { ResultId } from '../domain/ids.js'
import { createTally } from '../pipeline/tally/tally.js'
import type { Journal } from '../ports/store.js'
import { watchAgents } from './agents-up.js'
import { amendRuns } from './amend-runs.js'
import type { BaselineRead } from './baseline.js'
import { createDecisions } from './decisions.js'
import type { Executor, Order } from './executor.js'
import { judgeControls } from './judge-controls.js'
import { lastEvents } from './last-events.js'
import { openBaseline } from './open-baseline.js'
import type { Prepared } from './plan-document.js'
import type { Adapters } from './registry.js'
import { costSoFar, refuseAnotherPlan, resumptionOf } from './resumption.js'
import { resumedEvent, startedEvent, type ResultBefore } from './started-event.js'
import { createStopping, type Stop } from './stopping.js'
import type { SuiteModels } from './suite-models.js'

/** Everything needed to run a suite. */
export interface SuiteRun {
  readonly prepared: Prepared
  readonly result: ResultId
  /** A new journal, or that of a result to resume. */
  readonly journal: Journal
  readonly use: Adapters
  /** The result that this one must not be worse than, if the suite asks for that. */
  readonly baseline: BaselineRead | undefined
  /** The result of the suite before; absent if none is known. */
  readonly before?: ResultBefore
  /** How the user stops the suite. */
  readonly stop: Stop
  /** The models opened for the plan. */
  readonly models: SuiteModels
  /** Takes the runs to their ends. */
  readonly executor: Executor
  /** A server's hooks into single runs; `admit` can skip one. */
  readonly hooks?: Partial<Pick<Order, 'admit' | 'runId' | 'onCall' | 'left' | 'recordings'>>
}

/**
 * The pipeline: plan -> runs -> verdicts -> report. Each event is journalled, counted and judged by the limits the moment it happens,
 * so that nothing starts that should not; then it is shown. The last event is `suite.ended`, with the report.
 *
 * @param show  Is given each event once it is in the journal.
 * @throws {StoreError} when the journal cannot be written any more; it keeps the runs that had ended, and nothing more starts.
 * @throws {ResumeRefused} when the journal is of another plan.
 */
export async function runSuite(suite: SuiteRun, show: (event: SuiteEvent) => void): Promise<void> {
  const { prepared, result, journal, use, models, executor, hooks = {} } = suite
  const { plan } = prepared
  const { clock } = use
  const now = (): string => clock.date().toISOString()
  const patterns = await use.patterns()

  const fresh = startedEvent(prepared, result, now(), beforeOf(suite))
  const stored = await journal.stored()
  const started = stored?.started ?? fresh
  refuseAnotherPlan(started, fresh)
  const totals = createTally(started, await openBaseline(started, suite.baseline, use))
  const count = (event: SuiteEvent): void => totals.add(event)
  const before = stored && (await resumptionOf(stored, count))
  const costBefore = stored ? await costSoFar(stored, count) : 0

  const { maxCost = Infinity, maxFailures } = plan.limits
  const isElsewhere = executor.isElsewhere?.(prepared.request.options)
  let [costHere, costElsewhere] = [0, 0]
  let isStoppable = false
  let failure: { readonly cause: unknown } | undefined
  const agents = watchAgents(plan)
  const write = (event: SuiteEvent): void => {
    journal.append(event)
    totals.add(event)
    show(event)
    agents.see(event)
  }
  const emit = (event: SuiteEvent): void => {
    if (failure) return
    try {
      write(event)
      if (event.type === 'run.ended') lookAt(event)
    } catch (cause) {
      // Nobody is called whose conversation would be lost.
      failure = { cause }
      if (isStoppable) halt()
    }
  }
  write(before ? resumedEvent(started, { ...fresh, at: now() }, before.ended.size) : started)
  for (const ready of models.ready) write(ready)

  using stopping = createStopping(suite.stop, plan.limits.suiteTimeoutMs, clock, reason =>
    emit({ type: 'suite.stopping', at: now(), reason }),
  )
  const halt = (): void => {
    stopping.stop('crashed')
    stopping.cutOff()
  }
  // A user who had stopped before was heard while it was made.
  isStoppable = true
  if (failure) halt()
  const decided = createDecisions(plan, totals, now, emit)
  const lookAtCost = (): void => {
    if (costBefore + costHere + costElsewhere >= maxCost) stopping.stop('max_cost')
  }
  const lookAt = (run: RunEnded): void => {
    if (isElsewhere) {
      costElsewhere += costOfRun(run, before?.earlier.get(run.index)?.length ?? 0)
      lookAtCost()
    }
    if (maxFailures !== undefined && totals.failures >= maxFailures) stopping.stop('max_failures')
    decided.look()
  }

  models.onCost(cost => {
    costHere = cost
    lookAtCost()
  })
  decided.look()
  const runs = executor.execute({
    ...hooks,
    prepared,
    models,
    result: started.result,
    admit: spec => stopping.reason ?? (decided.has(spec) ? 'decided' : undefined) ?? hooks.admit?.(spec),
    hasEnded: index => before?.ended.has(index) ?? false,
    earlier: index => before?.earlier.get(index) ?? [],
    emit,
    stored: () => journal.flush(),
    signal: stopping.signal,
  })
  runs.then(agents.over, agents.over)
  const control = { judge: models.judge, patterns, clock, signal: stopping.signal, emit }
  // Of an agent that cannot be started, nothing is judged.
  const controls = agents.some.then(some => (some ? judgeControls(prepared, control) : undefined))
  try {
    await Promise.all([runs, controls])
  } catch (cause) {
    halt()
    await Promise.allSettled([runs, controls])
    throw failure ? failure.cause : cause
  }
  if (failure) throw failure.cause

  for await (const amended of amendRuns(journal, totals, now, before?.unamended)) for (const event of amended) write(event)
  for (const event of lastEvents(totals, now())) write(event)
  await journal.flush()
}

/** What a result is set beside: its baseline, or else the result of the suite before. */
function beforeOf({ baseline, before }: Pick<SuiteRun, 'baseline' | 'before'>): ResultBefore | undefined {
  if (!baseline || 'problem' in baseline) return before
  const { result, at, digests } = baseline.facts.started
  return { result, at, digests, bar: baseline.bar }
}

/** The cost of a run without the attempts counted before. */
function costOfRun({ usage = [], earlier }: RunEnded, counted: number): number {
  const all = [...usage, ...earlier.slice(counted).flatMap(attempt => attempt.usage ?? [])]
  return all.reduce((sum, { cost = 0 }) => sum + cost, 0)
}
