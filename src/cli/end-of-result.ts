import type { Executed } from '../app/execute-suite.js'
import type { Adapters } from '../app/registry.js'
import { safeText } from '../domain/safe-text.js'
import { exit, exitOf, worst, type ExitCode } from './exit.js'
import { signingKey } from './signing.js'
import { printError } from './terminal.js'

/** What is done with a new result when it is over, besides its reports. */
export interface EndFlags {
  /** File of the private key that signs the result. */
  readonly attest?: string
  readonly pdf?: string
  readonly pdfRuns?: boolean
  /** Open the page. */
  readonly open?: boolean
}

/** Reads the key before anybody is called. @throws {UsageError} when it cannot sign. */
export async function refuseBadKey({ attest }: EndFlags): Promise<void> {
  if (attest !== undefined) await signingKey(attest)
}

/** A result, signed by the machine where that is wanted. */
export async function attested(executed: Executed, { attest }: EndFlags, use: Adapters): Promise<Executed> {
  if (attest === undefined || executed.status !== 'ended') return executed
  const { attestResult } = await import('../app/attest/attest-result.js')
  const { files } = await attestResult(executed.result.place, { key: await signingKey(attest) }, use)
  return { ...executed, note: [executed.note, `Attested: ${files.join(', ')}`].filter(line => line !== undefined).join('\n') }
}

/** The exit code of a result; prints what went wrong, prints it as a PDF and opens its page where that is wanted. */
export async function exitOfEnd(
  executed: Executed,
  flags: EndFlags & { readonly html?: string; readonly baseline?: string },
): Promise<ExitCode> {
  const code = worst([exitOfExecuted(executed), await exitOfPdf(executed, flags)])
  if (flags.open && executed.status === 'ended') await (await import('./open.js')).openAfterRun(executed.result.place, flags.html)
  return code
}

function exitOfExecuted(executed: Executed): ExitCode {
  if (executed.status === 'ended') {
    if (executed.note !== undefined) process.stderr.write(`${safeText(executed.note)}\n`)
    return exitOf(executed.result.report)
  }
  printError(executed.message)
  return executed.status === 'refused' ? exit.usage : exit.inconclusive
}

/** Prints a result that has just ended. */
async function exitOfPdf(executed: Executed, { pdf, pdfRuns, baseline }: EndFlags & { readonly baseline?: string }): Promise<ExitCode> {
  if (pdf === undefined || executed.status !== 'ended') return exit.passed
  const { report } = await import('./report.js')
  const how = { reporter: 'none', pdf, ...(pdfRuns !== undefined && { pdfRuns }), ...(baseline !== undefined && { baseline }) } as const
  return report(executed.result.place, how)
}
