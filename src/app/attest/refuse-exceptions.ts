import { count } from '../../domain/count.js'
import { criticalCases } from '../../domain/critical-cases.js'
import type { PlanSummary } from '../../domain/event.js'
import { countsAgainstAgent } from '../../domain/outcome.js'
import { caseOfRun } from '../../domain/plan.js'
import { shortfalls } from '../../domain/shortfall.js'
import type { FailedCheck } from '../../domain/signoff-form.js'
import { covers, isOver, isTooLong, usualLongestWaiver, type Waiver } from '../../domain/waiver.js'
import type { FinishedResult } from '../../ports/reporter.js'
import { AttestRefused } from './refused.js'

/**
 * @param plan  Of the result: exceptions last as long as the waivers of its suite may.
 * @throws {AttestRefused} when an exception is over, or lasts too long.
 */
export function refuseUntimely(
  exceptions: readonly Waiver[],
  { maxWaiverDays: most = usualLongestWaiver }: Pick<PlanSummary, 'maxWaiverDays'>,
  now: Date,
): void {
  const expired = exceptions.find(({ expires }) => isOver(expires, now))
  if (expired)
    throw new AttestRefused(`The exception for ${expired.case} expired at the end of ${expired.expires} UTC. Renew it, or mend the agent.`)
  const late = exceptions.find(({ expires }) => isTooLong(expires, now, most))
  if (late) {
    throw new AttestRefused(
      `The exception for ${late.case} expires on ${late.expires}, which is more than ${most} days ahead (limits.max_waiver of the suite). Choose an earlier day.`,
    )
  }
}

/**
 * The rules of waivers hold for what people except, too: a case that must pass needs `even_must_pass`.
 *
 * @throws {AttestRefused} when something failed that no exception covers, or an exception covers nothing.
 */
export async function refuseUncovered(result: FinishedResult, exceptions: readonly Waiver[]): Promise<void> {
  const { gate } = result.report
  if (gate.verdict === 'could_not_tell') {
    throw new AttestRefused('The gate is inconclusive, so there is nothing to approve.', {
      next: 'Run what is missing, or sign a rejection with --reject.',
    })
  }
  const uncovered: string[] = []
  const used = new Set<Waiver>()
  const failures = await failuresIn(result)
  for (const { key, what, mustPass } of failures) {
    const covering = exceptions.filter(exception => covers(exception, key, what))
    for (const each of covering) used.add(each)
    if (covering.some(({ evenMustPass }) => evenMustPass || !mustPass)) continue
    const even = covering.length > 0 ? ' (it must pass: its exception needs even_must_pass)' : ''
    uncovered.push(`${key}: ${what.replace(/\.$/, '')}${even}`)
  }
  const idle = exceptions.find(each => !used.has(each))
  if (idle)
    throw new AttestRefused(`The exception for ${idle.case} (${idle.issue}) covers no failure of the result. Remove it, or mend it.`)
  if (gate.verdict === 'passed') return
  const [first] = uncovered
  if (first !== undefined) {
    const more = uncovered.length > 1 ? `, and ${count(uncovered.length - 1, 'more cause')}` : ''
    throw new AttestRefused(`The gate failed, and no exception covers ${first}${more}.`, {
      next: 'Add exceptions with --exceptions <file>, or --reject.',
    })
  }
  const about = gate.lines.find(
    ({ rule, verdict }) => verdict === 'not_met' && (failures.length === 0 || rule.startsWith('metrics.') || rule === 'no_regression'),
  )
  if (about) {
    throw new AttestRefused(`The gate failed by ${about.scope} ${about.rule}, which is about no single case, so no exception covers it.`, {
      next: 'Sign a rejection with --reject.',
    })
  }
}

/** A check that failed in a case, or what broke there. */
interface Failure {
  readonly key: string
  readonly what: string
  readonly mustPass: boolean
}

/** Each once, in plan order. */
async function failuresIn({ runs, started }: FinishedResult): Promise<readonly Failure[]> {
  const critical = criticalKeys(started)
  const failures = new Map<string, Failure>()
  for await (const batch of runs()) {
    for (const { run, outcome } of batch) {
      if (!countsAgainstAgent(outcome.status)) continue
      const key = caseOfRun(run)
      for (const { what } of shortfalls(outcome)) failures.set(`${key}\n${what}`, { key, what, mustPass: critical.has(key) })
    }
  }
  return [...failures.values()]
}

/** What failed in a result, by what was required. */
export async function failedChecks(result: FinishedResult): Promise<readonly FailedCheck[]> {
  const ofChecks = new Map<string, FailedCheck>()
  for (const { key, what, mustPass } of await failuresIn(result)) {
    const known = ofChecks.get(what)
    ofChecks.set(what, { what, cases: [...(known?.cases ?? []), key], mustPass: mustPass || known?.mustPass === true })
  }
  return [...ofChecks.values()]
}

function criticalKeys({ plan }: FinishedResult['started']): ReadonlySet<string> {
  const critical = criticalCases(plan)
  return new Set(plan.entries.flatMap(({ cases }) => cases.flatMap(({ index, key }) => (critical.has(index) ? [key] : []))))
}
