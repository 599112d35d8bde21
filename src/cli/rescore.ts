import { rescoreResult } from '../app/rescore-result.js'
import { defaultAdapters } from '../app/registry.js'
import { storedResult } from '../app/report-result.js'
import { checkSuites, printDiagnostics } from './check-suites.js'
import { exit, type ExitCode } from './exit.js'
import { howToReport, printedReport, type ReportFlags } from './report.js'
import { exitOfExecuted } from './run.js'
import { UsageError } from './usage-error.js'

export interface RescoreFlags extends ReportFlags {
  readonly suite?: string
  readonly out?: string
  readonly envFile?: readonly string[]
}

/** `callsheet rescore`: holds a result's conversations against the suite as it is now. */
export async function rescore(name: string, flags: RescoreFlags): Promise<ExitCode> {
  const found = await storedResult(name, await defaultAdapters(process.env))
  if ('problem' in found) throw new UsageError(found.problem)
  const { started } = found.result
  const { suite = started.suite.file, out, junit, json, envFile } = flags
  const { use, prepared, diagnostics } = await checkSuites([suite], { ...(envFile && { envFile }) }, started.options)
  printDiagnostics(diagnostics)
  const [today] = prepared
  if (!today) return exit.usage
  const destination = {
    ...(out !== undefined && { out }),
    ...(junit !== undefined && { junit }),
    ...(json !== undefined && { json }),
    reports: printedReport(flags),
    how: howToReport(flags),
  }
  return exitOfExecuted(await rescoreResult(today, found.result, destination, use))
}
