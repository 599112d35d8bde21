import { causeId } from '../../domain/cause-id.js'
import { shapedShortfalls } from '../../domain/cause-shape.js'
import { criticalCases } from '../../domain/critical-cases.js'
import type { CaseSummary } from '../../domain/event.js'
import { exceptionsOf } from '../../domain/exceptions.js'
import type { Cause } from '../../domain/report.js'
import type { Shortfall } from '../../domain/shortfall.js'
import type { Waiver } from '../../domain/waiver.js'
import type { FinishedResult } from '../../ports/reporter.js'
import { type PlannedRun, plannedRuns } from './planned-runs.js'

/** A case with runs that did not pass for one cause. */
export interface CauseOfCase {
  readonly cause: Cause
  readonly case: CaseSummary
  /** Of its first run. */
  readonly shortfall: Shortfall
  /** The waivers that cover each of its runs; absent if they do not. */
  readonly waivers?: readonly Waiver[]
}

/** The cases of one cause, in plan order, as far as they are kept, and how many there are besides. */
export interface CasesOfCause {
  readonly kept: CauseOfCase[]
  more: number
}

/** Of each cause: the cases that waivers cover, of the others those that must pass, and the rest. */
export type AnnotatedCases = Readonly<Record<'waived' | 'mustPass' | 'others', ReadonlyMap<Cause, CasesOfCause>>>

/** What each case of each cause did wrong. Only one case is in memory at a time, besides what is kept. @param most  To keep of a cause. */
export async function annotatedCases(result: FinishedResult, most: number): Promise<AnnotatedCases> {
  const causes = new Map((result.report.causes ?? []).map(cause => [cause.id, cause]))
  const coverOf = exceptionsOf(result.started)?.coverOf
  const critical = criticalCases(result.started.plan)
  const waived = new Map<Cause, CasesOfCause>()
  const mustPass = new Map<Cause, CasesOfCause>()
  const others = new Map<Cause, CasesOfCause>()
  const keep = (found: CauseOfCase): void => {
    const byCause = found.waivers ? waived : critical.has(found.case.index) ? mustPass : others
    const own = byCause.get(found.cause) ?? { kept: [], more: 0 }
    byCause.set(found.cause, own)
    if (own.kept.length < most) own.kept.push(found)
    else own.more += 1
  }
  let current: { readonly case: CaseSummary; readonly byCause: Map<Cause, CauseOfCase> } | undefined
  for await (const batch of plannedRuns(result)) {
    for (const planned of batch) {
      if (current?.case !== planned.case) {
        current?.byCause.forEach(keep)
        current = { case: planned.case, byCause: new Map() }
      }
      addTo(current.byCause, planned, causes, coverOf)
    }
  }
  current?.byCause.forEach(keep)
  return { waived, mustPass, others }
}

function addTo(
  byCause: Map<Cause, CauseOfCase>,
  { case: own, run: { outcome } }: PlannedRun,
  causes: ReadonlyMap<string, Cause>,
  coverOf: NonNullable<ReturnType<typeof exceptionsOf>>['coverOf'] | undefined,
): void {
  if (outcome.status === 'passed' || outcome.status === 'not_run') return
  const waivers = coverOf?.(own, outcome)
  for (const { shape, shortfall } of shapedShortfalls(outcome)) {
    const cause = causes.get(causeId(shape))
    if (!cause) continue
    const before = byCause.get(cause)
    const isCovered = waivers !== undefined && (!before || before.waivers !== undefined)
    byCause.set(cause, {
      cause,
      case: own,
      shortfall: before?.shortfall ?? shortfall,
      ...(isCovered && { waivers: [...new Set([...(before?.waivers ?? []), ...waivers])] }),
    })
  }
}
