import pLimit, { type LimitFunction } from 'p-limit'
import type { Agent } from '../../domain/document.js'
import type { Plan } from '../../domain/plan.js'
import { createPace, type Pace } from '../../pipeline/run/pace.js'
import { runPlan } from '../../pipeline/run/run-plan.js'
import { createTurnstiles, type Turnstiles } from '../../pipeline/run/turnstile.js'
import { runUseOf, type Executor } from '../executor.js'
import type { Adapters } from '../registry.js'
import { createSwitchboard, type Switchboard } from '../switchboard.js'

/** What all results of an agent share. */
interface SharedAgent {
  readonly switchboard: Switchboard
  readonly room: LimitFunction
  readonly pace: Pace
}

/** Conversations with an agent that has no limit of its own. */
const widest = 1000

/**
 * Holds the conversations of many results at once. An agent is started once for all of them, and its limits hold for all of
 * them together; a result's own limits hold beside those.
 *
 * @param concurrency  Conversations at once, of all results.
 */
export function createSharedExecutor(use: Adapters, concurrency: number): Executor & AsyncDisposable {
  const agents = new Map<string, SharedAgent>()
  const everything = pLimit(concurrency)
  const gone = new AbortController()

  /** An agent that was changed in its suite is another one: those under way go on with the old. */
  const shared = (agent: Agent): SharedAgent => {
    const key = identityOf(agent)
    let own = agents.get(key)
    if (!own) {
      const width = agent.limits.concurrency ?? widest
      own = {
        switchboard: createSwitchboard(use, width, () => undefined, gone.signal),
        room: pLimit(width),
        pace: createPace(agent.limits.startsPerSecond, use.clock),
      }
      agents.set(key, own)
    }
    return own
  }

  const turnstilesOf = (plan: Plan): Turnstiles => {
    const own = createTurnstiles(plan, use.clock)
    return {
      widthOf: own.widthOf,
      enter: (agent, call) => own.enter(agent, () => shared(agent).room(() => everything(call))),
      reserveMs: agent => Math.max(own.reserveMs(agent), shared(agent).pace.reserveMs()),
    }
  }

  return {
    async execute(order) {
      const { plan } = order.prepared
      const switchboard = {
        channel: async (agent: Agent) => shared(agent).switchboard.channel(agent),
        crashed: (agent: Agent) => shared(agent).switchboard.crashed(agent),
      }
      await runPlan(plan, await runUseOf(order, switchboard, use), turnstilesOf(plan))
    },
    async [Symbol.asyncDispose]() {
      gone.abort()
      await Promise.all([...agents.values()].map(({ switchboard }) => switchboard[Symbol.asyncDispose]()))
    },
  }
}

/** Agents are one and the same if all that they are is. */
function identityOf({ at: _, ...agent }: Agent): string {
  return JSON.stringify(agent)
}
