import type { RunEnded } from '../../domain/event.js'
import { countsAgainstAgent, type OutcomeStatus } from '../../domain/outcome.js'

/** The state of one run. */
export interface RunState {
  /** `open`: the run has not ended. */
  readonly status: OutcomeStatus | 'open'
  /** Not run on purpose (decided, or too many failures), so it counts for no rule. */
  readonly leftOut: boolean
  /** Not run because its case or entry was decided. */
  readonly saved: boolean
  readonly flaky: boolean
  /** Whether any attempt of it failed, or met an agent that broke. */
  readonly failedOnce: boolean
}

/** A run that has not ended. */
export const openRun: RunState = { status: 'open', leftOut: false, saved: false, flaky: false, failedOnce: false }

/** The state of a run that has ended. `failedBefore`: whether attempts that the event lacks are known to have failed. */
export function stateOf({ outcome, earlier, flaky }: Pick<RunEnded, 'outcome' | 'earlier' | 'flaky'>, failedBefore: boolean): RunState {
  const { status } = outcome
  const saved = status === 'not_run' && outcome.reason === 'decided'
  const leftOut = saved || (status === 'not_run' && outcome.reason === 'max_failures')
  const failedOnce = failedBefore || countsAgainstAgent(status) || earlier.some(attempt => countsAgainstAgent(attempt.outcome.status))
  return shared({ status, leftOut, saved, flaky, failedOnce })
}

/** The state of a run after a failed attempt that is retried. */
export function afterFailure(state: RunState): RunState {
  return state.failedOnce ? state : shared({ ...state, failedOnce: true })
}

// One shared object per state: 100,000 runs are only 100,000 references.
const states = new Map<RunState['status'], (RunState | undefined)[]>()

function shared(state: RunState): RunState {
  const { status, leftOut, saved, flaky, failedOnce } = state
  let known = states.get(status)
  if (!known) states.set(status, (known = []))
  return (known[Number(leftOut) + 2 * Number(saved) + 4 * Number(flaky) + 8 * Number(failedOnce)] ??= state)
}
