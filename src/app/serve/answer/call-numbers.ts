import { isHosted } from '../../../domain/connection-facts.js'
import type { Agent } from '../../../domain/document.js'
import { callsUs, runNumbers } from '../../../domain/run-numbers.js'
import type { RunRequest } from '../../../domain/run-request.js'

/** The telephone numbers of a run, as the API names them; `null` where its connection has none. */
export interface CallNumbers {
  /** Ours, from which an agent is called. */
  readonly inboundNumber: string | null
  /** Ours, which an agent is to call. */
  readonly number: string | null
  /** That is dialled, by us or by the agent. */
  readonly outboundNumber: string | null
}

const noNumbers: CallNumbers = { inboundNumber: null, number: null, outboundNumber: null }

/**
 * @param agent  As the suite declared it; absent if it is not known any more.
 * @param index  Of the run, in its result.
 */
export function callNumbers(agent: Agent | undefined, request: RunRequest, index: number): CallNumbers {
  if (!agent || request.reach.kind !== 'own' || isHosted(agent.connection)) return noNumbers
  const { own = null, agent: theirs = null } = runNumbers(agent, request, index)
  if (callsUs(agent)) return { inboundNumber: null, number: own, outboundNumber: own }
  return { inboundNumber: own, number: null, outboundNumber: theirs }
}

/** How long a run waits for its call, in seconds, if the suite does not say (`ring`). */
const usualWindowS = 300

export function dialWindowOf({ connection }: Agent): number {
  return connection.type === 'sip' && connection.ringMs !== undefined ? Math.ceil(connection.ringMs / 1000) : usualWindowS
}
