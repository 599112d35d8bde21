import type { History, SuiteHistory } from '../../../domain/case-history.js'
import type { HistoryLine } from '../../../domain/history-line.js'
import { historyOf } from '../../../pipeline/compare/history.js'
import type { Database, ResultRecord } from '../../../ports/database.js'
import type { FinishedResult } from '../../../ports/reporter.js'
import { lineOfResult } from '../../history/history-of-result.js'
import type { Project } from '../catalogue/catalogue.js'

/** A page shows at most so many results of a suite. */
const mostShown = 30

/** How a suite fared up to one of its results; `undefined` if that is its first. */
export async function historyUpTo(
  database: Pick<Database, 'results'>,
  { project, suite, id }: ResultRecord,
  own: FinishedResult,
): Promise<SuiteHistory | undefined> {
  const { items } = await database.results(project, { suite }, { page: 1, size: 4 * mostShown })
  const before = linesOf(items.filter(each => each.id < id)).slice(0, mostShown - 1)
  return before.length === 0 ? undefined : historyOf(own.started.suite.name, [...before, lineOfResult(own)])
}

/** How the suites of a project fared, or one of them. @param suite  Its key. */
export async function readPast(database: Pick<Database, 'results'>, project: Project, suite: string | undefined): Promise<History> {
  const { items } = await database.results(project.key, { ...(suite !== undefined && { suite }) }, { page: 1, size: 4 * mostShown })
  const lines = linesOf(items)
  const names = [...new Set(lines.map(line => line.suite))].toSorted()
  const suites = names.map(name => historyOf(name, lines.filter(line => line.suite === name).slice(0, mostShown)))
  return { folder: project.name, suites, unreadable: [] }
}

/** Of results that are over and were not rescored, the newest first. */
function linesOf(records: readonly ResultRecord[]): HistoryLine[] {
  return records.flatMap(({ started, report }) =>
    report === undefined || started.rescoredFrom !== undefined ? [] : [lineOfResult({ started, report })],
  )
}
