import { criticalCases } from './critical-cases.js'
import type { CaseSummary, SuiteStarted } from './event.js'
import { countsAgainstAgent, type Outcome } from './outcome.js'
import { isOver, waiversFor, type Waiver } from './waiver.js'

/** What the waivers of a result cover. */
export interface Exceptions {
  /** Those that had not expired when the result started. */
  readonly active: readonly Waiver[]
  /** The waivers that together cover a failure; `undefined` if something of it is not covered, or it does not count. */
  coverOf(own: CaseSummary, outcome: Outcome): readonly Waiver[] | undefined
}

/** @returns `undefined` if the suite has no waivers. */
export function exceptionsOf({ plan, at }: Pick<SuiteStarted, 'plan' | 'at'>): Exceptions | undefined {
  const { waivers = [] } = plan
  if (waivers.length === 0) return undefined
  const now = new Date(at)
  const active = waivers.filter(({ expires }) => !isOver(expires, now))
  const even = active.filter(({ evenMustPass }) => evenMustPass)
  const critical = criticalCases(plan)
  return {
    active,
    coverOf(own, outcome) {
      if (!countsAgainstAgent(outcome.status)) return undefined
      return waiversFor(critical.has(own.index) ? even : active, own.key, outcome)
    },
  }
}
