import type { Adapters } from '../app/registry.js'
import { storedResult, type FoundResult } from '../app/report-result.js'
import { UsageError } from './usage-error.js'

type StoredResult = Extract<FoundResult, { result: unknown }>['result']

/** A stored result. @param name  A folder, an id, or `latest`. @throws {UsageError} when there is none. */
export async function findResult(name: string, use: Pick<Adapters, 'store' | 'serverDatabase'>): Promise<StoredResult> {
  const found = await storedResult(name, use)
  if ('problem' in found) throw new UsageError(found.problem.message)
  return found.result
}
