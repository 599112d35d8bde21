import { rescoreResult } from '../app/rescore-result.js'
import { defaultAdapters } from '../app/registry.js'
import { checkSuites, printDiagnostics } from './check-suites.js'
import { claim } from './claim.js'
import { attested, type EndFlags, exitOfEnd, refuseBadKey } from './end-of-result.js'
import { exit, type ExitCode } from './exit.js'
import { exitGiven, findResult } from './find-result.js'
import { destinationOf, type ReportFlags } from './report-options.js'

export interface RescoreFlags extends ReportFlags, EndFlags {
  readonly suite?: string
  readonly baseline?: string
  readonly out?: string
  readonly envFile?: readonly string[]
  readonly root?: string
  readonly record?: string
  readonly replay?: string
  readonly runId?: string
  readonly envName?: string
}

/** `callsheet rescore`: scores a result's conversations again with the current suite. */
export async function rescore(name: string, flags: RescoreFlags): Promise<ExitCode> {
  await claim([name], flags)
  await refuseBadKey(flags)
  const result = await findResult(name, await defaultAdapters(process.env))
  const { started } = result
  const { suite = started.suite.file, envFile, root, baseline, record, replay, runId, envName } = flags
  const { use, prepared, diagnostics } = await checkSuites(
    [suite],
    {
      ...(envFile && { envFile }),
      ...(root !== undefined && { root }),
      ...(baseline !== undefined && { baseline }),
      ...(record !== undefined && { record }),
      ...(replay !== undefined && { replay }),
      ...(runId !== undefined && { runId }),
      ...(envName !== undefined && { envName }),
    },
    started.options,
  )
  printDiagnostics(diagnostics)
  const [today] = prepared
  if (!today) return exit.usage
  const executed = await attested(await rescoreResult(today, result, destinationOf(flags), use), flags, use)
  return exitGiven(await exitOfEnd(executed, flags), [result])
}
