import type { Report } from '../domain/report.js'
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
  const { report, place } = result
  const { stopped, limits, warnings = [], totals, ...rest } = report
  const others = limits.filter(({ code }) => code !== 'CUT_OFF')
  const cutOff = (why: string): Report['limits'] => [...others, { code: 'CUT_OFF', count: totals.not_run, names: [why] }]
  if (runs) {
    const soFar = 'The result is still running: this is what it has so far.'
    return { ...result, report: { ...rest, totals, limits: cutOff('still running'), warnings: [...warnings, soFar] } }
  }
  if (stopped) return result
  const cut = `The journal in ${place} has no end: it was cut, or its run was stopped. Resume it with: callsheet run --resume ${place}`
  return { ...result, report: { ...rest, totals, stopped: 'crashed', limits: cutOff('crashed'), warnings: [...warnings, cut] } }
}
