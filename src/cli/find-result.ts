import type { Adapters } from '../app/registry.js'
import { storedResult, type FoundResult } from '../app/report-result.js'
import { exit, worst, type ExitCode } from './exit.js'
import { printWarning } from './terminal.js'
import { UsageError } from './usage-error.js'

export type StoredResult = Extract<FoundResult, { result: unknown }>['result']

/** A stored result; warns if its journal contradicts itself. @param name  A folder, an id, or `latest`. @throws {UsageError} when there is none. */
export async function findResult(name: string, use: Pick<Adapters, 'store' | 'serverDatabase'>): Promise<StoredResult> {
  const found = await storedResult(name, use)
  if ('problem' in found) throw new UsageError(found.problem.message)
  const { contradiction, place } = found.result
  if (contradiction !== undefined) printWarning(`The last line of the journal in ${place} contradicts its runs: ${contradiction}.`)
  return found.result
}

/** The exit code of a command that read results: inconclusive if one contradicts itself and nothing is worse. */
export function exitGiven(code: ExitCode, results: readonly StoredResult[]): ExitCode {
  return results.some(({ contradiction }) => contradiction !== undefined) ? worst([code, exit.inconclusive]) : code
}
