import type { RunWaiting } from '../../../domain/event.js'
import type { ResultRecord } from '../../../ports/database.js'
import type { WaitedFor } from '../generated/answers.js'

/** As many as a reason of an answer names. */
const mostNamed = 100

/** What runs wait for, what most of them wait for first. */
export function waitingView(waits: readonly RunWaiting[], { firstRun }: Pick<ResultRecord, 'firstRun'>): WaitedFor[] {
  const byWhat = new Map<string, number[]>()
  for (const wait of waits) {
    const what = waitingFor(wait)
    if (what !== null) byWhat.set(what, [...(byWhat.get(what) ?? []), firstRun + wait.index])
  }
  return [...byWhat]
    .map(([what, runs]) => ({ what, count: runs.length, runs: runs.toSorted((a, b) => a - b).slice(0, mostNamed) }))
    .toSorted((a, b) => b.count - a.count)
}

/** `a line of the trunk "main"`; `null` for nothing. */
export function waitingFor(wait: Pick<RunWaiting, 'trunk' | 'lacks'> | undefined): string | null {
  return wait?.lacks === undefined ? null : `${wait.lacks} of the trunk "${wait.trunk}"`
}
