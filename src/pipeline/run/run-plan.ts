import pLimit, { type LimitFunction } from 'p-limit'
import type { Agent } from '../../domain/document.js'
import { runsOf, type Plan, type PlannedEntry, type RunSpec } from '../../domain/plan.js'
import type { Clock } from '../../ports/clock.js'
import { createPace, type Pace } from './pace.js'
import { runOne } from './run-one.js'
import type { RunContext, RunUse } from './run-use.js'

/**
 * Holds a plan's conversations, as many at once as its limits allow: the suite's, each agent's and each entry's.
 * Every planned run that has not ended before gets exactly one `run.ended`; resolves when all have.
 */
export async function runPlan(plan: Plan, use: RunUse): Promise<void> {
  const onCut = new Set<() => void>()
  const cut = (): void => onCut.forEach(call => call())
  const context: RunContext = { ...use, retries: plan.retries, onCut, emit: event => use.emit(use.redact(event)) }
  const { concurrency, startsPerSecond } = plan.limits
  const all: Turnstile = { limit: pLimit(concurrency), pace: createPace(startsPerSecond, use.clock), width: concurrency }
  const agents = new Map<string, Turnstile>()

  const runEntry = async (entry: PlannedEntry): Promise<void> => {
    const { agent } = entry
    const own = agents.get(agent.key) ?? agentGate(agent, concurrency, use.clock)
    agents.set(agent.key, own)
    const width = Math.min(entry.entry.concurrencyLimit ?? Infinity, own.width, all.width, runsIn(entry))
    // The runs are shared by `width` workers, each of which takes the next one when it is free: what waits is a number,
    // not a queue of promises.
    const runs = runsOf(entry)
    const worker = async (): Promise<void> => {
      for (let next = runs.next(); !next.done; next = runs.next()) {
        const spec = next.value
        if (use.hasEnded(spec.index)) continue
        if (!leaveOut(spec)) await own.limit(() => all.limit(() => start(spec, own)))
      }
    }
    await Promise.all(Array.from({ length: width }, worker))
  }

  const leaveOut = (spec: RunSpec): boolean => {
    const reason = use.admit(spec)
    if (reason === undefined) return false
    const { index, key: run } = spec
    const at = use.clock.date().toISOString()
    context.emit({ type: 'run.ended', index, at, run, outcome: { status: 'not_run', reason }, durationMs: 0, earlier: [], flaky: false })
    return true
  }

  const start = async (spec: RunSpec, own: Turnstile): Promise<void> => {
    await own.pace()
    await all.pace()
    // Much may have happened while it waited for its turn.
    if (!leaveOut(spec)) await runOne(spec, context)
  }

  use.signal.addEventListener('abort', cut, { once: true })
  await Promise.all(plan.entries.map(runEntry))
  use.signal.removeEventListener('abort', cut)
}

/** What a start has to pass. */
interface Turnstile {
  readonly limit: LimitFunction
  readonly pace: Pace
  /** How many `limit` lets through at once. */
  readonly width: number
}

function agentGate({ limits }: Agent, concurrency: number, clock: Clock): Turnstile {
  const width = Math.min(limits.concurrency ?? concurrency, concurrency)
  return { limit: pLimit(width), pace: createPace(limits.startsPerSecond, clock), width }
}

function runsIn(entry: PlannedEntry): number {
  return entry.cases.reduce((sum, { repeats }) => sum + repeats, 0)
}
