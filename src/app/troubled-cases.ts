import type { CaseKey } from '../domain/ids.js'
import { caseOfRun } from '../domain/plan.js'
import { unreachable } from '../domain/unreachable.js'
import type { Outcome } from '../domain/outcome.js'
import type { FinishedResult } from '../ports/reporter.js'

/** What to run again. `failed`: runs that failed. `errors`: inconclusive runs. */
export type Trouble = 'failed' | 'errors'

/** The cases with a run in such trouble, in plan order. */
export async function troubledCases({ runs }: FinishedResult, troubles: readonly Trouble[]): Promise<CaseKey[]> {
  const cases = new Set<CaseKey>()
  for await (const batch of runs()) {
    for (const { run, outcome } of batch) {
      const trouble = troubleOf(outcome)
      if (trouble && troubles.includes(trouble)) cases.add(caseOfRun(run))
    }
  }
  return [...cases]
}

function troubleOf(outcome: Outcome): Trouble | undefined {
  switch (outcome.status) {
    case 'passed':
      return undefined
    case 'failed':
    case 'agent_error':
      return 'failed'
    case 'infra_error':
    case 'caller_invalid':
    case 'unscored':
      return 'errors'
    case 'not_run':
      return outcome.reason === 'decided' ? undefined : 'errors'
    default:
      return unreachable(outcome)
  }
}
