import type { PlanOptions } from '../domain/plan-options.js'
import { defaultAdapters } from '../app/registry.js'
import { troubledCases, type Trouble } from '../app/troubled-cases.js'
import { claim } from './claim.js'
import type { EndFlags } from './end-of-result.js'
import type { ExitCode } from './exit.js'
import { exitGiven, findResult } from './find-result.js'
import type { ReportFlags } from './report-options.js'
import { checkThenRun } from './run.js'
import { UsageError } from './usage-error.js'

export interface RerunFlags extends ReportFlags, EndFlags {
  readonly failed?: boolean
  readonly errors?: boolean
  readonly out?: string
  readonly queue?: string
  readonly envFile?: readonly string[]
  readonly record?: string
  readonly replay?: string
  readonly runId?: string
  readonly envName?: string
}

/** `callsheet rerun`: runs the troubled cases of a result again, as a new result, with its suite and options. */
export async function rerun(name: string, flags: RerunFlags): Promise<ExitCode> {
  const { failed = false, errors = false, ...rest } = flags
  await claim([name], flags)
  const troubles: Trouble[] = [...(failed ? ['failed' as const] : []), ...(errors ? ['errors' as const] : [])]
  if (troubles.length === 0) throw new UsageError('Choose the cases to run again with --failed, --errors or both.')
  const result = await findResult(name, await defaultAdapters(process.env))
  const { started, place } = result
  const cases = await troubledCases(result, troubles)
  if (cases.length === 0) throw new UsageError(`There is nothing to run again: no case of the result ${place} ${inWords[troubles.join()]}.`)
  // The hosted requests of that result are over; the new run makes new ones.
  const { hosted: _, ...options } = started.options as PlanOptions
  return exitGiven(await checkThenRun([started.suite.file], rest, { options: { ...options, cases } }), [result])
}

const inWords: Readonly<Record<string, string>> = {
  'failed': 'failed',
  'errors': 'has an inconclusive run',
  'failed,errors': 'failed or has an inconclusive run',
}
