import pLimit, { type LimitFunction } from 'p-limit'
import type { Agent } from '../../../domain/document.js'
import type { Plan } from '../../../domain/plan.js'
import { createPace, type Pace } from '../../../pipeline/run/pace.js'
import { runPlan } from '../../../pipeline/run/run-plan.js'
import { createTurnstiles, type Turnstiles } from '../../../pipeline/run/turnstile.js'
import { createCallRoom } from '../../call-room.js'
import { runUseOf, type Executor, type Order } from '../../executor.js'
import type { Adapters } from '../../registry.js'
import { createSharedAgents, type AgentInUse } from '../../shared-agents.js'
import { endDeadlyRuns } from './end-deadly-runs.js'

/** An agent's limits, shared by all results. */
interface AgentLimits {
  readonly room: LimitFunction
  readonly pace: Pace
}

/** Conversations in progress with an agent that has no limit of its own. */
const widest = 1000

/**
 * Conducts the conversations of many results at once. An agent starts once for all of them and has one set of limits; a
 * result's own limits apply as well. Waiting results take turns, so that a result of ten runs does not wait for one of ten
 * thousand.
 *
 * @param concurrency  Conversations in progress at most, over all results.
 * @param onNote  Called with a sentence for the operator.
 */
export function createSharedExecutor(use: Adapters, concurrency: number, onNote?: (text: string) => void): Executor & AsyncDisposable {
  const agents = createSharedAgents(use)
  const gates = new WeakMap<object, AgentLimits>()
  const everything = pLimit(concurrency)
  const calls = createCallRoom(onNote)

  const gateOf = ({ shared }: AgentInUse, { limits }: Agent): AgentLimits => {
    let gate = gates.get(shared)
    if (!gate) {
      gate = { room: pLimit(limits.concurrency ?? widest), pace: createPace(limits.startsPerSecond, use.clock) }
      gates.set(shared, gate)
    }
    return gate
  }

  // By agent, not by key: if a request gives each scenario an address, several agents have the same key.
  const takeInUse = ({ prepared, emit }: Order): Map<Agent, AgentInUse> => {
    const onReady = (agent: Agent, tookMs: number): void =>
      emit({ type: 'agent.ready', at: use.clock.date().toISOString(), agent: agent.key, tookMs })
    const all = new Set(prepared.plan.entries.map(({ agent }) => agent))
    return new Map([...all].map(agent => [agent, agents.use(agent, prepared.mask, onReady)]))
  }

  return {
    async execute(order) {
      const { plan } = order.prepared
      const inUse = takeInUse(order)
      const of = (agent: Agent): AgentInUse => inUse.get(agent) ?? unplanned(agent.key)
      try {
        const switchboard = {
          channel: async (agent: Agent) => of(agent).channel(agent),
          crashed: (agent: Agent) => of(agent).crashed(agent),
        }
        const called = new Set(plan.entries.filter(({ cases }) => cases.some(({ call }) => call)).map(({ agent }) => agent))
        const among: Among = (agent, call) => (called.has(agent) ? calls.enter(order.models, () => everything(call)) : everything(call))
        const turnstiles = sharedTurnstiles(plan, use, agent => gateOf(of(agent), agent), among)
        const deadly = endDeadlyRuns(order, use.clock)
        const hasEnded = (index: number): boolean => deadly.has(index) || order.hasEnded(index)
        await runPlan(plan, await runUseOf({ ...order, hasEnded, beforeCall: order.stored }, switchboard, use), turnstiles)
      } finally {
        for (const agent of inUse.values()) agent[Symbol.dispose]()
      }
    },
    [Symbol.asyncDispose]: () => agents[Symbol.asyncDispose](),
  }
}

/** Conducts a conversation once there is room for it among those of all results. */
type Among = (agent: Agent, conversation: () => Promise<void>) => Promise<void>

/** A plan's own limits, followed by the shared ones. */
function sharedTurnstiles(plan: Plan, { clock }: Adapters, gateOf: (agent: Agent) => AgentLimits, among: Among): Turnstiles {
  const own = createTurnstiles(plan, clock)
  return {
    widthOf: own.widthOf,
    enter: (agent, call) => own.enter(agent, () => gateOf(agent).room(() => among(agent, call))),
    reserveMs: agent => Math.max(own.reserveMs(agent), gateOf(agent).pace.reserveMs()),
  }
}

function unplanned(key: string): never {
  throw new RangeError(`The plan has no agent ${key}.`)
}
