import { count } from '../../domain/count.js'
import { criticalCases } from '../../domain/critical-cases.js'
import type { PlanSummary } from '../../domain/event.js'
import { countsAgainstAgent } from '../../domain/outcome.js'
import { caseOfRun } from '../../domain/plan.js'
import { shortfalls } from '../../domain/shortfall.js'
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
export async function refuseUncovered({ report, runs, started }: FinishedResult, exceptions: readonly Waiver[]): Promise<void> {
  const { gate } = report
  if (gate.verdict === 'could_not_tell') {
    throw new AttestRefused(
      'The gate is inconclusive, so there is nothing to approve. Run what is missing, or sign a rejection with --reject.',
    )
  }
  const critical = criticalKeys(started)
  const uncovered = new Map<string, string>()
  const used = new Set<Waiver>()
  let failures = 0
  for await (const batch of runs()) {
    for (const { run, outcome } of batch) {
      if (!countsAgainstAgent(outcome.status)) continue
      failures += 1
      const key = caseOfRun(run)
      for (const { what } of shortfalls(outcome)) {
        const covering = exceptions.filter(exception => covers(exception, key, what))
        for (const each of covering) used.add(each)
        if (!covering.some(({ evenMustPass }) => evenMustPass || !critical.has(key))) {
          const even = covering.length > 0 ? ' (it must pass: its exception needs even_must_pass)' : ''
          uncovered.set(`${key}\n${what}`, `${key}: ${what.replace(/\.$/, '')}${even}`)
        }
      }
    }
  }
  const idle = exceptions.find(each => !used.has(each))
  if (idle)
    throw new AttestRefused(`The exception for ${idle.case} (${idle.issue}) covers no failure of the result. Remove it, or mend it.`)
  if (gate.verdict === 'passed') return
  const [first] = uncovered.values()
  if (first !== undefined) {
    const more = uncovered.size > 1 ? `, and ${count(uncovered.size - 1, 'more cause')}` : ''
    throw new AttestRefused(
      `The gate failed, and no exception covers ${first}${more}. Add exceptions with --exceptions <file>, or --reject.`,
    )
  }
  const about = gate.lines.find(
    ({ rule, verdict }) => verdict === 'not_met' && (failures === 0 || rule.startsWith('metrics.') || rule === 'no_regression'),
  )
  if (about) {
    throw new AttestRefused(
      `The gate failed by ${about.scope} ${about.rule}, which is about no single case, so no exception covers it. Sign a rejection with --reject.`,
    )
  }
}

function criticalKeys({ plan }: FinishedResult['started']): ReadonlySet<string> {
  const critical = criticalCases(plan)
  return new Set(plan.entries.flatMap(({ cases }) => cases.flatMap(({ index, key }) => (critical.has(index) ? [key] : []))))
}
