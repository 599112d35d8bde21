import { mergeResults } from '../app/merge-results.js'
import { defaultAdapters } from '../app/registry.js'
import { differences, type Difference, type Overlap } from '../domain/merged-from.js'
import { claim } from './claim.js'
import { attested, type EndFlags, exitOfEnd, refuseBadKey } from './end-of-result.js'
import type { ExitCode } from './exit.js'
import { destinationOf, type ReportFlags } from './report-options.js'
import { UsageError } from './usage-error.js'

export interface MergeFlags extends ReportFlags, EndFlags {
  readonly out?: string
  readonly onOverlap: Overlap
  readonly expect?: number
  readonly allow?: readonly string[]
}

/** `callsheet merge`: joins results of one suite into one with one gate. */
export async function merge(results: readonly string[], flags: MergeFlags): Promise<ExitCode> {
  const { onOverlap: overlap, expect, allow = [] } = flags
  const unknown = allow.find(name => !isDifference(name))
  if (unknown !== undefined) throw new UsageError(`--allow ${unknown} is not known. Results may differ in: ${differences.join(', ')}.`)
  await claim(results.slice(0, 1), flags)
  await refuseBadKey(flags)
  const use = await defaultAdapters(process.env)
  const request = { results, overlap, ...(expect !== undefined && { expected: expect }), allow: allow.filter(isDifference) }
  return exitOfEnd(await attested(await mergeResults(request, destinationOf(flags), use), flags, use), flags)
}

function isDifference(name: string): name is Difference {
  return (differences as readonly string[]).includes(name)
}
