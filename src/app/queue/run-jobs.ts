import { createHash } from 'node:crypto'
import type { Agent } from '../../domain/document.js'
import type { Plan, RunSpec } from '../../domain/plan.js'
import { createTurnstiles, type Turnstiles } from '../../pipeline/run/turnstile.js'
import type { RunJob, RunQueue } from '../../ports/run-queue.js'
import type { Order } from '../executor.js'
import type { Prepared } from '../plan-document.js'
import type { Adapters } from '../registry.js'
import { sealOptions } from './seal-options.js'
import { signJob } from './sign-job.js'
import type { SealedDocument } from '../sealed-document.js'

/** The runs of an order, as jobs. */
export interface RunJobs {
  /** The order's name in the queue. */
  readonly order: string
  of(spec: RunSpec): RunJob
  /** Puts the suite and its agents' limits into the queue. */
  announce(queue: RunQueue): Promise<void>
}

/**
 * @param origin  Distinguishes results of the same name in different places.
 * @param secret  The secret that servers and workers share.
 */
export function createRunJobs(order: Order, seal: SealedDocument, origin: string, secret: string | undefined): RunJobs {
  const { prepared, result } = order
  const name = `${origin}-${result}`
  const options = sealOptions(prepared.request.options, secret)
  return {
    order: name,
    of({ index, key: run, entry }) {
      const runId = order.runId?.(index)
      const job = {
        id: `${name}-${index}`,
        order: name,
        result,
        agent: queueOf(entry.agent, prepared),
        document: seal.digest,
        ...options,
        index,
        run,
        ...(runId !== undefined && { runId }),
        earlier: order.earlier(index),
      }
      return signJob(job, secret)
    },
    async announce(queue) {
      await queue.publish(seal.digest, seal.body)
      for (const { agent } of prepared.plan.entries) await queue.limit(queueOf(agent, prepared), agent.limits)
    },
  }
}

/**
 * The queue for an agent's runs: one per agent, for all results. An agent at another address is another agent, with limits of
 * its own.
 */
function queueOf(agent: Agent, { document, request }: Prepared): string {
  const file = document.sources[0]?.path ?? request.path
  const address = createHash('sha256').update(JSON.stringify(agent.connection)).digest('hex').slice(0, 8)
  return `${file}/${agent.key}@${address}`
}

/** Jobs in an agent's queue per run that may be in progress: the next one is ready when one ends. */
const ahead = 2

/** A plan's limits, with those of its agents loosened: the queue keeps these, for all results. */
export function createLooseTurnstiles(plan: Plan, clock: Adapters['clock']): Turnstiles {
  const entries = plan.entries.map(entry => ({ ...entry, agent: loosened(entry.agent) }))
  const own = createTurnstiles({ ...plan, entries }, clock)
  return { ...own, widthOf: entry => own.widthOf(entries[entry.index] ?? entry) }
}

function loosened(agent: Agent): Agent {
  const { concurrency } = agent.limits
  return { ...agent, limits: concurrency === undefined ? {} : { concurrency: concurrency * ahead } }
}
