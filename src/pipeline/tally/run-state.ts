import type { RunEnded } from '../../domain/event.js'
import { countsAgainstAgent, type OutcomeStatus } from '../../domain/outcome.js'

/** How one run stands. */
export interface RunState {
  /** `open`: it has no end yet. */
  readonly status: OutcomeStatus | 'open'
  /** Not run on purpose (decided, or too many failures): it counts for no rule. */
  readonly leftOut: boolean
  /** Not run because its entry was decided. */
  readonly saved: boolean
  readonly flaky: boolean
  /** Whether any attempt of it failed, or met an agent that broke. */
  readonly failedOnce: boolean
}

/** A run that has no end yet. */
export const openRun: RunState = { status: 'open', leftOut: false, saved: false, flaky: false, failedOnce: false }

/** How a run stands once it has ended. `failedBefore`: what is known of attempts that the event does not hold. */
export function stateOf({ outcome, earlier, flaky }: RunEnded, failedBefore: boolean): RunState {
  const { status } = outcome
  const saved = status === 'not_run' && outcome.reason === 'decided'
  const leftOut = saved || (status === 'not_run' && outcome.reason === 'max_failures')
  const failedOnce = failedBefore || countsAgainstAgent(status) || earlier.some(attempt => countsAgainstAgent(attempt.outcome.status))
  return shared({ status, leftOut, saved, flaky, failedOnce })
}

/** How a run stands after an attempt that failed, and is followed by another. */
export function afterFailure(state: RunState): RunState {
  return state.failedOnce ? state : shared({ ...state, failedOnce: true })
}

// One object for each way to stand, however many runs: 100,000 of them are 100,000 references.
const states = new Map<string, RunState>()

function shared(state: RunState): RunState {
  const key = `${state.status} ${state.leftOut} ${state.saved} ${state.flaky} ${state.failedOnce}`
  const known = states.get(key)
  if (known) return known
  states.set(key, state)
  return state
}
