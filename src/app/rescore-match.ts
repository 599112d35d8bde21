import type { PlanSummary } from '../domain/event.js'
import type { FinishedResult } from '../ports/reporter.js'
import { summarise } from '../pipeline/plan/summary.js'
import type { Prepared } from './plan-document.js'

/** A message names at most this many cases. */
const mostNamed = 5

/** Why a result cannot be rescored with a suite: their runs differ. `undefined` if they are the same. */
export function refuseOtherRuns({ started, place }: FinishedResult, { plan, request }: Prepared): string | undefined {
  const [before, now] = [repeatsOf(started.plan), repeatsOf(summarise(plan))]
  const gone = [...before.keys()].filter(key => !now.has(key))
  const added = [...now.keys()].filter(key => !before.has(key))
  const changed = [...before].flatMap(([key, repeats]) => {
    const wanted = now.get(key)
    return wanted === undefined || wanted === repeats ? [] : [`${key} (${repeats} conducted, ${wanted} planned)`]
  })
  if (gone.length + added.length + changed.length === 0) return undefined
  return [
    `${place} cannot be rescored with ${request.path}, because their runs differ.`,
    ...told('The suite no longer has', gone, 'Restore them, or start a new run.'),
    ...told('The result has no conversations for', added, `Conduct them with: callsheet run ${request.path}`),
    ...told('The frequency has changed for', changed, 'Restore the frequency, or start a new run.'),
  ].join('\n')
}

function repeatsOf({ entries }: PlanSummary): Map<string, number> {
  return new Map(entries.flatMap(({ cases }) => cases.map(({ key, repeats }) => [key, repeats] as const)))
}

function told(what: string, cases: readonly string[], next: string): string[] {
  if (cases.length === 0) return []
  const more = cases.length > mostNamed ? ` and ${cases.length - mostNamed} more` : ''
  return [`  ${what}: ${cases.slice(0, mostNamed).join(', ')}${more}. ${next}`]
}
