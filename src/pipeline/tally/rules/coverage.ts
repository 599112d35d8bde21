import { countedIn } from '../counts.js'
import type { CaseTally, Scope } from '../scope.js'
import { nameCases, percent, requiredPercent } from '../wording.js'
import type { Rule } from './rule.js'

/**
 * The share of planned runs that say something about the agent: passed, failed or agent_error. Runs left out on purpose,
 * because the gate was decided or too many had failed, are not required. Neither are runs of a decided case that were
 * already in progress, so that their number does not matter.
 */
export function coverageRule(scope: Scope, min: number): Rule {
  const { counts, cases } = scope
  const adaptive = cases.filter(({ trial }) => trial)
  return {
    scope,
    name: 'coverage',
    required: `>= ${requiredPercent(min)}`,
    bound: { relation: '>=', bound: min },
    judge() {
      const { asked, counted } = coveredBy(counts, adaptive)
      if (asked === 0) return { n: 0, k: 0, measured: 'no run', verdict: 'not_met', because: 'no run finished' }
      const share = counted / asked
      const measured = `${percent(share, min)} (${counted} of ${asked})`
      const numbers = { value: share, k: counted, n: asked }
      if (share >= min) return { ...numbers, measured, verdict: 'met' }
      const short = cases.filter(each => isShort(each))
      return { ...numbers, measured, verdict: 'not_met', because: `${describeUncounted(counts)}: ${nameCases(short)}` }
    },
    isSettled() {
      const { runs, leftOut, open } = counts
      const counted = countedIn(counts)
      if (open === 0) return true
      if (counted === 0) return false
      if (adaptive.length > 0 && (min < 1 || adaptive.some(mayDropRuns))) return false
      // Only inconclusive runs reduce full coverage.
      if (min === 1) return true
      const asked = runs - leftOut
      return counted / asked >= min || (counted + open) / asked < min
    },
  }
}

/** The required runs, and how many of them were counted. */
function coveredBy(counts: Scope['counts'], adaptive: readonly CaseTally[]): { asked: number; counted: number } {
  let [asked, counted] = [counts.runs - counts.leftOut, countedIn(counts)]
  for (const { trial, counts: own } of adaptive) {
    if (!trial || trial.verdict() === 'undecided') continue
    const looked = trial.looked()
    asked += looked.asked - (own.runs - own.leftOut)
    counted += looked.passed + looked.failed - countedIn(own)
  }
  return { asked, counted }
}

/** Whether a later decision may make inconclusive runs unnecessary, because they come after the deciding one. */
function mayDropRuns({ trial, counts }: CaseTally): boolean {
  const uncounted = counts.runs - counts.leftOut - countedIn(counts) - counts.open
  return trial?.verdict() === 'undecided' && counts.open > 0 && uncounted > 0
}

function isShort(each: CaseTally): boolean {
  const { asked, counted } = coveredBy(each.counts, [each])
  return counted < asked
}

function describeUncounted({ infra_error, caller_invalid, unscored, not_run, leftOut, open }: Scope['counts']): string {
  const numbers = { infra_error, caller_invalid, unscored, 'not run': not_run - leftOut + open }
  return Object.entries(numbers)
    .filter(([, runs]) => runs > 0)
    .map(([what, runs]) => `${runs} ${what}`)
    .join(', ')
}
