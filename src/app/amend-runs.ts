import type { RunAmended, RunEnded } from '../domain/event.js'
import type { Tally } from '../pipeline/tally/tally.js'
import type { Journal, StoredJournal } from '../ports/store.js'

/**
 * At the end of a suite: the runs that rest on pointers which found nothing in the whole result. They are inconclusive.
 *
 * @param unamended  Runs as they ended before an earlier part of the result amended them. They are restored if their pointers have
 *   found something since.
 * @returns Events in batches, to be appended and counted.
 */
export async function* amendRuns(
  journal: Pick<Journal, 'stored'>,
  totals: Pick<Tally, 'amend' | 'mustAmend'>,
  now: () => string,
  unamended: ReadonlyMap<number, RunEnded> = new Map(),
): AsyncGenerator<readonly RunAmended[]> {
  const restored = [...unamended.values()].filter(run => !totals.amend(run, now()))
  if (restored.length > 0) yield restored.map(run => restore(run, now()))
  if (!totals.mustAmend) return
  const stored = await journal.stored()
  if (!stored) return
  for await (const runs of stored.runs()) {
    const amended = runs.flatMap(run => totals.amend(unamended.get(run.index) ?? run, now()) ?? [])
    if (amended.length > 0) yield amended
  }
}

function restore(run: RunEnded, at: string): RunAmended {
  return { ...run, type: 'run.amended', at, was: 'unscored' }
}

/** The runs of a journal that were amended, as they had ended before. */
export async function unamendedRuns(stored: StoredJournal): Promise<ReadonlyMap<number, RunEnded>> {
  const amended = new Set<number>()
  for await (const event of stored.events()) {
    if (event.type === 'run.amended') amended.add(event.index)
  }
  const unamended = new Map<number, RunEnded>()
  if (amended.size === 0) return unamended
  for await (const event of stored.events()) {
    if (event.type === 'run.ended' && amended.has(event.index)) unamended.set(event.index, event)
  }
  return unamended
}
