import type { Limit } from '../domain/limit.js'
import type { FinishedResult } from '../ports/reporter.js'
import { StoreError, type Store } from '../ports/store.js'

/** Whether a process is writing a result. */
export function isRunning(place: string, store: Pick<Store, 'refuseUnfinished'>): boolean {
  try {
    store.refuseUnfinished(place)
    return false
  } catch (cause) {
    if (cause instanceof StoreError && cause.code === 'in_use') return true
    throw cause
  }
}

/** A result whose journal has no end, so that each of its reports says so. @param runs  Whether a process is writing it. */
export function unfinished(result: FinishedResult, runs: boolean): FinishedResult {
  const { report } = result
  const { stopped, limits, warnings = [], totals, ...rest } = report
  const missing = totals.not_run
  const withLimit = (own: Limit | undefined): readonly Limit[] => [
    ...limits.filter(({ code }) => code !== 'CUT_OFF'),
    ...(own ? [own] : []),
  ]
  if (runs) {
    const soFar = 'The result is still running: this is what it has so far.'
    const limit = missing > 0 ? ({ code: 'CUT_OFF', count: missing, names: ['still running'] } as const) : undefined
    return { ...result, report: { ...rest, totals, limits: withLimit(limit), warnings: [...warnings, soFar] } }
  }
  if (stopped) return result
  const limit = { code: 'CUT_OFF', count: missing, ...(missing > 0 && { names: ['crashed'] }) } as const
  return { ...result, report: { ...rest, totals, stopped: 'crashed', limits: withLimit(limit), warnings: [...warnings, cutText(result)] } }
}

function cutText({ started, place }: FinishedResult): string {
  const canResume = started.mergedFrom === undefined && started.rescoredFrom === undefined
  const remedy = canResume ? `Resume it with: callsheet run --resume ${place}` : 'Make it again.'
  return `The journal in ${place} has no end: it was cut, or its run was stopped. ${remedy}`
}
