import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { envelopesFile } from '../domain/attestation.js'
import type { ResultLine, ResultList } from '../domain/result-line.js'
import { StoreError, type Store } from '../ports/store.js'
import { recounted } from './finish.js'
import { isPlainError } from './plain-error.js'
import type { Adapters } from './registry.js'
import { resultsIn } from './result-place.js'
import { isRunning } from './unfinished.js'

/** The results in a folder, each counted again. What cannot be read is told. */
export async function listResults(folder: string, use: Pick<Adapters, 'store'>): Promise<ResultList> {
  const store = await use.store()
  const results: ResultLine[] = []
  const unreadable: { place: string; because: string }[] = []
  for (const place of resultsIn(folder)) {
    try {
      results.push(await lineOf(place, store))
    } catch (cause) {
      if (!isPlainError(cause)) throw cause
      unreadable.push({ place, because: cause.message })
    }
  }
  const oldestFirst = results.toSorted((a, b) => (a.startedAt === b.startedAt ? 0 : a.startedAt < b.startedAt ? -1 : 1))
  return { folder, results: oldestFirst, unreadable }
}

async function lineOf(place: string, store: Store): Promise<ResultLine> {
  const stored = await store.read(place)
  const { started, report, contradiction } = await recounted(stored, place)
  const ended = contradiction === undefined ? (stored.report ? report.gate.verdict : 'cut_off') : 'contradicts_itself'
  const agents = [...new Map(started.plan.entries.map(({ agent }) => [agent.key, agent])).values()]
  return {
    place,
    result: started.result,
    startedAt: started.at,
    suite: started.suite.name,
    agents: agents.map(({ key, identity }) => ({ key, ...(identity && { identity }) })),
    state: isRunning(place, store) ? 'running' : ended,
    passed: report.totals.passed,
    runs: report.totals.runs,
    isSigned: isSigned(place),
  }
}

/** What was removed, and what was kept although it is old. */
export interface Pruned {
  readonly removed: readonly string[]
  readonly kept: readonly { readonly place: string; readonly because: 'running' | 'signed' }[]
  /** What cannot be read, and why: it stays. */
  readonly unreadable: ResultList['unreadable']
}

/**
 * Removes all but the newest results of a folder, with their recordings and reports. Results that are being written stay, and so do
 * those that somebody attested or signed.
 *
 * @param keep  How many to keep.
 * @throws {StoreError} when there is no such folder, or a result cannot be removed.
 */
export async function pruneResults(folder: string, keep: number, use: Pick<Adapters, 'store'>): Promise<Pruned> {
  if (!existsSync(folder)) throw new StoreError('not_found', `There is no folder ${folder}. Name the folder of the results.`)
  const store = await use.store()
  const { results, unreadable } = await listResults(folder, use)
  const removed: string[] = []
  const kept: { place: string; because: 'running' | 'signed' }[] = []
  for (const { place } of results.slice(0, Math.max(0, results.length - keep))) {
    if (isRunning(place, store)) kept.push({ place, because: 'running' })
    else if (isSigned(place)) kept.push({ place, because: 'signed' })
    else {
      remove(place)
      removed.push(place)
    }
  }
  return { removed, kept, unreadable }
}

function remove(place: string): void {
  try {
    rmSync(place, { recursive: true })
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new StoreError('unwritable', `Cannot remove ${place}: ${why}. Remove it yourself.`, { cause })
  }
}

function isSigned(place: string): boolean {
  return existsSync(join(place, envelopesFile))
}
