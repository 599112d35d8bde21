import { defaultAdapters } from '../app/registry.js'
import { storedResult } from '../app/report-result.js'
import { reportText, writeReports, type ReportFile, type ReporterName } from '../app/write-reports.js'
import { exit, type ExitCode } from './exit.js'
import { hasColour, write } from './terminal.js'
import { UsageError } from './usage-error.js'

/** Options of the command line that say which reports to make, as commander gives them. */
export interface ReportFlags {
  readonly junit?: string
  readonly json?: string
  readonly junitPerRun?: boolean
  readonly reporter: ReporterName | 'none'
}

/** `callsheet report`: makes any report of a result again. */
export async function report(name: string, flags: ReportFlags): Promise<ExitCode> {
  const found = await storedResult(name, await defaultAdapters(process.env))
  if ('problem' in found) throw new UsageError(found.problem)
  await writeReports(reportFiles(flags), found.result, howToReport(flags))
  await printReport(found.result, flags)
  return exit.passed
}

export function reportFiles({ junit, json }: ReportFlags): ReportFile[] {
  return [
    ...(junit !== undefined ? [{ reporter: 'junit', path: junit } as const] : []),
    ...(json !== undefined ? [{ reporter: 'json', path: json } as const] : []),
  ]
}

export function howToReport({ junitPerRun = false }: ReportFlags): { colour: boolean; junitPerRun: boolean } {
  return { colour: hasColour(process.stdout), junitPerRun }
}

/** Prints the report asked for to standard output. */
export async function printReport(result: Parameters<typeof reportText>[1], flags: ReportFlags): Promise<void> {
  if (flags.reporter === 'none') return
  for await (const piece of reportText(flags.reporter, result, howToReport(flags))) await write(process.stdout, piece)
}
