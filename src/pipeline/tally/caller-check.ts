import type { Attempt, CaseSummary, PlanSummary, RunEnded } from '../../domain/event.js'
import type { Report } from '../../domain/report.js'

/** How often callers with words of their own broke their instructions. */
export interface CallerCheck {
  /** Counts a run's attempts. If a run ends again, the last end counts. */
  add(event: RunEnded): void
  /** Absent if no caller of the plan finds its own words. */
  report(): Report['callers']
}

/** @param caseOf  The case of a run. */
export function createCallerCheck({ entries }: PlanSummary, caseOf: (run: number) => CaseSummary): CallerCheck {
  const isWanted = entries.some(({ cases }) => cases.some(({ scenario }) => scenario.ownWords))
  const counts = new Map<number, { readonly attempts: number; readonly invalid: number }>()

  return {
    add({ index, outcome, earlier }) {
      if (!isWanted || !caseOf(index).scenario.ownWords) return
      const all = [...earlier.map(attempt => attempt.outcome), outcome].filter(wasRead)
      counts.set(index, { attempts: all.length, invalid: all.filter(({ status }) => status === 'caller_invalid').length })
    },
    report() {
      if (!isWanted) return undefined
      let [attempts, invalid] = [0, 0]
      for (const each of counts.values()) {
        attempts += each.attempts
        invalid += each.invalid
      }
      return { attempts, invalid }
    },
  }
}

/** Whether an auditor read the caller's side: only if the conversation was conducted to its end. */
function wasRead(outcome: Attempt['outcome']): boolean {
  return 'verdict' in outcome || outcome.status === 'caller_invalid'
}
