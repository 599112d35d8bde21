import { defaultAdapters, type ReporterName } from '../app/registry.js'
import { storedResult } from '../app/report-result.js'
import { makeReports, toFile, type WantedReport } from '../app/write-reports.js'
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
  const { junit, json } = flags
  const printed = printedReport(flags)
  const files: WantedReport[] = [
    ...(junit !== undefined ? [{ reporter: 'junit', to: toFile(junit) } as const] : []),
    ...(json !== undefined ? [{ reporter: 'json', to: toFile(json) } as const] : []),
  ]
  await makeReports([...files, ...printed], found.result, howToReport(flags))
  return exit.passed
}

export function howToReport({ junitPerRun = false }: ReportFlags): { colour: boolean; junitPerRun: boolean } {
  return { colour: hasColour(process.stdout), junitPerRun }
}

/** The report that goes to standard output, if one does. */
export function printedReport({ reporter }: ReportFlags): WantedReport[] {
  return reporter === 'none' ? [] : [{ reporter, to: toStdout }]
}

async function toStdout(text: AsyncIterable<string>): Promise<void> {
  for await (const piece of text) await write(process.stdout, piece)
}
