import { openRun, type RunState } from './run-state.js'
import { moveRun, type CaseTally } from './scope.js'

/** The state and duration of every run of a plan, by index. */
export interface Runs {
  /** @throws {RangeError} when the plan lacks the run; so do the other methods. */
  caseOf(run: number): CaseTally
  stateOf(run: number): RunState
  /** Changes the state of a run, and all counts with it. */
  set(run: number, state: RunState, durationMs: number): void
  /** Sum over a case's runs in plan order, so it is the same to the last bit whoever finished first. */
  durationMsOf(of: CaseTally): number
}

export function createRuns(cases: readonly CaseTally[]): Runs {
  const total = cases.reduce((most, { summary }) => Math.max(most, summary.firstRun + summary.repeats), 0)
  const caseAt = new Int32Array(total).fill(-1)
  cases.forEach(({ summary: { firstRun, repeats } }, place) => caseAt.fill(place, firstRun, firstRun + repeats))
  const states: RunState[] = Array.from({ length: total }, () => openRun)
  const durationsMs = new Float64Array(total)

  function caseOf(run: number): CaseTally {
    const found = cases[caseAt[run] ?? -1]
    if (!found) throw notPlanned(run)
    return found
  }

  function stateOf(run: number): RunState {
    const state = states[run]
    if (!state) throw notPlanned(run)
    return state
  }

  return {
    caseOf,
    stateOf,
    set(run, state, durationMs) {
      const own = caseOf(run)
      own.trial?.set(run - own.summary.firstRun, state)
      moveRun(own, stateOf(run), state)
      states[run] = state
      durationsMs[run] = durationMs
    },
    durationMsOf: ({ summary: { firstRun, repeats } }) =>
      durationsMs.subarray(firstRun, firstRun + repeats).reduce((sum, ms) => sum + ms, 0),
  }
}

function notPlanned(run: number): RangeError {
  return new RangeError(`Run ${run} is not in the plan.`)
}
