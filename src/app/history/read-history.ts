import { readHistoryFile } from '../../adapters/stores/history-file.js'
import type { History } from '../../domain/case-history.js'
import type { HistoryLine } from '../../domain/history-line.js'
import { historyOf } from '../../pipeline/compare/history.js'
import { StoreError } from '../../ports/store.js'
import { isPlainError } from '../plain-error.js'
import type { Adapters } from '../registry.js'
import { readResult } from '../report-result.js'
import { historyIn, resultsIn } from '../result-place.js'
import { lineOfResult, withJournal } from './history-of-result.js'

/**
 * Reads how cases ended over all results of a folder, suite by suite: those in its `history.jsonl`, and those whose folders are there.
 * Leaves out rescored results, which repeat the conversations of others.
 */
export async function readHistory(folder: string, use: Pick<Adapters, 'store'>): Promise<History> {
  const path = historyIn(folder)
  const { lines, problems } = readHistoryFile(path)
  const unreadable = problems.map(because => ({ place: path, because }))
  const known = new Map<string, HistoryLine>(lines.map(line => [line.result, line]))
  for (const place of resultsIn(folder)) {
    try {
      const line = await lineAt(place, use)
      const recorded = line && known.get(line.result)
      const isOther = recorded?.journal !== undefined && recorded.journal !== line?.journal
      if (isOther) unreadable.push({ place, because: `The journal in ${place} ${otherJournal(place)}` })
      else if (line) known.set(line.result, { ...line, ...(recorded?.isRelease && { isRelease: true }) })
    } catch (cause) {
      if (!isPlainError(cause)) throw cause
      unreadable.push({ place, because: cause.message })
    }
  }
  const all = [...known.values()]
  const suites = [...new Set(all.map(({ suite }) => suite))].toSorted()
  return {
    folder,
    suites: suites.map(suite =>
      historyOf(
        suite,
        all.filter(line => line.suite === suite),
      ),
    ),
    unreadable,
  }
}

function otherJournal(place: string): string {
  return `is not the one in the history: somebody changed it, or resumed the result elsewhere. The history counts; to count the journal: callsheet history add ${place}`
}

/** A stored result in a line; `undefined` if it was rescored. @throws {StoreError} when it cannot be read, is still written, or contradicts itself. */
export async function lineAt(name: string, use: Pick<Adapters, 'store' | 'serverDatabase'>): Promise<HistoryLine | undefined> {
  const store = await use.store()
  const result = await readResult(name, use)
  store.refuseUnfinished(result.place)
  if (result.contradiction !== undefined) {
    throw new StoreError('damaged', `The journal in ${result.place} contradicts itself: ${result.contradiction}.`)
  }
  return result.started.rescoredFrom === undefined ? await withJournal(lineOfResult(result), result.place) : undefined
}

/** Version of the history's JSON format. */
const historyVersion = 2

/** A history as JSON. */
export function historyJson(history: History): string {
  return `${JSON.stringify({ version: historyVersion, ...history }, null, 2)}\n`
}
