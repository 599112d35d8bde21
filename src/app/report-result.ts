import type { FinishedResult } from '../ports/reporter.js'
import type { PlanOptions } from '../domain/plan-options.js'
import { isPlainError } from './plain-error.js'
import { recounted } from './finish.js'
import { problemOf, type Problem } from './problem.js'
import type { Adapters } from './registry.js'
import { findResult } from './result-place.js'
import { isRunning, unfinished } from './unfinished.js'

export type FoundResult = { readonly result: FinishedResult } | { readonly problem: Problem }

/** Reads a stored result, and counts it again. @param name  A folder, an id, or `latest`. @throws {PlainError} */
export async function readResult(name: string, use: Pick<Adapters, 'store' | 'serverDatabase'>): Promise<FinishedResult> {
  const place = findResult(name, use)
  const store = await use.store()
  const stored = await store.read(place)
  const result = await recounted(stored, place)
  return stored.report ? result : unfinished(result, isRunning(place, store))
}

/** Finds a stored result to report again. @param name  A folder, an id, or `latest`. */
export async function storedResult(name: string, use: Pick<Adapters, 'store' | 'serverDatabase'>): Promise<FoundResult> {
  try {
    return { result: await readResult(name, use) }
  } catch (cause) {
    if (isPlainError(cause)) return { problem: problemOf(cause) }
    throw cause
  }
}

/** What a result started with, so that it can be resumed. */
export interface Beginning {
  readonly place: string
  /** Path of the suite file, as given then. */
  readonly path: string
  readonly options: PlanOptions
}

/** @param name  A folder, an id, or `latest`. */
export async function beginningOf(
  name: string,
  use: Pick<Adapters, 'store' | 'serverDatabase'>,
): Promise<Beginning | { readonly problem: Problem }> {
  try {
    const place = findResult(name, use)
    const { started } = await (await use.store()).read(place)
    return { place, path: started.suite.file, options: started.options }
  } catch (cause) {
    if (isPlainError(cause)) return { problem: problemOf(cause) }
    throw cause
  }
}
