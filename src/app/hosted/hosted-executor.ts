import { isHosted } from '../../domain/connection-facts.js'
import { runsOf } from '../../domain/plan.js'
import type { Executor } from '../executor.js'
import { followHosted } from './follow-hosted.js'
import { createHostedScorer } from './hosted-outcome.js'
import type { Adapters } from '../registry.js'

/**
 * Executes the runs that hosted services conduct.
 *
 * @param others  Executes all other runs.
 */
export function createHostedExecutor(others: Executor, use: Adapters): Executor {
  return {
    ...others,
    async execute(order) {
      const { entries } = order.prepared.plan
      const hosted = entries.filter(({ agent }) => isHosted(agent.connection))
      if (hosted.length === 0) return others.execute(order)
      const elsewhere = new Set(hosted.flatMap(entry => [...runsOf(entry)].map(({ index }) => index)))
      const rest = { ...order, hasEnded: (index: number) => elsewhere.has(index) || order.hasEnded(index) }
      const score = await createHostedScorer(order.prepared, use)
      await Promise.all([
        ...(hosted.length < entries.length ? [others.execute(rest)] : []),
        ...hosted.map(async entry =>
          followHosted(entry, order, { service: await use.hosted(entry.agent, order.prepared.mask), score, clock: use.clock }),
        ),
      ])
    },
  }
}
