import type { AgentReady, JudgeControlled, RunEvent } from '../domain/event.js'
import type { PlanOptions } from '../domain/plan-options.js'
import { runPlan } from '../pipeline/run/run-plan.js'
import type { RunHooks, RunUse } from '../pipeline/run/run-use.js'
import { createScorer } from '../pipeline/score/score.js'
import type { Prepared } from './plan-document.js'
import type { Adapters } from './registry.js'
import type { SuiteModels } from './suite-models.js'
import { createSwitchboard, type Switchboard } from './switchboard.js'

/**
 * Who takes the runs of a plan to their ends: this process for one suite (`callsheet run`), this process for many results
 * at once (`callsheet serve`), or workers on other machines (`--queue`). Whoever it is, the events are the same.
 */
export interface Executor {
  /**
   * Every planned run that has not ended before gets exactly one `run.ended`; resolves when all have. Rejects only for what
   * is no run's fault: then the result is cut off, and can be gone on with.
   */
  execute(order: Order): Promise<void>
  /** Whether others hold the conversations: what their models cost is known only when a run ends. */
  isElsewhere?(options: PlanOptions): boolean
  /** Why it cannot carry out what is planned, if so. */
  refusal?(options: PlanOptions): string | undefined
}

/** What is to be done, and whom to tell. */
export interface Order extends RunHooks {
  readonly prepared: Prepared
  readonly models: SuiteModels
  emit(event: RunEvent | AgentReady | JudgeControlled): void
  /** Resolves when all that was told so far is in the journal for good; never, if the journal cannot be written any more. */
  stored(): Promise<void>
  /** Aborted when this process leaves the order to the next: what is held elsewhere goes on, and is not waited for. */
  readonly left?: AbortSignal
}

/** Holds one suite's conversations itself; its agents are started for it, and stopped with it. */
export function createOwnExecutor(use: Adapters): Executor {
  return {
    async execute(order) {
      const { plan } = order.prepared
      const { clock } = use
      await using agents = createSwitchboard(
        use,
        plan.limits.concurrency,
        (agent, tookMs) => order.emit({ type: 'agent.ready', at: clock.date().toISOString(), agent: agent.key, tookMs }),
        order.signal,
      )
      await runPlan(plan, await runUseOf(order, agents, use))
    },
  }
}

/** What the run stage needs to carry an order out in this process. */
export async function runUseOf(
  order: Order & Pick<RunUse, 'beforeCall'>,
  agents: Pick<Switchboard, 'channel' | 'crashed'>,
  use: Adapters,
): Promise<RunUse> {
  const {
    models,
    prepared: { plan, document, redact },
  } = order
  const patterns = await use.patterns()
  const seeded = await use.random()
  return {
    ...order,
    channel: agents.channel,
    crashed: agents.crashed,
    caller: models.caller,
    score: createScorer({
      metrics: document.metrics,
      thresholds: document.thresholds,
      patterns,
      ...(models.judge && { judge: models.judge }),
    }),
    ...(models.audit && { audit: models.audit }),
    runTimeoutMs: plan.limits.runTimeoutMs,
    clock: use.clock,
    random: seeded(plan.seed),
    randomOf: name => seeded(plan.seed, name),
    patterns,
    redact,
  }
}
