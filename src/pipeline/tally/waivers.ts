import { count } from '../../domain/count.js'
import type { Attempt, CaseSummary, RunAmended, RunEnded, SuiteEvent, SuiteStarted } from '../../domain/event.js'
import { exceptionsOf } from '../../domain/exceptions.js'
import type { Limit } from '../../domain/limit.js'
import type { Outcome } from '../../domain/outcome.js'
import type { Gate, UsedWaiver, WaivedGate } from '../../domain/report.js'
import { matchesPattern, type Waiver } from '../../domain/waiver.js'
import { criticalCases } from '../../domain/critical-cases.js'

/** The exceptions of a suite: what its result would be if what they cover had passed. */
export interface Waivers {
  /** An event as it would be then; `undefined` for one that would not have happened. */
  excepted(event: SuiteEvent): SuiteEvent | undefined
  /** @param gate  As computed from the excepted events. */
  report(gate: Gate): WaivedGate
  /** About waivers that are over, soon over, or cover nothing. */
  warnings(): string[]
  limits(): Limit[]
}

const soonDays = 14
const dayMs = 86_400_000

/** @param caseOf  The case of a run. */
export function createWaivers(started: SuiteStarted, caseOf: (run: number) => CaseSummary): Waivers | undefined {
  const exceptions = exceptionsOf(started)
  if (!exceptions) return undefined
  const { waivers = [], thresholds } = started.plan
  const { active } = exceptions
  const now = new Date(started.at)
  /** The waivers that each excepted run needs. */
  const used = new Map<number, ReadonlySet<Waiver>>()

  const waiversOf = (run: number, outcome: Outcome): readonly Waiver[] | undefined => exceptions.coverOf(caseOf(run), outcome)

  function exceptedRun<Run extends RunEnded | RunAmended>(run: Run): Run {
    const { index, outcome, earlier } = run
    const ofLast = waiversOf(index, outcome)
    const ofAttempts = earlier.map(attempt => waiversOf(index, attempt.outcome))
    const needed = new Set([...(ofLast ?? []), ...ofAttempts.flatMap(own => own ?? [])])
    if (needed.size === 0) used.delete(index)
    else used.set(index, needed)
    return {
      ...run,
      outcome: ofLast ? passedInstead(outcome) : wanted(outcome, caseOf(index)),
      earlier: earlier.filter((_: Attempt, i: number) => !ofAttempts[i]),
    }
  }

  const uses = (): UsedWaiver[] =>
    waivers.map(waiver => {
      const runs = [...used.values()].filter(needed => needed.has(waiver)).length
      return { ...waiver, state: !active.includes(waiver) ? 'expired' : runs > 0 ? 'applied' : 'unused', runs }
    })

  return {
    excepted(event) {
      if (event.type === 'run.ended' || event.type === 'run.amended') return exceptedRun(event)
      return event.type === 'run.retrying' && waiversOf(event.index, event.made.outcome) ? undefined : event
    },
    report: ({ verdict }) => ({ verdict, allowed: thresholds.waivers === 'allow', runs: used.size, waivers: uses() }),
    warnings() {
      const critical = criticalCases(started.plan)
      const mustPass = started.plan.entries.flatMap(({ cases }) => cases.filter(({ index }) => critical.has(index)))
      return uses().flatMap(waiver => {
        const isCritical = mustPass.some(({ key }) => matchesPattern(waiver.case, key))
        return warningOf(waiver, now, isCritical)
      })
    },
    limits() {
      const names = uses().flatMap(({ state, case: key, expires, owner }) =>
        state === 'applied' ? [`${key} until ${expires} (${owner})`] : [],
      )
      return used.size > 0 ? [{ code: 'WAIVED', count: used.size, names }] : []
    },
  }
}

function passedInstead(outcome: Outcome): Outcome {
  const transcript = 'transcript' in outcome ? outcome.transcript : undefined
  if (!transcript) return outcome
  const verdict = 'verdict' in outcome ? outcome.verdict : { checks: [], metrics: [] }
  return { status: 'passed', transcript, verdict: { ...verdict, holds: 'yes' } }
}

/** What was left out because others had failed would have been wanted. */
function wanted(outcome: Outcome, { untilDecided }: CaseSummary): Outcome {
  if (outcome.status !== 'not_run') return outcome
  const isLeftOut = outcome.reason === 'max_failures' || (outcome.reason === 'decided' && !untilDecided)
  return isLeftOut ? { status: 'not_run', reason: 'not_held' } : outcome
}

/** @param isCritical  It names a case that must pass. */
function warningOf({ state, case: key, expires, owner, issue, evenMustPass }: UsedWaiver, now: Date, isCritical: boolean): string[] {
  const what = `The waiver for ${key} (${owner}, ${issue})`
  if (state === 'expired') return [`${what} expired at the end of ${expires} UTC and covers nothing. Remove it, or renew it.`]
  if (state === 'unused' && isCritical && !evenMustPass)
    return [`${what} covered no failure: a case that must pass needs even_must_pass in its waiver. Add that, or remove the waiver.`]
  if (state === 'unused') return [`${what} covered no failure. Remove it if it is not needed any more.`]
  const days = Math.floor((Date.parse(expires) - now.getTime()) / dayMs) + 1
  return days <= soonDays ? [`${what} expires at the end of ${expires} UTC, ${days > 0 ? `in ${count(days, 'day')}` : 'today'}.`] : []
}
