import type { AgentReady, JudgeControlled, RunEvent } from '../domain/event.js'
import type { Plan } from '../domain/plan.js'
import type { PlanOptions } from '../domain/plan-options.js'
import type { ResultRecordings } from '../ports/recordings.js'
import { runPlan } from '../pipeline/run/run-plan.js'
import type { RunHooks, RunUse } from '../pipeline/run/run-use.js'
import { createScorer } from '../pipeline/score/score.js'
import type { Prepared } from './plan-document.js'
import type { Adapters } from './registry.js'
import type { SuiteModels } from './suite-models.js'
import { createAloud } from './suite-speech.js'
import { createSwitchboard, type Switchboard } from './switchboard.js'

/**
 * Takes the runs of a plan to their ends: in this process for one suite (`callsheet run`), in this process for many results
 * at once (`callsheet serve`), or with workers on other machines (`--queue`). All emit the same events.
 */
export interface Executor {
  /**
   * Gives every planned run that has not ended exactly one `run.ended`, and resolves when all have it. Rejects only for a
   * cause outside the runs: the result is then cut off and can be resumed.
   */
  execute(order: Order): Promise<void>
  /** Whether workers conduct the conversations. What their models cost is then known only when a run ends. */
  isElsewhere?(options: PlanOptions): boolean
  /**
   * Whether the queue is lost, and so no worker gets a run; `undefined` without a queue.
   *
   * @param options  Of a plan, to ask only about the queue that it would use.
   */
  isQueueLost?(options?: PlanOptions): boolean | undefined
  /** Why the executor cannot run a plan with these options; `undefined` if it can. */
  refusal?(options: PlanOptions): string | undefined
}

/** What to run, and where to report it. */
export interface Order extends RunHooks {
  readonly prepared: Prepared
  readonly models: SuiteModels
  emit(event: RunEvent | AgentReady | JudgeControlled): void
  /** Resolves when the journal has durably stored all events so far; never if the journal cannot be written any more. */
  stored(): Promise<void>
  /** Where its recordings are kept; absent if none are. */
  readonly recordings?: ResultRecordings
  /** Aborted when this process leaves the order to its next start. Workers continue, and nobody waits for them. */
  readonly left?: AbortSignal
}

/** Whether the API asked for the runs: its clients expect a recording of every call. */
function isServed({ request }: PlanOptions): boolean {
  return request !== undefined
}

/** Conducts one suite's conversations in this process. Starts its agents and stops them at the end. */
export function createOwnExecutor(use: Adapters): Executor {
  return {
    async execute(order) {
      const { plan, mask } = order.prepared
      const { clock } = use
      await use.loadChannels(plan.entries.map(({ agent }) => agent))
      await using agents = createSwitchboard(use, {
        concurrency: plan.limits.concurrency,
        mask,
        onReady: (agent, tookMs) => order.emit({ type: 'agent.ready', at: clock.date().toISOString(), agent: agent.key, tookMs }),
        signal: order.signal,
      })
      await runPlan(withinCapacity(plan, order.models), await runUseOf(order, agents, use))
    },
  }
}

/** No more calls at once than this machine can conduct. This is no part of the plan, so another machine may resume it. */
function withinCapacity(plan: Plan, { speech }: SuiteModels): Plan {
  const { mostCalls = Infinity } = speech?.detector ?? {}
  return { ...plan, limits: { ...plan.limits, concurrency: Math.min(plan.limits.concurrency, mostCalls) } }
}

export async function runUseOf(
  order: Order & Pick<RunUse, 'beforeCall'>,
  agents: Pick<Switchboard, 'channel' | 'crashed'>,
  use: Adapters,
): Promise<RunUse> {
  const {
    models,
    recordings,
    prepared: { plan, document, mask, request },
  } = order
  const patterns = await use.patterns()
  const seeded = await use.random()
  return {
    ...order,
    channel: agents.channel,
    crashed: agents.crashed,
    caller: models.caller,
    ...(models.speech &&
      createAloud(plan, { ...models.speech, metrics: document.metrics, recordings, keepsAll: isServed(request.options) })),
    ...(models.room && { room: models.room }),
    ...(models.judge && { prepareJudge: models.judge.prepare }),
    score: createScorer({
      metrics: document.metrics,
      thresholds: document.thresholds,
      patterns,
      mask,
      ...(models.judge && { judge: models.judge }),
    }),
    ...(models.audit && { audit: models.audit }),
    runTimeoutMs: plan.limits.runTimeoutMs,
    conversationLimits: plan.limits.conversation,
    clock: use.clock,
    random: seeded(plan.seed),
    randomOf: name => seeded(plan.seed, name),
    patterns,
    mask,
  }
}
