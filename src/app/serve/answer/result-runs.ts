import { setImmediate as breathe } from 'node:timers/promises'
import type { Database, RunStanding } from '../../../ports/database.js'
import type { ResultContext } from './result-context.js'
import { createResultTotals, type ResultTotals } from './result-totals.js'
import { runSummaryView } from './run-views.js'
import type { IsShort } from './statuses.js'

/**
 * The runs of a result, updated on demand. However often one updates, each conversation is read once, after its run has
 * ended.
 */
export interface FollowedRuns {
  readonly context: ResultContext
  readonly totals: ResultTotals
  /** Reads what has changed. */
  catchUp(): Promise<void>
  /** All runs as of the last update: an object by run id, in plan order. */
  json(): string
}

/** Conversations are read in batches, and other requests get their turn in between. */
const batch = 64

export function followRuns(database: Database, project: string, context: ResultContext, isShort: IsShort): FollowedRuns {
  const totals = createResultTotals(context)
  /** By index: `"<id>":{...}`. */
  const members: string[] = []
  const ended = new Set<number>()
  /** All runs before this index have ended. */
  let frontier = 0

  const addEnded = async (ids: readonly number[]): Promise<void> => {
    for (const run of await database.runsById(project, ids)) {
      const view = runSummaryView(run, context, isShort)
      members[run.index] = memberOf(run, view)
      ended.add(run.index)
      totals.add(run, view)
    }
    await breathe()
  }

  return {
    context,
    totals,
    async catchUp() {
      const justEnded: number[] = []
      for await (const standings of database.standings(context.id, frontier)) {
        for (const run of standings) {
          if (ended.has(run.index)) continue
          if (run.state === 'ended') justEnded.push(run.id)
          else members[run.index] = memberOf(run, runSummaryView(run, context, isShort))
        }
      }
      for (let i = 0; i < justEnded.length; i += batch) await addEnded(justEnded.slice(i, i + batch))
      while (ended.has(frontier)) frontier += 1
    },
    json: () => `{${members.join(',')}}`,
  }
}

function memberOf({ id }: RunStanding, view: object): string {
  return `"${id}":${JSON.stringify(view)}`
}
