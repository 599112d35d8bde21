import { listResults } from '../app/list-results.js'
import { defaultAdapters } from '../app/registry.js'
import { resultsJson, showResults } from '../app/show-results.js'
import { exit, type ExitCode } from './exit.js'
import { write } from './terminal.js'
import { noResultIn } from './usage-error.js'

/** `callsheet list`: the results in a folder, oldest first. */
export async function list(folder: string, { json = false }: { readonly json?: boolean }): Promise<ExitCode> {
  const found = await listResults(folder, await defaultAdapters(process.env))
  if (!json && found.results.length + found.unreadable.length === 0) {
    throw noResultIn(folder)
  }
  await write(process.stdout, json ? resultsJson(found) : showResults(found))
  const isDoubtful = found.unreadable.length > 0 || found.results.some(({ state }) => state === 'contradicts_itself')
  return isDoubtful ? exit.inconclusive : exit.passed
}
