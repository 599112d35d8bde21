import { historyJson, readHistory } from '../app/history/read-history.js'
import { showFlaky } from '../app/history/show-history.js'
import { defaultAdapters } from '../app/registry.js'
import { toFile } from '../app/write-reports.js'
import { exit, type ExitCode } from './exit.js'
import { hasColour, write } from './terminal.js'
import { noResultIn } from './usage-error.js'

/** `callsheet flaky`: lists the cases whose outcome varies over all results in a folder. */
export async function flaky(folder: string, { json }: { readonly json?: string }): Promise<ExitCode> {
  const history = await readHistory(folder, await defaultAdapters(process.env))
  if (history.suites.length + history.unreadable.length === 0) {
    throw noResultIn(folder)
  }
  if (json !== undefined) await toFile(json)([historyJson(history)])
  await write(process.stdout, await showFlaky(history, { colour: hasColour(process.stdout) }))
  return exit.passed
}
