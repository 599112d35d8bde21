import { addToHistory, markRelease, pruneHistory } from '../app/history/change-history.js'
import { historyJson, readHistory } from '../app/history/read-history.js'
import { historyHtml, showHistory } from '../app/history/show-history.js'
import { defaultAdapters } from '../app/registry.js'
import { historyIn } from '../app/result-place.js'
import { toFile } from '../app/write-reports.js'
import { count } from '../domain/count.js'
import { safeLine } from '../domain/safe-text.js'
import { exit, type ExitCode } from './exit.js'
import { hasColour, printWarning, write } from './terminal.js'
import { noResultIn, UsageError } from './usage-error.js'

export interface HistoryFlags {
  /** The case to show. */
  readonly case?: string
  /** The result to mark as a release. */
  readonly release?: string
  readonly html?: string
  readonly json?: string
}

/** `callsheet history`: how the suites of a folder fared, result by result. */
export async function history(folder: string, flags: HistoryFlags): Promise<ExitCode> {
  const { case: key, release, html, json } = flags
  if (release !== undefined) markRelease(historyIn(folder), release)
  const found = await readHistory(folder, await defaultAdapters(process.env))
  if (found.suites.length + found.unreadable.length === 0) {
    throw noResultIn(folder)
  }
  if (key !== undefined && !found.suites.some(({ cases }) => cases.some(each => each.key === key))) {
    throw new UsageError(
      `No result in ${folder} has counted runs of the case ${key}. See the keys: callsheet history ${folder} --json <file>`,
    )
  }
  if (html !== undefined) await toFile(html)([await historyHtml(found)])
  if (json !== undefined) await toFile(json)([historyJson(found)])
  await write(process.stdout, await showHistory(found, key, { colour: hasColour(process.stdout) }))
  return exit.passed
}

/** `callsheet history add`: adds results and JSON reports to the history. Inconclusive if one could not be added. */
export async function historyAdd(names: readonly string[], { to }: { readonly to: string }): Promise<ExitCode> {
  const { added, skipped } = await addToHistory(historyIn(to), names, await defaultAdapters(process.env))
  for (const why of skipped) printWarning(why)
  const lines = [...added.map(({ result, suite }) => `added ${safeLine(`${result}  ${suite}`)}`), `Added ${count(added.length, 'result')}.`]
  await write(process.stdout, lines.map(line => `${line}\n`).join(''))
  return skipped.length > 0 ? exit.inconclusive : exit.passed
}

/** `callsheet history prune`: keeps the newest results of the history. */
export async function historyPrune(folder: string, { keep }: { readonly keep: number }): Promise<ExitCode> {
  await write(process.stdout, `Removed ${count(pruneHistory(historyIn(folder), keep), 'line')}.\n`)
  return exit.passed
}
