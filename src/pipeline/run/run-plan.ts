import { runsOf, type Plan, type PlannedEntry, type RunSpec } from '../../domain/plan.js'
import { atOnce } from '../../ports/at-once.js'
import { maskEvent } from '../../domain/mask-event.js'
import { runEnded } from '../../domain/run-ended.js'
import { createSignals, type Signals } from './signals.js'
import { roomFor } from './room.js'
import { runOne } from './run-one.js'
import type { RunContext, RunUse } from './run-use.js'
import { createTurnstiles, type Turnstiles } from './turnstile.js'

/** How often a start that is not due yet checks whether it is still wanted. */
const lookMs = 250

/**
 * Conducts a plan's runs, as many at once as its limits allow: the suite's, each agent's and each entry's. Every planned run
 * without an earlier end gets exactly one `run.ended`. Resolves when all have ended.
 *
 * @param turnstiles  Limits for the starts, if they are not the plan's own.
 */
export async function runPlan(plan: Plan, use: RunUse, turnstiles: Turnstiles = createTurnstiles(plan, use.clock)): Promise<void> {
  using signals = createSignals(use.signal)
  const context = contextOf(plan, use, signals)
  await passRuns(plan, context, turnstiles, spec => runOne(spec, context))
}

/**
 * Passes the runs of a plan through its limits. Runs that are no longer wanted end `not_run`.
 *
 * @param take  Takes a run to its end; it counts against the limits until it resolves.
 */
export async function passRuns(
  plan: Plan,
  use: Pick<RunUse, 'admit' | 'hasEnded' | 'clock' | 'emit' | 'room'>,
  turnstiles: Turnstiles,
  take: (spec: RunSpec) => Promise<void>,
): Promise<void> {
  const { clock } = use

  const runEntry = async (entry: PlannedEntry): Promise<void> => {
    // Workers share the runs, and each takes the next one when it is free. What waits is a number, not a queue of promises.
    const runs = runsOf(entry)
    const worker = async (): Promise<void> => {
      for (let next = runs.next(); !next.done; next = runs.next()) {
        const spec = next.value
        if (use.hasEnded(spec.index)) continue
        if (!leaveOut(spec)) await turnstiles.enter(entry.agent, () => start(spec))
      }
    }
    await Promise.all(Array.from({ length: turnstiles.widthOf(entry) }, worker))
  }

  const leaveOut = (spec: RunSpec): boolean => {
    const reason = use.admit(spec)
    if (reason === undefined) return false
    use.emit(runEnded(spec, { at: clock.date().toISOString(), last: { outcome: { status: 'not_run', reason } } }))
    return true
  }

  const start = (spec: RunSpec): Promise<void> => {
    const room = roomFor(spec, use)
    return room ? room.then(() => startNow(spec)) : startNow(spec)
  }

  const startNow = (spec: RunSpec): Promise<void> => {
    const dueMs = turnstiles.reserveMs(spec.entry.agent)
    if (dueMs > clock.now()) return startWhenDue(spec, dueMs)
    // The run may have become unnecessary while it waited for its turn.
    return leaveOut(spec) ? atOnce : take(spec)
  }

  const startWhenDue = async (spec: RunSpec, dueMs: number): Promise<void> => {
    for (let leftMs = dueMs - clock.now(); leftMs > 0 && use.admit(spec) === undefined; leftMs = dueMs - clock.now()) {
      await new Promise<void>(resolve => void clock.after(Math.min(leftMs, lookMs), resolve))
    }
    if (!leaveOut(spec)) await take(spec)
  }

  await Promise.all(plan.entries.map(runEntry))
}

/** Conducts one run of a plan at once. The caller enforces the limits. */
export async function runAlone(plan: Plan, spec: RunSpec, use: RunUse): Promise<void> {
  using signals = createSignals(use.signal)
  await roomFor(spec, use)
  await runOne(spec, contextOf(plan, use, signals))
}

function contextOf(plan: Plan, use: RunUse, signals: Signals): RunContext {
  return { ...use, retries: plan.retries, signals, emit: event => use.emit(maskEvent(event, use.mask)) }
}
