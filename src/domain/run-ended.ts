import type { Attempt, RunEnded } from './event.js'
import { toldVersion } from './identity.js'
import { countsAgainstAgent, type Outcome } from './outcome.js'
import type { RunSpec } from './plan.js'

/** How a run came to its end. */
export interface RunEnd {
  /** When the run ended. */
  readonly at: string
  /** The last attempt. A run that was not started has only an outcome. */
  readonly last: Pick<Attempt, 'outcome'> & Partial<Attempt>
  /** The attempts before it, oldest first. */
  readonly earlier?: readonly Attempt[]
  /** Given by a service that counts the attempts itself. */
  readonly flaky?: boolean
}

/** The event that ends a run. */
export function runEnded({ index, key: run }: Pick<RunSpec, 'index' | 'key'>, end: RunEnd): RunEnded {
  const { at, last, earlier = [], flaky = isFlaky(last.outcome, earlier) } = end
  const agentVersion = 'transcript' in last.outcome ? toldVersion(last.outcome.transcript) : undefined
  const told = agentVersion === undefined ? {} : { agentVersion }
  return { type: 'run.ended', index, at, run, ...last, durationMs: last.durationMs ?? 0, earlier, flaky, ...told }
}

/** Whether a run passed after an attempt that counted against the agent. */
export function isFlaky({ status }: Outcome, earlier: readonly Attempt[]): boolean {
  return status === 'passed' && earlier.some(({ outcome }) => countsAgainstAgent(outcome.status))
}
