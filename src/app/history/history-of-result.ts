import { readHistoryFile } from '../../adapters/stores/history-file.js'
import type { SuiteHistory } from '../../domain/case-history.js'
import type { HistoryLine } from '../../domain/history-line.js'
import { historyLine } from '../../domain/history-of-result.js'
import type { PlanOptions } from '../../domain/plan-options.js'
import { requestSlug } from '../../domain/request-slug.js'
import { journalDigest } from '../file-digest.js'
import { isPlainError } from '../plain-error.js'
import { historyOf } from '../../pipeline/compare/history.js'
import type { FinishedResult } from '../../ports/reporter.js'

/** A page shows at most this many results. */
const mostShown = 30

/** A result in a line of the history. */
export function lineOfResult({ started, report }: Pick<FinishedResult, 'started' | 'report'>): HistoryLine {
  const { agents } = started.options as PlanOptions
  const entries = started.plan.entries.flatMap(({ index, agent }) => {
    const own = report.entries.find(entry => entry.index === index)
    return own ? [{ agent, cases: own.cases }] : []
  })
  const request = requestSlug(started)
  return historyLine({ ...started, ...report, entries, ...(request !== undefined && { request }) }, agents)
}

/** A line with the digest of the result's journal, where it has a folder. */
export async function withJournal(line: HistoryLine, place: string): Promise<HistoryLine> {
  const journal = await journalDigest(place)
  return journal === undefined ? line : { ...line, journal }
}

/**
 * The newest whole result of a suite that started before a time; `undefined` if none is known, or the history cannot be read.
 *
 * @param at  ISO 8601.
 */
export function newestOf(path: string, suite: string, at: string): HistoryLine | undefined {
  try {
    const before = readHistoryFile(path).lines.filter(line => line.suite === suite && line.at < at && !line.isPart)
    return before.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
  } catch (cause) {
    if (isPlainError(cause)) return undefined
    throw cause
  }
}

/** A result's past, with the result as its end. */
export interface Past {
  /** Absent if it is the first result of its suite. */
  readonly history?: SuiteHistory
  /** Lines that cannot be read, each in a sentence. */
  readonly problems: readonly string[]
}

/** What a history file has of the suite of a result, up to that result: what came later does not change its reports. */
export function pastOf(own: HistoryLine, path: string): Past {
  const { lines, problems } = readHistoryFile(path)
  const before = lines.filter(line => line.suite === own.suite && line.at < own.at && line.result !== own.result)
  if (before.length === 0) return { problems }
  const shown = before.toSorted((a, b) => (a.at < b.at ? -1 : 1)).slice(1 - mostShown)
  const release = before.findLast(({ isRelease }) => isRelease)
  return { history: historyOf(own.suite, [...(release && !shown.includes(release) ? [release] : []), ...shown, own]), problems }
}
