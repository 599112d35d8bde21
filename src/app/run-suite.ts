import { eventVersion, type SuiteEvent, type SuiteStarted } from '../domain/event.js'
import type { ResultId } from '../domain/ids.js'
import { digestOf } from '../pipeline/plan/digest.js'
import { summarise } from '../pipeline/plan/summary.js'
import { runPlan } from '../pipeline/run/run-plan.js'
import { createScorer } from '../pipeline/score/score.js'
import { createTally, type Tally } from '../pipeline/tally/tally.js'
import type { Journal } from '../ports/store.js'
import { createEventQueue } from './event-queue.js'
import type { Prepared } from './prepare.js'
import type { Adapters } from './registry.js'
import { refuseAnotherPlan, resumptionOf } from './resumption.js'
import { createStopping, type Stop } from './stopping.js'
import { createSwitchboard } from './switchboard.js'
import { version } from './version.js'

/**
 * The pipeline: plan -> runs -> verdicts -> report. Yields what happens, in batches (events come in bursts, and each
 * step of a generator costs about as much as an event); every event is journalled before it is yielded. The last is
 * `suite.ended`, with the report.
 *
 * @param journal  New, or that of a result to go on with.
 * @throws {StoreError} when the journal cannot be written any more; what had ended is kept in it.
 * @throws {ResumeRefused} when the journal is of another plan.
 */
export async function* runSuite(
  prepared: Prepared,
  result: ResultId,
  journal: Journal,
  use: Adapters,
  user: Stop,
): AsyncGenerator<readonly SuiteEvent[]> {
  const { plan, document, redact } = prepared
  const { clock } = use
  const now = (): string => clock.date().toISOString()
  const patterns = await use.patterns()
  const seeded = await use.random()
  const events = createEventQueue<SuiteEvent>()

  const fresh = startedEvent(prepared, result, now())
  const stored = await journal.stored()
  const started = stored?.started ?? fresh
  refuseAnotherPlan(started, fresh)
  const totals = createTally(started)
  const before = stored && (await resumptionOf(stored, totals.add))
  events.push(before ? { type: 'suite.resumed', at: now(), total: plan.totalRuns, done: before.ended.size } : started)

  using stopping = createStopping(user, plan.limits.suiteTimeoutMs, clock, reason =>
    events.push({ type: 'suite.stopping', at: now(), reason }),
  )
  await using agents = createSwitchboard(
    use,
    plan.limits.concurrency,
    (agent, tookMs) => events.push({ type: 'agent.ready', at: now(), agent: agent.key, tookMs }),
    stopping.signal,
  )
  const decided = new Set<number>()
  const running = runPlan(plan, {
    result: started.result,
    channel: agents.channel,
    crashed: agents.crashed,
    caller: await use.caller(),
    score: createScorer({ metrics: document.metrics, patterns }),
    admit: spec => stopping.reason ?? (decided.has(spec.entry.index) ? 'decided' : undefined),
    hasEnded: index => before?.ended.has(index) ?? false,
    earlier: index => before?.earlier.get(index) ?? [],
    runTimeoutMs: plan.limits.runTimeoutMs,
    clock,
    random: seeded(plan.seed),
    randomOf: name => seeded(plan.seed, name),
    patterns,
    redact,
    emit: events.push,
    signal: stopping.signal,
  })
  running.then(() => events.close(), events.close)

  const { maxFailures, stopWhenDecided } = plan.limits
  let isOver = false
  try {
    for (let batch = await events.take(); batch; batch = await events.take()) {
      for (const event of batch) {
        journal.append(event)
        totals.add(event)
        if (event.type !== 'run.ended') continue
        if (maxFailures !== undefined && totals.failures >= maxFailures) stopping.stop('max_failures')
        if (!stopWhenDecided) continue
        for (const entry of newlyDecided(plan.entries, decided, totals)) {
          events.push({ type: 'entry.decided', at: now(), entry })
        }
      }
      yield batch
    }
    isOver = true
  } finally {
    // The reader left, or the journal could not be written: nobody is called any more.
    if (!isOver) {
      stopping.stop('crashed')
      stopping.cutOff()
      await running.catch(() => undefined)
    }
  }

  const ended: SuiteEvent = { type: 'suite.ended', at: now(), report: totals.report() }
  journal.append(ended)
  await journal.flush()
  yield [ended]
}

/** The first event of a result, secrets taken out. */
export function startedEvent({ request, document, plan, redact }: Prepared, result: ResultId, at: string): SuiteStarted {
  const { name, description, owner, sources } = document
  return redact({
    type: 'suite.started',
    version: eventVersion,
    at,
    result,
    callsheet: version,
    suite: {
      name,
      ...(description !== undefined && { description }),
      ...(owner !== undefined && { owner }),
      file: sources[0]?.path ?? request.path,
    },
    plan: summarise(plan),
    digest: digestOf(plan, document, redact),
    options: { ...request.options },
  })
}

function* newlyDecided(entries: Prepared['plan']['entries'], decided: Set<number>, totals: Tally): Generator<number> {
  for (const { index } of entries) {
    if (decided.has(index) || !totals.decided(index)) continue
    decided.add(index)
    yield index
  }
}
