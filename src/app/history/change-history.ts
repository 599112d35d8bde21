import { existsSync, readFileSync, statSync } from 'node:fs'
import { journalOf } from '../../adapters/stores/journal-file.js'
import { appendToHistory, readHistoryFile, replaceHistory } from '../../adapters/stores/history-file.js'
import type { HistoryLine } from '../../domain/history-line.js'
import { historyLine, type ReportedResult } from '../../domain/history-of-result.js'
import { isRecord } from '../../domain/json-value.js'
import { StoreError } from '../../ports/store.js'
import { isPlainError } from '../plain-error.js'
import type { Adapters } from '../registry.js'
import { findResult, resultsIn } from '../result-place.js'
import { lineAt } from './read-history.js'

/** The version of JSON reports that lines are made of. */
const readableReport = 3

/** What was added to a history, and what could not be, each in a sentence. */
export interface Added {
  readonly added: readonly HistoryLine[]
  readonly skipped: readonly string[]
}

/**
 * Adds results to a history.
 *
 * @param names  Results, folders of results, and files of JSON reports.
 * @throws {StoreError} when the history cannot be written.
 */
export async function addToHistory(path: string, names: readonly string[], use: Pick<Adapters, 'store'>): Promise<Added> {
  const added: HistoryLine[] = []
  const skipped: string[] = []
  const add = async (name: string, read: () => HistoryLine | undefined | Promise<HistoryLine | undefined>): Promise<void> => {
    try {
      const line = await read()
      if (line === undefined) return void skipped.push(`${name} was rescored: its conversations are those of another result.`)
      appendToHistory(path, line)
      added.push(line)
    } catch (cause) {
      if (!isPlainError(cause)) throw cause
      skipped.push(cause.message)
    }
  }
  for (const name of names) {
    const isThere = existsSync(name)
    if (isThere && statSync(name).isFile()) await add(name, () => lineOfReport(name))
    else if (isThere && !existsSync(journalOf(name)) && resultsIn(name).length > 0) {
      for (const place of resultsIn(name)) await add(place, () => lineAt(place, use))
    } else await add(name, () => lineAt(findResult(name, {}), use))
  }
  return { added, skipped }
}

/** @throws {StoreError} when the file is not a whole report that this Callsheet reads. */
function lineOfReport(file: string): HistoryLine | undefined {
  const report = readJson(file)
  if (!isRecord(report) || !isRecord(report['gate']) || !Array.isArray(report['entries']) || !isRecord(report['totals'])) {
    throw new StoreError('damaged', `${file} is not the JSON report of a finished result. Name a file that --json wrote, or a result.`)
  }
  if (report['version'] !== readableReport) {
    const [whose, remedy] =
      Number(report['version']) > readableReport
        ? ['a newer', 'Update this one']
        : ['an older', 'Add the result itself, or run the suite again']
    throw new StoreError(
      'other_format',
      `${file} was written by ${whose} Callsheet, and this one reads only version ${readableReport}. ${remedy}.`,
    )
  }
  return report['rescoredFrom'] === undefined ? historyLine(report as unknown as ReportedResult) : undefined
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new StoreError('unreadable', `Cannot read ${file}: ${cause instanceof Error ? cause.message : String(cause)}.`)
  }
}

/**
 * Keeps the newest results of a history, and those marked as releases.
 *
 * @param keep  How many to keep.
 * @returns How many were removed.
 */
export function pruneHistory(path: string, keep: number): number {
  const { lines, unread } = readHistoryFile(path)
  const newest = new Set(lines.toSorted((a, b) => (a.at < b.at ? 1 : -1)).slice(0, keep))
  const kept = lines.filter(line => newest.has(line) || line.isRelease)
  replaceHistory(path, kept, unread)
  return lines.length - kept.length
}

/** Marks a result as that of a release. @param name  Its id, or `latest`. @throws {StoreError} when the history does not have it. */
export function markRelease(path: string, name: string): HistoryLine {
  const { lines, unread } = readHistoryFile(path)
  const newest = lines.toSorted((a, b) => (a.at < b.at ? -1 : 1)).at(-1)
  const found = name === 'latest' ? newest : lines.find(({ result }) => result === name)
  if (!found) throw new StoreError('not_found', `${path} has no result "${name}". Add it with: callsheet history add ${name}`)
  replaceHistory(
    path,
    lines.map(line => (line === found ? { ...line, isRelease: true } : line)),
    unread,
  )
  return found
}
