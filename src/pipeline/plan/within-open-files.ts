import { traitsOf } from '../../domain/connection.js'
import { diagnose, type Diagnostic } from '../../domain/diagnostic.js'
import type { Plan } from '../../domain/plan.js'

/** What the process itself needs: its program, the journal, reports, models, and what ends a moment after it is closed. */
const ownFiles = 48

/**
 * Bounds a plan's concurrency by the files and sockets that the process may have open.
 *
 * @param openFiles  `undefined` if unknown: then nothing changes.
 */
export function withinOpenFiles(
  plan: Plan,
  openFiles: number | undefined,
): { readonly plan: Plan; readonly warnings: readonly Diagnostic[] } {
  const each = Math.max(0, ...plan.entries.map(({ agent }) => traitsOf[agent.connection.type].openFiles))
  const { concurrency } = plan.limits
  const most = openFiles === undefined || each === 0 ? Infinity : Math.max(1, Math.floor((openFiles - ownFiles) / each))
  if (Math.min(concurrency, plan.totalRuns) <= most) return { plan, warnings: [] }
  return {
    plan: { ...plan, limits: { ...plan.limits, concurrency: most } },
    warnings: [diagnose('OPEN_FILES_FEW', { openFiles: openFiles ?? 0, most, wanted: concurrency })],
  }
}
